import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { conforming } from '../../src/managers/factory/conforming.js';
import type { OpenBackend } from '../../src/managers/factory/backend-registry.js';
import { StateManagerFactory } from '../../src/managers/factory/state-manager-factory.js';
import { sampleContract } from '../support/contracts.js';
import { temporaryFolder } from '../support/leveldb-store.js';
import { contractStoreSuite } from '../managers/contract-store-suite.js';

const root = join(import.meta.dirname, '..', '..', '..');
const page = readFileSync(join(root, 'docs', 'backends.md'), 'utf8');
const code = /^## A complete one$[^]*?^```js\n([^]*?)^```/m.exec(page)?.[1] ?? '';

/** The code of the page, from a file of its own, with the library of this build. */
async function example(t: { after(run: () => void): void }): Promise<OpenBackend> {
  const library = pathToFileURL(join(import.meta.dirname, '..', '..', 'src', 'index.js')).href;
  const file = join(temporaryFolder(t), 'json-lines.mjs');
  writeFileSync(file, code.replace("'stateroot'", `'${library}'`));
  const module = (await import(pathToFileURL(file).href)) as { jsonLines: OpenBackend };
  return module.jsonLines;
}

contractStoreSuite('the backend of docs/backends.md', async (t) => {
  const jsonLines = await example(t);
  const cwd = temporaryFolder(t);
  const open = async () =>
    conforming('json-lines', await jsonLines({ cwd, network: null, chainId: undefined, options: undefined }));
  const damage = () => {
    appendFileSync(join(cwd, 'contracts.jsonl'), '{"half');
    return Promise.resolve();
  };
  return { store: await open(), reopen: open, damage };
});

describe('docs/backends.md', () => {
  it('has a complete backend in at most 40 lines', () => {
    const lines = code.trimEnd().split('\n');
    assert.ok(lines.length > 20 && lines.length <= 40, `${lines.length} lines`);
  });

  it('is right about making it known', async (t) => {
    const cwd = temporaryFolder(t);
    const factory = new StateManagerFactory({ cwd, env: {}, backends: { 'json-lines': { file: 'mine.jsonl' } } });
    factory.registerBackend('json-lines', await example(t));
    const manager = await factory.createStateManager('json-lines');
    t.after(() => manager.close());
    await manager.putContract(97, sampleContract('LookCoin', 97));
    assert.equal(manager.getBackendType(), 'json-lines');
    assert.match(readFileSync(join(cwd, 'mine.jsonl'), 'utf8'), /"LookCoin"/);
  });
});
