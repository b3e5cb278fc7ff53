import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { anchorPart } from '../../../src/cli/page/anchors.js';
import { scriptJson } from '../../../src/cli/page/data-block.js';
import { strings } from '../../hostile/corpus.js';
import { assertInertJson } from '../../hostile/inert.js';

const own = [
  '</script>',
  '<!-- <script>',
  ']]>',
  '&lt;',
  '\u2028\u2029',
  '\u202e',
  '"',
  "'",
  '\\',
  'javascript:alert(1)',
];

describe('data for the script of a page', () => {
  it('cannot leave its element, and reads as the same value', () => {
    for (const text of [...own, ...strings]) {
      const value = { [text]: [text, { text }] };
      const json = scriptJson(value);
      assert.doesNotMatch(json, /[<>&\u2028\u2029]/, text);
      assert.deepEqual(JSON.parse(json), value);
      if (!text.includes('##[')) assertInertJson(json, value, text);
    }
  });
});

describe('a name as part of an id', () => {
  it('is another one for every name, and needs no escaping', () => {
    const names = [...new Set([...own, ...strings, 'a.b', 'a.2e.b', 'a:b', 'a/b', 'A', 'a', ''])];
    const parts = names.map(anchorPart);
    assert.equal(new Set(parts).size, names.length);
    for (const part of parts) assert.match(part, /^[A-Za-z0-9_.-]*$/);
  });
});
