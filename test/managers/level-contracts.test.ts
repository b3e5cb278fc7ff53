import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { levelContracts } from '../../src/managers/leveldb/level-contracts.js';
import { LevelDBStateManager } from '../../src/managers/leveldb/leveldb-state-manager.js';
import { temporaryFolder } from '../support/leveldb-store.js';
import { contractStoreSuite } from './contract-store-suite.js';
import { stateManagerSuite } from './state-manager-suite.js';

contractStoreSuite('leveldb', async (t) => {
  const path = join(temporaryFolder(t), 'deep', 'leveldb');
  return Promise.resolve({
    store: levelContracts({ path }),
    reopen: async () => Promise.resolve(levelContracts({ path })),
    damage: async () => {
      for (const name of readdirSync(path))
        if (name.startsWith('MANIFEST')) writeFileSync(join(path, name), 'nonsense');
      return Promise.resolve();
    },
  });
});

stateManagerSuite('leveldb', async (t) => {
  const cwd = temporaryFolder(t);
  return Promise.resolve((network, { chainId } = {}) => new LevelDBStateManager(network, { cwd, chainId }));
});
