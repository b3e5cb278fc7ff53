import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { terminalSafe, terminalSafeLines } from '../../src/cli/text/escape.js';

const hostile: readonly [string, string, string][] = [
  ['a control character', '\u001b[2J', '\\x1b[2J'],
  ['a NUL', 'a\0b', 'a\\x00b'],
  ['a carriage return', 'safe\rEVIL', 'safe\\x0dEVIL'],
  ['DEL', '\u007f', '\\x7f'],
  ['a C1 control', '\u009b31m', '\\x9b31m'],
  ['a right-to-left override', 'a\u202eb', 'a\\u{202e}b'],
  ['an isolate', '\u2066x\u2069', '\\u{2066}x\\u{2069}'],
  ['an Arabic letter mark', '\u061c', '\\u{61c}'],
  ['a zero-width space', 'a\u200bb', 'a\\u{200b}b'],
  ['a byte order mark', '\ufeff', '\\u{feff}'],
  ['a soft hyphen', 'a\u00adb', 'a\\xadb'],
  ['a tag character', '\u{e0041}', '\\u{e0041}'],
  ['a line separator', '\u2028', '\\u{2028}'],
  ['a lone surrogate', '\ud800', '\\u{d800}'],
  ['a blank filler', '\u3164', '\\u{3164}'],
  ['a hyperlink', '\u001b]8;;http://x\u0007here\u001b]8;;\u0007', '\\x1b]8;;http://x\\x07here\\x1b]8;;\\x07'],
  ['a command of a workflow log', '::stop-commands::x', ':\\x3astop-commands::x'],
  ['such a command behind blanks', '  ::error::x', '  :\\x3aerror::x'],
  ['a command of an older form, anywhere', 'a ##[add-mask]x', 'a #\\x23[add-mask]x'],
];

describe('text on a terminal', () => {
  for (const [what, text, shown] of hostile) {
    it(`spells out ${what}`, () => {
      assert.equal(terminalSafe(text), shown);
    });
  }

  it('leaves words of any language alone', () => {
    const text = 'LookCoin Zürich 東京 Ελλάδα 0x1234 "quoted" \\n 🚀';
    assert.equal(terminalSafe(text), text);
  });

  it('never keeps a character that moves the cursor or hides text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.doesNotMatch(terminalSafe(text), /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  it('never becomes a command of a workflow log', () => {
    const parts = fc.constantFrom('::', ':', '#', '##[', '[', ' ', '\t', '\u00a0', '\ufeff', '\n', 'error', '\u001b');
    fc.assert(
      fc.property(fc.array(parts), (texts) => {
        assert.doesNotMatch(terminalSafe(texts.join('')), /^\s*::|##\[/);
      }),
    );
  });

  it('leaves the colons and number signs of names alone', () => {
    const text = 'contracts/Token.sol:Token #1 ## a::b';
    assert.equal(terminalSafe(text), text);
  });

  it('keeps the line ends of a message and nothing else', () => {
    assert.deepEqual(terminalSafeLines('one\ntwo\tx'), ['one', 'two\\x09x']);
  });
});
