import { emptyPlace, memoryContracts } from '../support/memory-contracts.js';
import { contractStoreSuite } from './contract-store-suite.js';

contractStoreSuite('memory', async () => {
  const place = emptyPlace();
  return Promise.resolve({
    store: memoryContracts(place),
    reopen: async () => Promise.resolve(memoryContracts(place)),
  });
});
