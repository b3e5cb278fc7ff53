import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { ContractStore, StoreChange } from '../../../src/managers/contract-store.js';
import { compareContracts } from '../../../src/core/compare/compare-contracts.js';
import type { DualContracts } from '../../../src/managers/dual-write/dual-contracts.js';
import { jsonContracts } from '../../../src/managers/json/json-contracts.js';
import { levelContracts } from '../../../src/managers/leveldb/level-contracts.js';
import { unifiedContracts } from '../../../src/managers/unified/unified-contracts.js';
import { sampleContract } from '../../support/contracts.js';
import { dualStores, named } from '../../support/dual-stores.js';
import { temporaryFolder } from '../../support/leveldb-store.js';
import { template } from '../../support/temp-repository.js';

const scope = { chainId: 97, network: 'bsctestnet' };

const start = template((temp) => {
  temp.write('README.md', '# contracts\n');
  temp.commitAll('Begin');
});

const isWhole = process.env['STATEROOT_EACH_CALL'] === '1';

type Pair = readonly [ContractStore, ContractStore];

// In memory every call fails once. Real backends differ in what they write; of their writes every nth fails, each time
// others, or, with STATEROOT_EACH_CALL=1, each call.
const pairs: Readonly<Record<string, { readonly open: (t: TestContext) => Pair; readonly nth?: number }>> = {
  'two in memory': { open: () => [named('first'), named('second')] },
  'LevelDB first, then JSON': { open: (t) => [level(t), json(t)], nth: 4 },
  'JSON first, then LevelDB': { open: (t) => [json(t), level(t)], nth: 4 },
  'LevelDB first, then unified': {
    open: (t) => [level(t), unified(t)],
    nth: 7,
  },
  'unified first, then LevelDB': {
    open: (t) => [unified(t), level(t)],
    nth: 7,
  },
};

for (const [what, { open, nth }] of Object.entries(pairs)) {
  describe(`a dual write, ${what}`, () => {
    for (const [at, side] of (['primary', 'secondary'] as const).entries()) {
      for (const after of [false, true]) {
        const first = at * 2 + Number(after);
        it(`fails at each call of the ${side}, ${after ? 'after' : 'before'} its effect: it stands, is told, and is repaired`, async (t) => {
          const all = dualStores(t, {}, open(t));
          await runScript(all.dual);
          const made = all.failures[side].made.map((name, at) => ({ name, at }));
          const writes = made.filter(({ name }) => name === 'apply');
          const failing = nth === undefined || isWhole ? made : writes.filter((_, i) => i % nth === first % nth);
          assert.ok(writes.length >= 7, `only ${writes.length} writes`);
          for (const { at } of failing) {
            const stores = dualStores(t, {}, open(t));
            Object.assign(stores.failures[side], { at, after });
            await runScript(stores.dual);
            assert.ok(stores.failures[side].made.length > at);
            await stores.dual.repair();
            assert.deepEqual(await stores.dual.pendingRepairs(), []);
            const [primary, secondary] = [await stores.primary.list(), await stores.secondary.list()];
            assert.deepEqual(compareContracts(primary, secondary).mismatches, []);
            const names = ['A', 'B', 'D', 'E'];
            assert.deepEqual(
              primary.map(({ contractName }) => contractName),
              names,
            );
            assert.deepEqual(
              secondary.map(({ contractName }) => contractName),
              names,
            );
            assert.equal(readFileSync(stores.queueFile, 'utf8'), '');
            await stores.dual.close();
          }
        });
      }
    }
  });
}

/** Everything a store can be asked. Whichever one call of one side fails, each of these holds. */
async function runScript(dual: DualContracts): Promise<void> {
  const namesOf = async (contracts: ReturnType<DualContracts['list']>) =>
    (await contracts).map(({ contractName }) => contractName);
  await dual.open();
  await dual.apply([put('A', 1)]);
  await dual.apply([put('B', 1), put('C', 1)]);
  assert.deepEqual((await dual.read(scope, 'A'))?.deploymentArgs, [1]);
  await dual.apply([put('A', 2)]);
  assert.deepEqual(await namesOf(dual.list()), ['A', 'B', 'C']);
  assert.deepEqual(await dual.apply([{ kind: 'delete', scope, contractName: 'C' }]), [true]);
  assert.deepEqual((await dual.read(scope, 'A'))?.deploymentArgs, [2]);
  assert.equal(await dual.chainOf('bsctestnet'), 97);
  await dual.inspect();
  await dual.version();
  await dual.apply([put('D', 1)]);
  assert.deepEqual(await namesOf(dual.list(scope)), ['A', 'B', 'D']);
  await dual.apply([put('E', 1)]);
  await dual.apply([put('E', 1)]);
}

function put(contractName: string, version: number): StoreChange {
  return { kind: 'put', scope, contract: sampleContract(contractName, 97, { deploymentArgs: [version] }) };
}

function level(t: TestContext): ContractStore {
  return levelContracts({ path: join(temporaryFolder(t), 'leveldb') });
}

function json(t: TestContext): ContractStore {
  return jsonContracts({ cwd: temporaryFolder(t) });
}

function unified(t: TestContext): ContractStore {
  const temp = start(t);
  return unifiedContracts({ cwd: temp.path, env: temp.env });
}
