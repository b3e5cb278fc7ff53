import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { html, htmlText, joined } from '../../../src/cli/text/escape-html.js';

describe('HTML', () => {
  it('escapes every value, in elements and attributes', () => {
    const evil = `"><script>alert('1')</script>&\u202e\n\``;
    const { markup } = html`<p title="${evil}">${evil} ${7}</p>`;
    const escaped = '&#34;&#62;&#60;script&#62;alert(&#39;1&#39;)&#60;/script&#62;&#38;\\u{202e}\\x0a&#96;';
    assert.equal(htmlText(evil), escaped);
    assert.equal(markup, `<p title="${escaped}">${escaped} 7</p>`);
  });

  it('keeps markup that was made by it', () => {
    const items = ['a', '<b>'].map((item) => html`<li>${item}</li>`);
    assert.equal(html`<ul>${joined(items, ' ')}</ul>`.markup, '<ul><li>a</li> <li>&#60;b&#62;</li></ul>');
  });
});
