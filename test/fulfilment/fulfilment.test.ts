import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, it } from 'node:test';
import { fulfilmentPage } from '../docs/fulfilment-page.js';
import { random } from '../fuzz/random.js';
import { parts, rows } from './all-rows.js';
import { breakCode } from './break/break-code.js';
import { brokenCopy, isNoticed } from './break/broken-copy.js';
import { drawRows } from './break/draw-rows.js';
import { codeOf, isFulfilled, testOf } from './row.js';
import { hasTitle } from './test-files.js';

const root = join(import.meta.dirname, '..', '..', '..');
const fulfilled = rows.filter(isFulfilled);
const seed = Number(process.env['STATEROOT_SEED'] ?? 20_261_121);

describe('what fulfils the design documents', () => {
  it('has a row for every requirement and every contradiction, once', () => {
    const asked = parts.flatMap(({ letter, first, last }) =>
      Array.from({ length: last - first + 1 }, (_, i) => idOf(letter, first + i)),
    );
    assert.equal(asked.length, 240);
    assert.deepEqual(rows.map(({ id }) => id).sort(), [...asked].sort());
  });

  it('has reasons instead of code only where no code can do it', () => {
    const reasons = rows.filter((row) => !isFulfilled(row)).map(({ id }) => id);
    const allowed = ['R172', 'R181', 'R182', 'R184', 'R186'];
    assert.deepEqual(
      reasons.filter((id) => !allowed.includes(id)),
      [],
    );
  });

  it('names code that is there and can be broken', () => {
    for (const row of fulfilled) {
      const { file } = codeOf(row);
      assert.ok(existsSync(join(root, file)), `${row.id}: there is no ${file}`);
      const text = readFileSync(join(root, file), 'utf8');
      assert.notEqual(breakCode(row, text), text, row.id);
    }
  });

  it('names tests that are there', () => {
    for (const row of fulfilled) {
      const { file, title } = testOf(row);
      assert.ok(existsSync(join(root, file)), `${row.id}: there is no ${file}`);
      assert.ok(hasTitle(root, file, title), `${row.id}: ${file} has no test “${title}”`);
    }
  });

  it('is on its page (npm run docs:fulfilment)', () => {
    assert.equal(readFileSync(join(root, 'docs', 'fulfilment.md'), 'utf8'), fulfilmentPage());
  });

  it(`fails its test when it is broken (twenty of them: npm run fulfilment:break; seed ${seed})`, async (t) => {
    const copy = brokenCopy('slice');
    t.after(() => {
      copy.close();
    });
    for (const row of drawRows(fulfilled, 2, random(seed))) {
      const verdict = await copy.judge(row);
      t.diagnostic(`${row.id}: ${row.code}: ${verdict.broken}`);
      assert.ok(isNoticed(verdict), `${row.id}: ${row.test}: as it is ${verdict.whole}, broken ${verdict.broken}`);
    }
  });
});

function idOf(letter: string, number: number): string {
  return letter === 'R' ? `R${String(number).padStart(3, '0')}` : `C${number}`;
}
