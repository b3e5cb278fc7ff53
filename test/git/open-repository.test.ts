import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { describe, it } from 'node:test';
import { openRepository } from '../../src/git/open-repository.js';
import { stateRepositorySuite } from '../ports/state-repository-suite.js';
import { tempRepository } from '../support/temp-repository.js';

stateRepositorySuite('git', async (t, files, root) => {
  const temp = tempRepository(t);
  for (const [path, text] of Object.entries(files)) temp.write(path, text);
  if (Object.keys(files).length > 0) temp.commitAll('state as it is found');
  const opened = await openRepository(temp.path, { env: temp.env, lockTimeout: 2000 });
  t.after(() => opened.close());
  return root === undefined ? opened : opened.forRoot(root);
});

describe('openRepository', () => {
  it('finds the checkout from a folder below it, and through a link', async (t) => {
    const temp = tempRepository(t);
    mkdirSync(temp.at('packages', 'contracts'), { recursive: true });
    temp.write('packages/contracts/stateroot.config.json', '{}\n');
    symlinkSync(temp.at('packages'), temp.at('link'));
    for (const [folder, root] of [
      ['.', ''],
      ['packages', ''],
      ['packages/contracts', 'packages/contracts'],
      ['link/contracts', 'packages/contracts'],
    ] as const) {
      const repository = await openRepository(temp.at(folder), { env: temp.env });
      assert.equal(repository.root, root);
      await repository.close();
    }
  });

  it('refuses a folder outside any repository, one that is not there, and a bare repository', async (t) => {
    const temp = tempRepository(t);
    temp.git('init', '--quiet', '--bare', '../bare');
    for (const [folder, code] of [
      ['..', 'NOT_A_REPOSITORY'],
      ['gone', 'NOT_A_REPOSITORY'],
      ['../bare', 'BARE_REPOSITORY'],
    ] as const) {
      await assert.rejects(openRepository(temp.at(folder), { env: temp.env }), { code });
    }
  });

  it('says so when git is missing, and still reads the work tree', async (t) => {
    const temp = tempRepository(t);
    temp.write('deployments/unified/bsctestnet.unified.json', '{}\n');
    const repository = await openRepository(temp.path, { env: { ...temp.env, PATH: temp.path } });
    t.after(() => repository.close());
    const tree = await repository.at('worktree');
    assert.equal((await tree.read(await tree.paths())).length, 1);
    await assert.rejects(repository.head(), { code: 'GIT_NOT_FOUND' });
  });
});
