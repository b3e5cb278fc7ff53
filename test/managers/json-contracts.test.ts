import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { jsonContracts } from '../../src/managers/json/json-contracts.js';
import { JSONStateManager } from '../../src/managers/json/json-state-manager.js';
import { contractStoreSuite } from './contract-store-suite.js';
import { stateManagerSuite } from './state-manager-suite.js';

for (const format of ['v1', 'v2'] as const) {
  contractStoreSuite(`json ${format}`, async (t) => {
    const cwd = await temporary(t);
    return {
      store: jsonContracts({ cwd, format }),
      reopen: () => Promise.resolve(jsonContracts({ cwd, format })),
      damage: () => writeFile(join(cwd, 'deployments', 'bsctestnet.json'), '{"network":'),
    };
  });

  stateManagerSuite(`json ${format}`, async (t) => {
    const cwd = await temporary(t);
    return (network, options) => new JSONStateManager(network, { cwd, format, ...options });
  });
}

async function temporary(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'stateroot-json-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
