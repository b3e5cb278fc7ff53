import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
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

  it('writes nothing into the work tree through a folder that is a link', async (t) => {
    const temp = tempRepository(t);
    const path = 'deployments/unified/bsctestnet.unified.json';
    temp.write('plain', 'untouched\n');
    temp.write('../outside/bsctestnet.unified.json', 'untouched\n');
    mkdirSync(temp.at('deployments'));
    symlinkSync(temp.at('../outside'), temp.at('deployments/unified'));
    const repository = await openRepository(temp.path, { env: temp.env });
    t.after(() => repository.close());
    const files = new Map([
      ['plain', 'written\n'],
      [path, 'written\n'],
    ]);
    await assert.rejects(repository.replaceInWorktree(files), { code: 'FILE_FAILED' });
    assert.equal(readFileSync(temp.at(path), 'utf8'), 'untouched\n');
    assert.equal(readFileSync(temp.at('plain'), 'utf8'), 'untouched\n');
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

  for (const packed of [false, true]) {
    it(`reads ${packed ? 'packed' : 'loose'} commits where there is no git program, and writes nothing there`, async (t) => {
      const temp = tempRepository(t);
      const path = 'deployments/unified/bsctestnet.unified.json';
      temp.write(path, 'first\n');
      const first = temp.commitAll('first');
      temp.git('tag', '--annotate', '--message=x', 'v1');
      temp.write(path, 'second\n');
      temp.commitAll('second');
      if (packed) temp.git('gc', '--quiet');
      const before = temp.git('count-objects', '-v');
      const repository = await openRepository(temp.path, { env: { ...temp.env, PATH: temp.path } });
      t.after(() => repository.close());
      assert.deepEqual(await repository.head(), { branch: 'refs/heads/main', commit: temp.git('rev-parse', 'HEAD') });
      assert.equal(await repository.resolve('v1'), first);
      assert.equal(await repository.resolve(first.slice(0, 10)), first);
      const tree = await repository.at({ commit: first });
      assert.deepEqual(await tree.paths(), [path]);
      assert.equal(Buffer.from((await tree.read([path]))[0]?.bytes ?? []).toString(), 'first\n');
      await assert.rejects(repository.resolve('v2'), { code: 'UNKNOWN_REVISION' });
      const plan = () => Promise.resolve([{ files: new Map([[path, 'x']]), message: 'x' }]);
      const target = { kind: 'head', allowDetached: false } as const;
      await assert.rejects(repository.write({ operation: 'put', target, plan }), { code: 'GIT_NOT_FOUND' });
      assert.equal(temp.git('count-objects', '-v'), before);
    });
  }
});
