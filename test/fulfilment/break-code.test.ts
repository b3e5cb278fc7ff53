import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { breakCode } from './break/break-code.js';
import { brokenCopy, isNoticed } from './break/broken-copy.js';
import type { FulfilledRow } from './row.js';

const rowOf = (symbol: string, breaks?: FulfilledRow['breaks']): FulfilledRow => ({
  id: 'R000',
  says: 'something',
  code: `src/a.ts#${symbol}`,
  test: 'test/a.test.ts › something',
  ...(breaks === undefined ? {} : { breaks }),
});
const thrown = "{ throw new Error('broken'); }";

describe('breaking code', () => {
  for (const [symbol, text, broken] of [
    ['a', 'export function a(): number { return 1; }', `export function a(): number ${thrown}`],
    ['a', 'function a(): void;\nfunction a() { run(); }', `function a(): void;\nfunction a() ${thrown}`],
    ['a', 'const a = (b: number) => b + 1;', `const a = (b: number) => ${thrown};`],
    ['a', 'const a = [1, 2] as const;', 'const a = [] as const;'],
    ['a', 'const a = { b: 1 } satisfies object;', 'const a = {} satisfies object;'],
    ['a', "const a = new Map([['b', 1]]);", 'const a = new Map();'],
    ['a', 'const a = 5 * 60 * 1000;', 'const a = 0;'],
    ['a', 'const a = /b/;', 'const a = /(?!)/;'],
    ['a', "const a = 'b';", "const a = '';"],
    ['a', 'const a = true;', 'const a = false;'],
    ['A.b', 'class A { b() { return 1; } c() { return 2; } }', `class A { b() ${thrown} c() { return 2; } }`],
    ['A', 'class A { static b() { return 1; } }', `class A { constructor() ${thrown} static b() ${thrown} }`],
    ['A', 'class A { constructor() { run(); } }', `class A { constructor() ${thrown} }`],
    ['a.b-1', "const a = { 'b-1': [1], c: [2] };", "const a = { 'b-1': [], c: [2] };"],
  ] as const)
    it(`makes of ${text.replaceAll('\n', ' ')} something that does nothing`, () => {
      assert.equal(breakCode(rowOf(symbol), text).replaceAll(/ +/g, ' '), broken);
    });

  it('replaces what the row says, once and only inside of what it names', () => {
    const text = 'const b = 1;\nconst a = 1;';
    assert.equal(breakCode(rowOf('a', { from: '1', to: '2' }), text), 'const b = 1;\nconst a = 2;');
    assert.throws(() => breakCode(rowOf('a', { from: 'b', to: '2' }), text));
    assert.throws(() => breakCode(rowOf('a', { from: '1', to: '2' }), 'const a = 1 + 1;'));
  });

  it('refuses what is not there, types, and what it does not know how to empty', () => {
    assert.throws(() => breakCode(rowOf('b'), 'const a = 1;'));
    assert.throws(() => breakCode(rowOf('a'), 'type a = 1;'));
    assert.throws(() => breakCode(rowOf('a'), 'const a = make();'));
  });

  it('is noticed by no test that has nothing to do with the code, and by none that is not there', async (t) => {
    const copy = brokenCopy('unnoticed');
    t.after(() => {
      copy.close();
    });
    const row = { ...rowOf('canonicalize'), code: 'src/core/text/canonical.ts#canonicalize' };
    const test = 'test/errors.test.ts › takes hint, cause and details';
    assert.equal(isNoticed(await copy.judge({ ...row, test })), false);
    assert.equal(isNoticed(await copy.judge({ ...row, test: `${test} or so` })), false);
    const own = 'test/core/text/canonical.test.ts › differs first where the first UTF-16 unit differs';
    assert.equal(isNoticed(await copy.judge({ ...row, test: own })), false);
  });
});
