import process from 'node:process';
import { random } from '../../fuzz/random.js';
import { rows } from '../all-rows.js';
import { type FulfilledRow, isFulfilled } from '../row.js';
import { brokenCopy, isNoticed } from './broken-copy.js';
import { drawRows } from './draw-rows.js';

// `npm run fulfilment:break`: breaks the code of rows and runs the test that each names; STATEROOT_ROWS (20) of them drawn by
// STATEROOT_SEED, or those named: `npm run fulfilment:break -- R001 C7`, `-- all`.
const names = process.argv.slice(2);
const fulfilled = rows.filter(isFulfilled);
const seed = Number(process.env['STATEROOT_SEED'] ?? Date.now() % 2 ** 31);
const chosen = choose();
const copy = brokenCopy('run');
let unnoticed = 0;
try {
  for (const row of chosen) {
    const verdict = await copy.judge(row);
    if (!isNoticed(verdict)) unnoticed += 1;
    const outcome = isNoticed(verdict) ? 'fails' : `UNNOTICED (as it is: ${verdict.whole}, broken: ${verdict.broken})`;
    process.stdout.write(`${row.id}\t${row.code}\t${row.test}\t${outcome}\n`);
  }
} finally {
  copy.close();
}
process.stdout.write(`${chosen.length} rows broken, ${unnoticed} of them unnoticed\n`);
process.exitCode = unnoticed === 0 ? 0 : 1;

function choose(): FulfilledRow[] {
  if (names.includes('all')) return fulfilled;
  if (names.length > 0) return fulfilled.filter(({ id }) => names.includes(id));
  process.stdout.write(`seed ${seed}\n`);
  return drawRows(fulfilled, Number(process.env['STATEROOT_ROWS'] ?? 20), random(seed));
}
