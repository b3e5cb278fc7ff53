import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { styleOf } from '../../src/cli/terminal.js';
import { paint } from '../../src/cli/text/paint.js';

const options = { noColor: false, windows: false };
const terminal = { isTTY: true, columns: 120 };
const utf8 = { LANG: 'en_US.UTF-8' };

describe('the style of a stream', () => {
  it('is coloured on a terminal and plain in a pipe', () => {
    assert.equal(styleOf(terminal, utf8, options).color, true);
    assert.equal(styleOf({}, utf8, options).color, false);
  });

  it('loses its colour by --no-color, NO_COLOR and TERM=dumb', () => {
    assert.equal(styleOf(terminal, utf8, { ...options, noColor: true }).color, false);
    assert.equal(styleOf(terminal, { ...utf8, NO_COLOR: '1' }, options).color, false);
    assert.equal(styleOf(terminal, { ...utf8, TERM: 'dumb' }, options).color, false);
  });

  it('takes an empty NO_COLOR for not set', () => {
    assert.equal(styleOf(terminal, { NO_COLOR: '' }, options).color, true);
  });

  it('is coloured in a pipe by FORCE_COLOR, unless that says 0 or colour is refused', () => {
    assert.equal(styleOf({}, { FORCE_COLOR: '1' }, options).color, true);
    assert.equal(styleOf({}, { FORCE_COLOR: '0' }, options).color, false);
    assert.equal(styleOf({}, { FORCE_COLOR: '1', NO_COLOR: '1' }, options).color, false);
    assert.equal(styleOf({}, { FORCE_COLOR: '1' }, { ...options, noColor: true }).color, false);
  });

  it('asks LC_ALL, LC_CTYPE and LANG for UTF-8, the first that is set', () => {
    assert.equal(styleOf({}, { LANG: 'C.UTF-8' }, options).unicode, true);
    assert.equal(styleOf({}, { LC_ALL: 'C', LANG: 'C.UTF-8' }, options).unicode, false);
    assert.equal(styleOf({}, { LC_ALL: '', LC_CTYPE: 'de_DE.utf8' }, options).unicode, true);
    assert.equal(styleOf({}, {}, options).unicode, false);
    assert.equal(styleOf({}, {}, { ...options, windows: true }).unicode, true);
  });

  it('has the width of the terminal, 100 elsewhere', () => {
    assert.equal(styleOf(terminal, {}, options).width, 120);
    assert.equal(styleOf({ columns: 40 }, {}, options).width, 100);
  });
});

describe('paint', () => {
  const plain = { color: false, unicode: true, terminal: false, width: 100 };

  it('colours only where the style says so', () => {
    assert.equal(paint(plain).red('x'), 'x');
    assert.equal(paint({ ...plain, color: true }).red('x'), '\u001b[31mx\u001b[39m');
  });

  it('has a mark of letters for each sign', () => {
    const marks = Object.values(paint({ ...plain, unicode: false }).mark);
    for (const mark of marks) assert.match(mark, /^[\x20-\x7e]+$/);
    assert.equal(new Set(marks).size, Object.keys(paint(plain).mark).length);
  });
});
