import assert from 'node:assert/strict';
import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, it } from 'node:test';
import { StateManagerError } from '../../../src/errors.js';
import type { ContractStore, StoreChange } from '../../../src/managers/contract-store.js';
import { refuses, sampleContract } from '../../support/contracts.js';
import { type DualStores, dualStores, named } from '../../support/dual-stores.js';
import { emptyPlace, memoryContracts } from '../../support/memory-contracts.js';
import { openRepairQueue } from '../../../src/managers/dual-write/repair-queue.js';
import { dualContracts } from '../../../src/managers/dual-write/dual-contracts.js';
import { contractStoreSuite } from '../contract-store-suite.js';

const scope = { chainId: 97, network: 'bsctestnet' };

contractStoreSuite('dual-write of two in memory', async (t) => {
  const places = [emptyPlace(), emptyPlace()] as const;
  const { queueFile } = dualStores(t);
  const open = () =>
    dualContracts({
      primary: named('first', memoryContracts(places[0])),
      secondary: named('second', memoryContracts(places[1])),
      queue: openRepairQueue(() => Promise.resolve(queueFile)),
      onWarning: ({ message }) => assert.fail(message),
    });
  return Promise.resolve({ store: open(), reopen: () => Promise.resolve(open()) });
});

describe('a dual write', () => {
  it('puts the same into both, and leaves no queue', async (t) => {
    const stores = dualStores(t);
    await stores.dual.apply([put('LookCoin', 1)]);
    assert.deepEqual(stores.dual.lastOutcome(), {
      primary: { backend: 'first', result: 'written' },
      secondary: { backend: 'second', result: 'written' },
      queued: false,
    });
    await assertEqualSides(stores);
    assert.equal(readFileSync(stores.queueFile, 'utf8'), '');
    await stores.dual.close();
    assert.equal(existsSync(dirname(stores.queueFile)), false);
  });

  for (const side of ['primary', 'secondary'] as const) {
    it(`that the ${side} does not take is queued, told, and made good before the next write`, async (t) => {
      const stores = dualStores(t);
      failNext(stores, side);
      assert.deepEqual(await stores.dual.apply([put('LookCoin', 1)]), [true]);
      const backend = side === 'primary' ? 'first' : 'second';
      assert.equal(stores.dual.lastOutcome()?.[side].result, 'failed');
      assert.equal(stores.dual.lastOutcome()?.queued, true);
      const [warning] = stores.warnings;
      assert.deepEqual([warning?.kind, warning?.backend], ['partial-write', backend]);
      const [pending] = await stores.dual.pendingRepairs();
      assert.deepEqual([pending?.backend, pending?.keys, pending?.refused], [backend, ['97-LookCoin'], false]);
      assert.deepEqual(await stores.dual.inspect(), [
        { severity: 'warning', key: '97-LookCoin', message: `queued for ${backend}: out of order` },
      ]);
      await stores.dual.apply([put('LookCoin', 2)]);
      assert.deepEqual(await stores.dual.pendingRepairs(), []);
      await assertEqualSides(stores);
      assert.deepEqual((await stores.primary.read(scope, 'LookCoin'))?.deploymentArgs, [2]);
    });

    it(`that the ${side} does not take survives the process`, async (t) => {
      const stores = dualStores(t);
      failNext(stores, side);
      await stores.dual.apply([put('LookCoin', 1), put('Other', 1)]);
      await stores.dual.close();
      const again = stores.reopen();
      assert.equal((await again.pendingRepairs()).length, 1);
      assert.deepEqual(await again.repair(), { repaired: 1, left: [] });
      await assertEqualSides(stores);
    });
  }

  it('gives a side what it lacks in the order it was written, and nothing newer before', async (t) => {
    const stores = dualStores(t);
    const down = { ...stores.secondary, apply: () => Promise.reject(new Error('down')) };
    const broken = stores.reopen({ secondary: down });
    await broken.apply([put('LookCoin', 1)]);
    await broken.apply([put('LookCoin', 2)]);
    await broken.apply([{ kind: 'delete', scope, contractName: 'LookCoin' }]);
    await broken.apply([put('LookCoin', 3)]);
    assert.equal((await broken.pendingRepairs()).length, 4);
    const seen: unknown[] = [];
    const watched: ContractStore = {
      ...stores.secondary,
      apply: (changes) => {
        seen.push(...changes.map((change) => (change.kind === 'put' ? change.contract.deploymentArgs : 'delete')));
        return stores.secondary.apply(changes);
      },
    };
    await stores.reopen({ secondary: watched }).apply([put('LookCoin', 4)]);
    assert.deepEqual(seen, [[1], [2], 'delete', [3], [4]]);
    await assertEqualSides(stores);
  });

  it('is refused whole, by the primary’s own error, where the primary refuses the data', async (t) => {
    const stores = dualStores(t);
    const refusal = new StateManagerError('RECORD_INVALID', 'no such field');
    Object.assign(stores.failures.primary, { at: 0, error: () => refusal });
    await assert.rejects(stores.dual.apply([put('LookCoin', 1)]), refusal);
    assert.deepEqual(await stores.secondary.list(), []);
    assert.equal(readFileSync(stores.queueFile, 'utf8'), '');
  });

  it('whose data the secondary refuses holds up no other, and ends with a newer one that it takes', async (t) => {
    const stores = dualStores(t);
    const strict: ContractStore = {
      ...stores.secondary,
      apply: (changes) =>
        changes.some((change) => change.kind === 'put' && change.contract.address === '0xbad')
          ? Promise.reject(new StateManagerError('RECORD_INVALID', 'no address'))
          : stores.secondary.apply(changes),
    };
    const dual = stores.reopen({ secondary: strict });
    const bad = { ...sampleContract('LookCoin', 97), address: '0xbad' };
    await dual.apply([{ kind: 'put', scope, contract: bad }]);
    await dual.apply([put('Other', 1)]);
    assert.deepEqual(
      (await dual.pendingRepairs()).map(({ keys, refused }) => ({ keys, refused })),
      [{ keys: ['97-LookCoin'], refused: true }],
    );
    assert.deepEqual(namesOf(await stores.secondary.list()), ['97-Other']);
    await dual.apply([put('LookCoin', 2)]);
    assert.deepEqual(await dual.pendingRepairs(), []);
    await assertEqualSides(stores);
  });

  it('that both sides fail is DUAL_WRITE_FAILED with both causes, and nothing is queued', async (t) => {
    const stores = dualStores(t);
    failNext(stores, 'primary');
    failNext(stores, 'secondary');
    const error = await refuses(['DUAL_WRITE_FAILED'], stores.dual.apply([put('LookCoin', 1)]));
    assert.ok(error.cause instanceof AggregateError);
    assert.equal(error.cause.errors.length, 2);
    assert.deepEqual(error.details['failed'], ['first', 'second']);
    assert.equal(stores.dual.lastOutcome()?.queued, false);
    assert.equal(readFileSync(stores.queueFile, 'utf8'), '');
    assert.deepEqual(await stores.dual.list(), []);
  });

  it('that both sides fail, one of them after its effect, leaves them equal', async (t) => {
    for (const side of ['primary', 'secondary'] as const) {
      const stores = dualStores(t);
      failNext(stores, 'primary');
      failNext(stores, 'secondary');
      stores.failures[side].after = true;
      await refuses(['DUAL_WRITE_FAILED'], stores.dual.apply([put('LookCoin', 1)]));
      await assertEqualSides(stores);
    }
  });

  it('rejects in strict mode where one side failed, says which has it, and is queued all the same', async (t) => {
    const stores = dualStores(t, { strict: true });
    failNext(stores, 'secondary');
    const error = await refuses(['DUAL_WRITE_FAILED'], stores.dual.apply([put('LookCoin', 1)]));
    assert.deepEqual(error.details['written'], ['first']);
    assert.deepEqual(error.details['failed'], ['second']);
    assert.deepEqual(await stores.dual.repair(), { repaired: 1, left: [] });
    await assertEqualSides(stores);
  });

  it('is not made where its intent cannot be kept', async (t) => {
    const stores = dualStores(t);
    const place = () => Promise.resolve('/dev/null/queue.jsonl');
    const dual = stores.reopen({ queue: openRepairQueue(place) });
    await refuses(['FILE_FAILED'], dual.apply([put('LookCoin', 1)]));
    assert.deepEqual(await stores.primary.list(), []);
  });

  it('goes to the primary alone where dual-write is off', async (t) => {
    const stores = dualStores(t, { dualWriteEnabled: false });
    await stores.dual.apply([put('LookCoin', 1)]);
    assert.equal(stores.dual.lastOutcome()?.secondary.result, 'skipped');
    assert.deepEqual(await stores.secondary.list(), []);
    failNext(stores, 'primary');
    await refuses(['BACKEND_UNAVAILABLE'], stores.dual.apply([put('LookCoin', 2)]));
  });

  it('comes in the same order to both sides, whoever writes', async (t) => {
    const stores = dualStores(t);
    const other = stores.reopen();
    const writes = Array.from({ length: 20 }, (_, i) =>
      (i % 2 === 0 ? stores.dual : other).apply([put('LookCoin', i)]),
    );
    await Promise.all(writes);
    await assertEqualSides(stores);
  });
});

describe('a dual write whose process died', () => {
  for (const [when, sides] of [
    ['before either side had it', []],
    ['when the primary had it', ['primary']],
    ['when the secondary had it', ['secondary']],
    ['when both had it', ['primary', 'secondary']],
  ] as const) {
    it(`${when} is settled by what the primary says`, async (t) => {
      const stores = dualStores(t);
      await stores.dual.apply([put('LookCoin', 1)]);
      const changes = [put('LookCoin', 2), put('New', 2)];
      await stores.queue.append({ id: 'dead', at: '2026-11-21T00:00:00.000Z', state: 'pending', changes });
      for (const side of sides) await stores[side].apply(changes);
      const expected = await stores.primary.list();
      assert.deepEqual(await stores.dual.repair(), { repaired: 1, left: [] });
      assert.deepEqual(await stores.primary.list(), expected);
      await assertEqualSides(stores);
    });
  }

  it('in the middle of a line of the queue changed nothing, and the next write goes on', async (t) => {
    const stores = dualStores(t);
    await stores.dual.apply([put('LookCoin', 1)]);
    appendFileSync(stores.queueFile, '{"at":"2026-11-21T00:00:00.000Z","chan');
    await stores.dual.apply([put('LookCoin', 2)]);
    await assertEqualSides(stores);
    assert.equal(readFileSync(stores.queueFile, 'utf8'), '');
  });

  it('and a queue that somebody edited is refused, with its line', async (t) => {
    const stores = dualStores(t);
    await stores.dual.apply([put('LookCoin', 1)]);
    appendFileSync(stores.queueFile, '{"state":"queued"}\n');
    const error = await refuses(['JSON_PARSE_ERROR'], stores.dual.apply([put('LookCoin', 2)]));
    assert.equal(error.details['line'], 1);
    await refuses(['JSON_PARSE_ERROR'], stores.dual.read(scope, 'LookCoin'));
  });
});

describe('a dual read', () => {
  it('asks the primary, and takes its "not there"', async (t) => {
    const stores = dualStores(t);
    await stores.secondary.apply([put('LookCoin', 1)]);
    assert.equal(await stores.dual.read(scope, 'LookCoin'), null);
    assert.deepEqual(await stores.dual.list(scope), []);
    assert.deepEqual(stores.warnings, []);
  });

  it('falls back where the primary fails, and says so', async (t) => {
    const stores = dualStores(t);
    await stores.dual.apply([put('LookCoin', 1)]);
    failNext(stores, 'primary');
    assert.equal((await stores.dual.read(scope, 'LookCoin'))?.contractName, 'LookCoin');
    assert.deepEqual(
      stores.warnings.map(({ kind, backend }) => [kind, backend]),
      [['read-fallback', 'first']],
    );
  });

  it('that falls back and finds nothing is the failure of the primary, not "not there"', async (t) => {
    const stores = dualStores(t);
    failNext(stores, 'primary');
    await refuses(['BACKEND_UNAVAILABLE'], stores.dual.read(scope, 'LookCoin'));
  });

  it('does not fall back where the question was wrong, or where it may not', async (t) => {
    const stores = dualStores(t);
    await stores.dual.apply([put('LookCoin', 1)]);
    failNext(stores, 'primary');
    stores.failures.primary.error = () => new StateManagerError('CHAIN_AMBIGUOUS', 'two networks');
    await refuses(['CHAIN_AMBIGUOUS'], stores.dual.read(scope, 'LookCoin'));
    failNext(stores, 'primary');
    stores.failures.primary.error = () => new StateManagerError('JSON_LOAD_ERROR', 'gone');
    await refuses(['JSON_LOAD_ERROR'], stores.reopen({ enableFallback: false }).read(scope, 'LookCoin'));
  });

  it('is BACKEND_UNAVAILABLE with both causes where neither side can be read', async (t) => {
    const stores = dualStores(t);
    failNext(stores, 'primary');
    failNext(stores, 'secondary');
    const error = await refuses(['BACKEND_UNAVAILABLE'], stores.dual.list(scope));
    assert.ok(error.cause instanceof AggregateError);
  });

  it('after a write that the primary did not take sees it all the same', async (t) => {
    const stores = dualStores(t);
    await stores.dual.apply([put('LookCoin', 1)]);
    failNext(stores, 'primary');
    await stores.dual.apply([put('LookCoin', 2), put('New', 2)]);
    assert.deepEqual((await stores.dual.read(scope, 'LookCoin'))?.deploymentArgs, [2]);
    assert.deepEqual(namesOf(await stores.dual.list(scope)), ['97-LookCoin', '97-New']);
    assert.ok(stores.warnings.some(({ kind, backend }) => kind === 'behind' && backend === 'first'));
    await refuses(['DUAL_WRITE_FAILED'], stores.reopen({ enableFallback: false }).list(scope));
  });

  it('still knows what its backend lacks when primary and secondary change places', async (t) => {
    const stores = dualStores(t);
    failNext(stores, 'secondary');
    await stores.dual.apply([put('LookCoin', 1)]);
    const swapped = stores.reopen({ primary: stores.secondary, secondary: stores.primary });
    assert.equal((await swapped.read(scope, 'LookCoin'))?.contractName, 'LookCoin');
    assert.deepEqual(await swapped.repair(), { repaired: 1, left: [] });
    await assertEqualSides(stores);
  });
});

describe('a dual store', () => {
  it('opens where one side does, and not where neither does', async (t) => {
    const stores = dualStores(t);
    failNext(stores, 'secondary');
    await stores.dual.open();
    assert.deepEqual(
      stores.warnings.map(({ kind }) => kind),
      ['not-opened'],
    );
    failNext(stores, 'primary');
    failNext(stores, 'secondary');
    await refuses(['BACKEND_UNAVAILABLE'], stores.dual.open());
  });

  it('of two backends of one name needs names', () => {
    const queue = openRepairQueue(() => Promise.resolve('/nowhere'));
    const same = { primary: named('json'), secondary: named('json'), queue, onWarning: () => undefined };
    assert.throws(() => dualContracts(same), { code: 'BAD_USAGE' });
    assert.equal(dualContracts({ ...same, names: ['a', 'b'] }).type, 'dual-write');
  });

  it('leaves nothing but its queue beside it', async (t) => {
    const stores = dualStores(t);
    failNext(stores, 'secondary');
    await stores.dual.apply([put('LookCoin', 1)]);
    await stores.dual.close();
    assert.deepEqual(readdirSync(dirname(stores.queueFile)), ['queue.jsonl']);
  });
});

function put(contractName: string, version: number): StoreChange {
  return { kind: 'put', scope, contract: sampleContract(contractName, 97, { deploymentArgs: [version] }) };
}

function failNext({ failures }: DualStores, side: 'primary' | 'secondary'): void {
  failures[side].at = failures[side].made.length;
}

async function assertEqualSides({ primary, secondary }: DualStores): Promise<void> {
  assert.deepEqual(await primary.list(), await secondary.list());
}

function namesOf(contracts: readonly { chainId: number; contractName: string }[]): string[] {
  return contracts.map(({ chainId, contractName }) => `${chainId}-${contractName}`);
}
