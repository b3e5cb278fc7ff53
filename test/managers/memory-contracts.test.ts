import { StateManager } from '../../src/managers/state-manager.js';
import { emptyPlace, memoryContracts } from '../support/memory-contracts.js';
import { contractStoreSuite } from './contract-store-suite.js';
import { stateManagerSuite } from './state-manager-suite.js';

contractStoreSuite('memory', async () => {
  const place = emptyPlace();
  return Promise.resolve({
    store: memoryContracts(place),
    reopen: async () => Promise.resolve(memoryContracts(place)),
  });
});

stateManagerSuite('memory', async () => {
  const place = emptyPlace();
  return Promise.resolve((network, { chainId } = {}) => new StateManager({ network, chainId }, memoryContracts(place)));
});
