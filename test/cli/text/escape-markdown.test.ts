import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { terminalSafe } from '../../../src/cli/text/escape.js';
import { markdownCode, markdownLink, markdownText } from '../../../src/cli/text/escape-markdown.js';
import { assertInertMarkdown, shownCode } from '../../hostile/inert-markup.js';

describe('Markdown', () => {
  it('shows text as code: no markup, mention, reference, link or line of its own', () => {
    const cases = [
      ['a`b', '``a`b``'],
      ['`a', '`` `a ``'],
      ['a``', '``` a`` ```'],
      ['a|b', '`a`&#124;`b`'],
      ['a\\|b', '`a\\`&#124;`b`'],
      ['|', '&#124;'],
      ['@octocat #1', '`@octocat #1`'],
      ['<img src=x>', '`<img src=x>`'],
      ['a\nb', '`a\\x0ab`'],
      [' a ', '`  a  `'],
      ['', ''],
    ] as const;
    for (const [text, markdown] of cases) assert.equal(markdownCode(text), markdown, JSON.stringify(text));
  });

  it('leaves words as they are, and nothing a viewer could take for more', () => {
    for (const text of ['LookCoin', 'bsctestnet', 'code hash', 'core, chain 97, testnet', 'arguments 0']) {
      assert.equal(markdownText(text), text);
    }
    for (const text of [
      'deadbeef',
      'at deadbeef',
      'my_net',
      'GH-1',
      'a.io',
      '1. a',
      '- a',
      'a  b',
      'x@y',
      'https:',
      '',
    ]) {
      assert.equal(markdownText(text), markdownCode(text));
    }
  });

  it('is inert whatever it is made of, and shows what was there', () => {
    const units = fc.constantFrom(
      '`',
      '``',
      '|',
      '\\',
      ' ',
      '<',
      '@',
      '#',
      '[',
      ']',
      '(',
      '*',
      '_',
      '\n',
      '\u202e',
      'a',
      '1',
    );
    fc.assert(
      fc.property(
        fc.array(units).map((parts) => parts.join('')),
        (text) => {
          assertInertMarkdown(markdownCode(text), text);
          assertInertMarkdown(markdownText(text), text);
          if (!text.includes('|') && text !== '') assert.equal(shownCode(markdownCode(text)), terminalSafe(text));
        },
      ),
    );
  });

  it('links only where there is a page', () => {
    assert.equal(markdownLink('`a`', 'https://example.org/a'), '[`a`](https://example.org/a)');
    assert.equal(markdownLink('`a`', null), '`a`');
  });
});
