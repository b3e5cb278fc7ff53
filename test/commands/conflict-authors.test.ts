import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { conflictAuthors } from '../../src/commands/conflict-authors.js';
import type { Conflict } from '../../src/core/merge/conflict.js';
import { networkText, proxied } from '../support/deployments.js';
import { memoryRepository } from '../support/memory-repository.js';

const path = 'deployments/unified/bsctestnet.unified.json';
const both = { Oracle: proxied('Oracle'), Vault: proxied('Vault') };
const text = (contracts: Parameters<typeof networkText>[2]) => networkText('bsctestnet', 97, contracts);
const oracle: Conflict = { network: 'bsctestnet', contract: 'Oracle', path: 'implementation' };
const vault: Conflict = { ...oracle, contract: 'Vault' };
const peers: Conflict = { ...oracle, contract: null, path: '/topology/peers' };

/** main: Oracle by ann, then Vault by bob. side: Oracle by carl. Both from one commit by zoe. */
function diverged() {
  const repository = memoryRepository();
  const base = repository.commitFiles({ [path]: text(both), 'stateroot.config.json': '{}\n' }, { author: 'zoe' });
  const upgraded = { ...both, Oracle: proxied('Oracle', 2) };
  const ann = repository.commitFiles({ [path]: text(upgraded) }, { author: 'ann' });
  const withPeers = text({ ...upgraded, Vault: proxied('Vault', 2) }).replace(
    '"topology": {}',
    '"topology": {\n    "peers": [\n      1\n    ]\n  }',
  );
  const bob = repository.commitFiles({ [path]: withPeers }, { author: 'bob' });
  repository.point('side', base);
  repository.checkout('side');
  const carl = repository.commitFiles({ [path]: text({ ...both, Oracle: proxied('Oracle', 3) }) }, { author: 'carl' });
  return { repository, base, ann, bob, carl };
}

describe('who changed what is in conflict', () => {
  it('is the last commit of each side that changed the record', async () => {
    const { repository, ann, bob, carl } = diverged();
    const authors = await conflictAuthors(repository, [oracle, vault, peers], { ours: bob, theirs: carl });
    const said = [oracle, vault, peers].map((conflict) => {
      const { ours, theirs } = authors.get(conflict) ?? { ours: null, theirs: null };
      return [ours?.commit ?? null, ours?.author ?? null, theirs?.commit ?? null, theirs?.author ?? null];
    });
    assert.deepEqual(said, [
      [ann, 'ann', carl, 'carl'],
      [bob, 'bob', null, null],
      [bob, 'bob', null, null],
    ]);
  });

  it('is nobody on a side whose commit is unknown, or that did not move', async () => {
    const { repository, base, bob } = diverged();
    const unknown = await conflictAuthors(repository, [oracle], { ours: bob, theirs: null });
    assert.equal(unknown.get(oracle)?.theirs, null);
    assert.equal(unknown.get(oracle)?.ours?.author, 'ann');
    const reverted = await conflictAuthors(repository, [oracle], { ours: bob, theirs: base });
    assert.equal(reverted.get(oracle)?.theirs, null);
  });

  it('of a file that is no network file is the last commit of the file', async () => {
    const { repository, bob } = diverged();
    const file = 'stateroot.config.json';
    const conflict = { network: file, contract: null, path: '/categories/A' };
    const dave = repository.commitFiles({ [file]: '{ "categories": {} }\n' }, { author: 'dave' });
    const authors = await conflictAuthors(repository, [conflict], { ours: bob, theirs: dave });
    assert.deepEqual([authors.get(conflict)?.ours, authors.get(conflict)?.theirs?.author], [null, 'dave']);
  });
});
