import { join } from 'node:path';
import process from 'node:process';
import { allChecks } from './all-checks.js';
import { bench, type Verdict } from './turn-off.js';

// `npm run mutate`: turns off every check of the validator, one at a time, and names a test that fails without it; with an
// argument only those whose names hold it: `npm run mutate -- merge/`.
const [only = ''] = process.argv.slice(2);
const checks = allChecks(join(import.meta.dirname, '..', '..', '..')).filter(({ name }) => name.includes(only));
const queue = [...checks];
const verdicts: Verdict[] = [];
await Promise.all(
  ['a', 'b'].map(async (name) => {
    const own = bench(name);
    try {
      const broken = await own.run();
      if (broken.length > 0) throw new Error(`the tests fail with every check on: ${broken.join(', ')}`);
      for (let check = queue.shift(); check !== undefined; check = queue.shift()) {
        const verdict = await own.turnOff(check);
        verdicts.push(verdict);
        const outcome =
          verdict.failed.length === 0 ? 'SURVIVED' : `${verdict.failed.length} fail: ${verdict.failed[0] ?? ''}`;
        process.stdout.write(`${check.name}\t${outcome}\n`);
      }
    } finally {
      own.close();
    }
  }),
);
const survived = verdicts.filter(({ failed }) => failed.length === 0);
process.stdout.write(`${verdicts.length} checks turned off, ${survived.length} of them unnoticed\n`);
for (const { check } of survived) process.stdout.write(`unnoticed: ${check.name}\n`);
process.exitCode = survived.length === 0 ? 0 : 1;
