import type { StoreLayer } from '../../../src/managers/contract-store.js';
import { audited } from '../../../src/managers/layers/audited.js';
import { authorized } from '../../../src/managers/layers/authorized.js';
import { cached } from '../../../src/managers/layers/cached.js';
import { checksummed } from '../../../src/managers/layers/checksummed.js';
import { circuitBroken } from '../../../src/managers/layers/circuit-broken.js';
import { guarded } from '../../../src/managers/layers/guarded.js';
import { locked } from '../../../src/managers/layers/locked.js';
import { logged } from '../../../src/managers/layers/logged.js';
import { measured } from '../../../src/managers/layers/measured.js';
import { retried } from '../../../src/managers/layers/retried.js';
import { OptimizedStateManager } from '../../../src/managers/optimized-state-manager.js';
import { SecureStateManager } from '../../../src/managers/secure-state-manager.js';
import { StateManager } from '../../../src/managers/state-manager.js';
import { emptyPlace, memoryContracts } from '../../support/memory-contracts.js';
import { contractStoreSuite } from '../contract-store-suite.js';
import { stateManagerSuite } from '../state-manager-suite.js';

const nowhere = { write: () => undefined };
const everything = { topics: new Set(['state-manager'] as const), verbose: true, destination: nowhere };

/** Each alone, and all of them. */
const layers: Readonly<Record<string, () => StoreLayer>> = {
  cached: () => cached({ warm: true }),
  locked: () => locked(),
  retried: () => retried(),
  circuitBroken: () => circuitBroken(),
  checksummed: () => checksummed({ required: true }),
  authorized: () => authorized({ role: 'admin' }),
  audited: () => audited(nowhere),
  logged: () => logged(everything),
  measured: () => measured(),
  guarded: () =>
    guarded({
      log: everything,
      audit: nowhere,
      access: { role: 'admin' },
      cache: { warm: true },
      checksum: { required: true },
    }),
};

for (const [name, layer] of Object.entries(layers)) {
  contractStoreSuite(`memory, ${name}`, async () => {
    const place = emptyPlace();
    return Promise.resolve({
      store: layer()(memoryContracts(place)),
      reopen: async () => Promise.resolve(layer()(memoryContracts(place))),
    });
  });
}

stateManagerSuite('memory, guarded', async () => {
  const place = emptyPlace();
  return Promise.resolve(
    (network, { chainId } = {}) =>
      new StateManager({ network, chainId }, guarded({ checksum: {} })(memoryContracts(place))),
  );
});

stateManagerSuite('OptimizedStateManager around SecureStateManager', async () => {
  const place = emptyPlace();
  return Promise.resolve(
    (network, { chainId } = {}) =>
      new OptimizedStateManager(new SecureStateManager(new StateManager({ network, chainId }, memoryContracts(place)))),
  );
});
