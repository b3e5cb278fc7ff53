import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { handEdits } from '../../src/commands/hand-edits.js';
import { validate } from '../../src/commands/validate.js';
import { validateChanges } from '../../src/commands/validate-changes.js';
import type { HandEdit } from '../../src/core/diff/hand-edits.js';
import { networkFilePath } from '../../src/core/layout.js';
import { address, proxied, stateFiles } from '../support/deployments.js';
import { type MemoryRepository, memoryRepository } from '../support/memory-repository.js';

const root = 'packages/a';
const path = networkFilePath(root, 'alpha');
const files: Readonly<Record<string, string>> = {
  [`${root}/stateroot.config.json`]: '{}\n',
  ...stateFiles({ alpha: { chainId: 7, contracts: { Other: proxied('Other'), Token: proxied('Token') } } }, root),
};
const tampered = (files[path] ?? '').replace(address('Token 1'), address('evil'));
const line = tampered.split('\n').findIndex((each) => each.includes(address('evil'))) + 1;
const expected = [[path, 'Token', line, address('Token 1'), address('evil')]];

function told(edits: readonly HandEdit[]): unknown[] {
  return edits.map((edit) => [edit.file, edit.contract, edit.line, edit.before, edit.after]);
}

async function inWorktree(repository: MemoryRepository): Promise<unknown[]> {
  return told(await handEdits(repository, await validate(repository, { place: 'worktree' })));
}

describe('the edits behind a checksum that does not match', () => {
  it('are found in the work tree, in any state root', async () => {
    const repository = memoryRepository(files);
    repository.edit({ [path]: tampered });
    assert.deepEqual(await inWorktree(repository), expected);
  });

  it('are found in the index for the hook, with the text they stand in', async () => {
    const repository = memoryRepository(files);
    repository.edit({ [path]: tampered });
    repository.stage(path);
    repository.edit({ [path]: files[path] ?? '' });
    const { edits, texts } = await validateChanges(repository.changed.changes('index'));
    assert.deepEqual([told(edits), texts.get(path)], [expected, tampered]);
  });

  it('are none where HEAD has the same, an unreadable file, or nothing', async () => {
    assert.deepEqual(await inWorktree(memoryRepository({ ...files, [path]: tampered })), []);
    const unborn = memoryRepository();
    unborn.edit({ ...files, [path]: tampered });
    assert.deepEqual(await inWorktree(unborn), []);
    const unreadable = memoryRepository({ ...files, [path]: '{' });
    unreadable.edit({ [path]: tampered });
    assert.deepEqual(await inWorktree(unreadable), []);
  });

  it('cost no question to git when every checksum matches', async () => {
    const repository = memoryRepository(files);
    const validated = await validate(repository, { place: 'worktree' });
    const asked: string[] = [];
    const watched = {
      ...repository,
      head: () => {
        asked.push('head');
        return repository.head();
      },
    };
    assert.deepEqual([await handEdits(watched, validated), asked], [[], []]);
  });
});
