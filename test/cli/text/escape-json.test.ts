import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { jsonText } from '../../../src/cli/text/escape-json.js';

describe('a JSON document', () => {
  it('reads as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        assert.deepEqual(JSON.parse(jsonText(value)), JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('holds nothing that a terminal obeys', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.doesNotMatch(jsonText({ [text]: text }).replaceAll('\n', ''), /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
    assert.equal(jsonText('\u009b31m\u202e\u{e0041}'), '"\\u009b31m\\u202e\\udb40\\udc41"');
  });

  it('holds no command of a workflow log', () => {
    const text = jsonText(['##[add-mask]x', '###[x', '::stop-commands::x']);
    assert.ok(!text.includes('##['));
    assert.doesNotMatch(text, /^\s*::/m);
    assert.deepEqual(JSON.parse(text), ['##[add-mask]x', '###[x', '::stop-commands::x']);
  });
});
