import assert from 'node:assert/strict';
import { join } from 'node:path';
import process from 'node:process';
import { describe, it } from 'node:test';
import { rules } from '../../src/core/inspect/rules.js';
import { random } from '../fuzz/random.js';
import { allChecks } from './all-checks.js';
import { bench } from './turn-off.js';

const seed = Number(process.env['STATEROOT_SEED'] ?? 20_250_813);

describe(`turning off a check of the validator (all of them: npm run mutate; seed ${seed})`, () => {
  const checks = allChecks(join(import.meta.dirname, '..', '..', '..'));

  it('knows every rule and every place that complains', () => {
    for (const { id } of rules)
      assert.ok(
        checks.some(({ name }) => name === `rule ${id}`),
        id,
      );
    assert.ok(checks.length > 2 * rules.length);
  });

  it('makes a named test fail', async (t) => {
    const chosen = random(seed);
    const own = bench('slice');
    t.after(() => {
      own.close();
    });
    for (let left = 4; left > 0; left -= 1) {
      const check = checks[chosen.below(checks.length)];
      assert.ok(check !== undefined);
      const { failed } = await own.turnOff(check);
      t.diagnostic(`${check.name}: ${failed[0] ?? 'nobody noticed'}`);
      assert.notDeepEqual(failed, [], check.name);
      assert.ok(!failed.includes('(the tests did not start)'), check.name);
    }
  });
});
