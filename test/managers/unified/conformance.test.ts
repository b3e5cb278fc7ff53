import { appendFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { unifiedContracts } from '../../../src/managers/unified/unified-contracts.js';
import { UnifiedJSONStateManager } from '../../../src/managers/unified/unified-state-manager.js';
import { template } from '../../support/temp-repository.js';
import { contractStoreSuite } from '../contract-store-suite.js';
import { stateManagerSuite } from '../state-manager-suite.js';

const start = template((temp) => {
  temp.write('README.md', '# contracts\n');
  temp.commitAll('Begin');
});

contractStoreSuite('unified', (t) => {
  const temp = start(t);
  const open = () => unifiedContracts({ cwd: temp.path, env: temp.env });
  return Promise.resolve({
    store: open(),
    reopen: () => Promise.resolve(open()),
    async damage() {
      const folder = temp.at('deployments/unified');
      for (const name of await readdir(folder)) appendFileSync(join(folder, name), '}');
    },
  });
});

stateManagerSuite('UnifiedJSONStateManager', (t) => {
  const temp = start(t);
  return Promise.resolve(
    (network, options = {}) => new UnifiedJSONStateManager(network, { ...options, cwd: temp.path, env: temp.env }),
  );
});
