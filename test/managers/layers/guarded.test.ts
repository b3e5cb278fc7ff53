import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { StateManagerError } from '../../../src/errors.js';
import type { ContractStore, Scope, StoreChange } from '../../../src/managers/contract-store.js';
import { delegating } from '../../../src/managers/each-call.js';
import { guarded } from '../../../src/managers/layers/guarded.js';
import { OptimizedStateManager } from '../../../src/managers/optimized-state-manager.js';
import { SecureStateManager } from '../../../src/managers/secure-state-manager.js';
import { StateManager } from '../../../src/managers/state-manager.js';
import { refuses, sampleContract } from '../../support/contracts.js';
import { emptyPlace, memoryContracts } from '../../support/memory-contracts.js';
import { settled, watched } from '../../support/watched-store.js';

const scope: Scope = { chainId: 97, network: 'bsctestnet' };

function put(name: string, changes: object = {}): StoreChange {
  return { kind: 'put', scope, contract: sampleContract(name, 97, changes) };
}

describe('all layers together', () => {
  it('write to the audit what access denied', async () => {
    const lines: string[] = [];
    const store = guarded({ access: { role: 'readonly' }, audit: { write: (text) => void lines.push(text) } })(
      memoryContracts(),
    );
    await refuses(['ACCESS_DENIED'], store.apply([put('A')]));
    assert.match(lines.join(''), /ACCESS_DENIED/);
  });

  it('do not answer from the cache whom access denies', async () => {
    let isAllowed = true;
    const store = guarded({ access: { can: () => isAllowed } })(memoryContracts());
    await store.apply([put('A')]);
    await store.read(scope, 'A');
    isAllowed = false;
    await refuses(['ACCESS_DENIED'], store.read(scope, 'A'));
  });

  it('keep the order of two writes of one contract when the first has to be tried again', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const { store } = watched(memoryContracts(), ({ operation }) => {
      if (operation === 'apply' && failures > 0) {
        failures -= 1;
        throw new StateManagerError('RACED', 'again');
      }
    });
    let failures = 1;
    const whole = guarded()(store);
    const writes = Promise.all([whole.apply([put('A', { timestamp: 1 })]), whole.apply([put('A', { timestamp: 2 })])]);
    for (let turn = 0; turn < 10; turn += 1) {
      await settled();
      t.mock.timers.tick(1000);
    }
    await writes;
    assert.equal((await whole.read(scope, 'A'))?.timestamp, 2);
  });

  it('let the circuit see each attempt, and do not try again what it refuses', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const { store, count } = watched(memoryContracts(), ({ operation }) => {
      if (operation === 'list') throw new StateManagerError('BUSY', 'busy');
    });
    const whole = guarded({ circuit: { failures: 2 }, retry: { attempts: 5 } })(store);
    let code: string | undefined;
    const call = whole.list().catch((error: unknown) => {
      code = (error as StateManagerError).code;
    });
    for (let turn = 0; turn < 50 && code === undefined; turn += 1) {
      await settled();
      t.mock.timers.tick(1000);
    }
    await call;
    assert.equal(code, 'BACKEND_UNAVAILABLE');
    assert.equal(count('list'), 2);
  });

  it('verify a checksum once per reading, not per answer, and again when the store changed', async () => {
    const place = emptyPlace();
    const { store, count } = watched(memoryContracts(place));
    const whole = guarded({ checksum: { required: true } })(store);
    await whole.apply([put('A')]);
    await whole.read(scope, 'A');
    await whole.read(scope, 'A');
    assert.equal(count('read'), 1);
    await memoryContracts(place).apply([put('A', { timestamp: 3 })]);
    await refuses(['CHECKSUM_MISMATCH'], whole.read(scope, 'A'));
  });

  it('are each left out on demand', async () => {
    const { store, count } = watched(memoryContracts(), ({ operation }) => {
      if (operation === 'inspect') throw new StateManagerError('BUSY', 'busy');
    });
    const bare = guarded({ metrics: false, cache: false, locks: false, retry: false, circuit: false })(store);
    await bare.read(scope, 'A');
    await bare.read(scope, 'A');
    assert.equal(count('read'), 2);
    for (let call = 0; call < 9; call += 1) await refuses(['BUSY'], bare.inspect());
    assert.equal(count('inspect'), 9);
    assert.equal(bare.metrics(), null);
    assert.equal(bare.hitRate?.(), undefined);
    bare.invalidate();
  });

  it('tell their metrics, and forget on demand', async () => {
    const { store, count } = watched({ ...delegating(memoryContracts()), version: () => Promise.resolve(null) });
    const whole = guarded()(store);
    await whole.apply([put('A')]);
    for (let round = 0; round < 2; round += 1) {
      await whole.read(scope, 'A');
      await whole.read(scope, 'A');
      whole.invalidate('97-A');
    }
    assert.equal(count('read'), 2);
    assert.equal(whole.metrics()?.latencies?.read.count, 4);
    assert.equal(whole.metrics()?.cacheHitRate, 0.5);
  });
});

describe('any sequence of calls', () => {
  const names = fc.constantFrom('A', 'B', 'constructor', 'x:Y');
  const chains = fc.constantFrom(97, 56);
  const scopes = chains.map((chainId): Scope => (chainId === 97 ? { chainId, network: 'bsctestnet' } : { chainId }));
  const value = fc.oneof(
    fc.integer(),
    fc.bigInt(),
    fc.string(),
    fc.constant(null),
    fc.array(fc.bigInt(), { maxLength: 2 }),
  );
  const change: fc.Arbitrary<StoreChange> = fc.oneof(
    fc.record({ scope: scopes, contractName: names }).map((each) => ({ kind: 'delete' as const, ...each })),
    fc.tuple(scopes, names, value, fc.boolean()).map(([to, name, argument, isBad]) => ({
      kind: 'put' as const,
      scope: to,
      contract: sampleContract(name, isBad && name === 'B' ? 1 : to.chainId, { deploymentArgs: [argument] }),
    })),
  );
  const call = fc.oneof(
    fc.record({ kind: fc.constant('read' as const), scope: scopes, name: names }),
    fc.record({ kind: fc.constant('list' as const), scope: fc.option(scopes, { nil: undefined }) }),
    fc.record({ kind: fc.constant('apply' as const), changes: fc.array(change, { maxLength: 3 }) }),
    fc.record({ kind: fc.constant('outside' as const), changes: fc.array(change, { maxLength: 2 }) }),
    fc.record({
      kind: fc.constant('chainOf' as const),
      network: fc.constantFrom('bsctestnet', 'bscmainnet', 'toString'),
    }),
    fc.record({ kind: fc.constant('inspect' as const) }),
  );
  type Call = typeof call extends fc.Arbitrary<infer Each> ? Each : never;

  async function answerOf(store: ContractStore, outside: ContractStore, asked: Call): Promise<unknown> {
    const asking = (): Promise<unknown> => {
      switch (asked.kind) {
        case 'read':
          return store.read(asked.scope, asked.name);
        case 'list':
          return store.list(asked.scope);
        case 'apply':
          return store.apply(asked.changes);
        case 'outside':
          return outside.apply(asked.changes);
        case 'chainOf':
          return store.chainOf(asked.network);
        case 'inspect':
          return store.inspect();
      }
    };
    try {
      const answer = await asking();
      return structuredClone(answer);
    } catch (error) {
      return error instanceof StateManagerError ? error.code : String(error);
    }
  }

  for (const [what, options] of [
    [
      'all layers',
      { access: { role: 'admin' }, audit: { write: () => undefined }, cache: { maxEntries: 3 }, checksum: {} },
    ],
    ['the default ones', {}],
  ] as const) {
    it(`has the same answers through ${what} as without, whoever else writes`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(call, { maxLength: 25 }), async (calls) => {
          const [plainPlace, place] = [emptyPlace(), emptyPlace()];
          const plain = memoryContracts(plainPlace);
          const layered = guarded(options)(memoryContracts(place));
          // Who writes from outside knows of the checksums, or what it leaves would be a change of the state itself.
          const outside = guarded('checksum' in options ? { checksum: {} } : {})(memoryContracts(place));
          for (const each of calls) {
            const [expected, actual] = [
              await answerOf(plain, memoryContracts(plainPlace), each),
              await answerOf(layered, outside, each),
            ];
            assert.deepEqual(actual, expected);
          }
        }),
      );
    });
  }
});

describe('the managers of the documents around a manager', () => {
  it('OptimizedStateManager answers by its cache until it is told to forget', async () => {
    const { store, count } = watched({ ...delegating(memoryContracts()), version: () => Promise.resolve(null) });
    const manager = new OptimizedStateManager(new StateManager({ network: 'bsctestnet' }, store));
    await manager.putContract(97, sampleContract('A', 97));
    for (let round = 0; round < 3; round += 1) assert.equal(await manager.hasContract(97, 'A'), true);
    assert.equal(count('read'), 1);
    manager.invalidateCache(sampleContract('A', 97).proxyAddress ?? '');
    await manager.hasContract(97, 'A');
    assert.equal(count('read'), 2);
    manager.invalidateCache();
    await manager.hasContract(97, 'A');
    assert.equal(count('read'), 3);
    // The chain of the bound network is asked before each call, and cached like the reads.
    assert.equal((await manager.getMetrics()).cacheHitRate, 5 / 11);
  });

  it('keep the chain that the manager was made for', async () => {
    const base = new StateManager({ network: 'nowhere', chainId: 4242 }, memoryContracts());
    const manager = new OptimizedStateManager(new SecureStateManager(base));
    const { proxyAddress } = sampleContract('A', 4242);
    const address = proxyAddress ?? '';
    await manager.putContract(address, { name: 'A', address });
    assert.equal(await manager.hasContract(4242, 'A'), true);
  });

  it('SecureStateManager refuses what was changed under it', async () => {
    const bare = memoryContracts();
    const manager = new SecureStateManager(new StateManager({ network: 'bsctestnet' }, bare));
    await manager.putContract(97, sampleContract('A', 97));
    const kept = await bare.read(scope, 'A');
    assert.ok(kept !== null);
    await bare.apply([{ kind: 'put', scope, contract: { ...kept, implementationHash: `0x${'00'.repeat(32)}` } }]);
    await refuses(['CHECKSUM_MISMATCH'], manager.getContract(97, 'A'));
    assert.equal((await manager.validateIntegrity()).isValid, false);
  });
});
