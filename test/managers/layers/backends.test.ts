import { mkdtemp, rm } from 'node:fs/promises';
import { readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { ContractStore } from '../../../src/managers/contract-store.js';
import { jsonContracts } from '../../../src/managers/json/json-contracts.js';
import { guarded } from '../../../src/managers/layers/guarded.js';
import { levelContracts } from '../../../src/managers/leveldb/level-contracts.js';
import { unifiedContracts } from '../../../src/managers/unified/unified-contracts.js';
import { template } from '../../support/temp-repository.js';
import { contractStoreSuite } from '../contract-store-suite.js';

type Place = { readonly open: () => ContractStore; readonly damage: () => void; readonly field: string };

const repository = template((temp) => {
  temp.write('README.md', '# contracts\n');
  temp.commitAll('Begin');
});

/** Every store of this package, each in a place of its own. */
const places: Readonly<Record<string, (t: TestContext) => Promise<Place>>> = {
  'json v1': (t) => plain(t, 'v1'),
  'json v2': (t) => plain(t, 'v2'),
  leveldb: async (t) => {
    const path = join(await folder(t), 'leveldb');
    const damage = () => {
      for (const name of readdirSync(path))
        if (name.startsWith('MANIFEST')) writeFileSync(join(path, name), 'nonsense');
    };
    return { open: () => levelContracts({ path }), damage, field: 'checksum' };
  },
  unified: async (t) => {
    const temp = repository(t);
    const damage = () => {
      temp.write('deployments/unified/bsctestnet.unified.json', '{"network":');
    };
    return Promise.resolve({
      open: () => unifiedContracts({ cwd: temp.path, env: temp.env }),
      damage,
      // It seals its records in `checksum` itself.
      field: 'contentChecksum',
    });
  },
};

for (const [name, placeFor] of Object.entries(places)) {
  contractStoreSuite(`${name}, guarded`, async (t) => {
    const { open, damage, field } = await placeFor(t);
    const layers = guarded({
      audit: { write: () => undefined },
      access: { role: 'admin' },
      cache: { warm: true },
      checksum: { required: true, field },
    });
    return {
      store: layers(open()),
      reopen: () => Promise.resolve(layers(open())),
      damage: async () => {
        damage();
        return Promise.resolve();
      },
    };
  });
}

async function plain(t: TestContext, format: 'v1' | 'v2'): Promise<Place> {
  const cwd = await folder(t);
  const damage = () => {
    writeFileSync(join(cwd, 'deployments', 'bsctestnet.json'), '{"network":');
  };
  return { open: () => jsonContracts({ cwd, format }), damage, field: 'checksum' };
}

async function folder(t: TestContext): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'guarded-'));
  t.after(() => rm(made, { recursive: true, force: true }));
  return made;
}
