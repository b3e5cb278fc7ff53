import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type LogOptions, logRecords } from '../../src/commands/log.js';
import { networkFilePath } from '../../src/core/layout.js';
import { address, type Contract, proxied, stateFiles } from '../support/deployments.js';
import { type MemoryRepository, memoryRepository } from '../support/memory-repository.js';

const path = networkFilePath('', 'alpha');

function alpha(contracts: Readonly<Record<string, Contract>>): Record<string, string> {
  return stateFiles({ alpha: { chainId: 7, contracts } });
}

async function log(repository: MemoryRepository, options: LogOptions = {}) {
  const { entries } = await logRecords(repository, options);
  return entries.map(({ commit, changes }) => [
    commit,
    ...changes.map(({ network, name, kind }) => `${kind} ${network}/${name}`),
  ]);
}

/** Deploys A and B, upgrades A, removes B. */
function threeCommits() {
  const repository = memoryRepository(alpha({ A: proxied('A'), B: proxied('B') }));
  const second = repository.commitFiles(alpha({ A: proxied('A', 2), B: proxied('B') }), {
    author: 'Ann',
    time: Date.UTC(2025, 8, 1),
  });
  const third = repository.commitFiles(alpha({ A: proxied('A', 2) }));
  return { repository, second, third };
}

describe('log', () => {
  it('lists the commits newest first with what each did', async () => {
    const { repository, second, third } = threeCommits();
    const [first] = (await log(repository)).at(-1) ?? [];
    assert.deepEqual(await log(repository), [
      [third, 'remove alpha/B'],
      [second, 'upgrade alpha/A'],
      [first, 'deploy alpha/A', 'deploy alpha/B'],
    ]);
  });

  it('says who and when in UTC', async () => {
    const { repository, second } = threeCommits();
    const { entries } = await logRecords(repository, { network: 'alpha', name: 'A' });
    const [upgrade] = entries;
    assert.equal(upgrade?.commit, second);
    assert.deepEqual([upgrade.author, upgrade.time, upgrade.kinds], ['Ann', '2025-09-01T00:00:00.000Z', ['upgrade']]);
    assert.deepEqual(upgrade.changes[0]?.fields.map(({ path, after }) => [path, after]).at(0), [
      'implementation',
      address('A 2'),
    ]);
  });

  it('of one record leaves out what others did, also of one that is gone', async () => {
    const { repository, third } = threeCommits();
    assert.deepEqual(
      (await log(repository, { network: 'alpha', name: 'B' })).map(([commit, change]) => [commit === third, change]),
      [
        [true, 'remove alpha/B'],
        [false, 'deploy alpha/B'],
      ],
    );
  });

  it('an impossible commit time is told as it is', async () => {
    const repository = memoryRepository();
    repository.commitFiles(alpha({ A: proxied('A') }), { time: 9e15 });
    const { entries } = await logRecords(repository, {});
    assert.equal(entries[0]?.time, '9000000000000000');
  });

  it('finds a record by address and stops at the limit', async () => {
    const { repository, second } = threeCommits();
    const name = address('A proxy').toLowerCase();
    assert.deepEqual(await log(repository, { network: 'alpha', name, limit: 1 }), [[second, 'upgrade alpha/A']]);
  });

  it('of what never was is empty', async () => {
    const { repository } = threeCommits();
    assert.deepEqual(await log(repository, { network: 'alpha', name: 'Never' }), []);
    assert.deepEqual(await log(repository, { network: 'never' }), []);
    assert.deepEqual(await log(memoryRepository()), []);
  });

  it('looks back from a revision', async () => {
    const { repository, second } = threeCommits();
    assert.equal((await log(repository, { at: second })).length, 2);
  });

  it('passes over commits that changed the layout only', async () => {
    const { repository } = threeCommits();
    repository.commitFiles({ [path]: JSON.stringify(JSON.parse(alpha({ A: proxied('A', 2) })[path] ?? '')) });
    assert.equal((await log(repository)).length, 3);
  });

  it('does not believe messages: a squash of everything is one deployment', async () => {
    const repository = memoryRepository();
    repository.commitFiles(alpha({ A: proxied('A', 2) }), {
      message: 'state(alpha): delete B\n\nState-Operation: delete\n',
    });
    assert.deepEqual(
      (await log(repository)).map(([, ...changes]) => changes),
      [['deploy alpha/A']],
    );
  });

  it('a change of a section is listed for the network, not for a record', async () => {
    const repository = memoryRepository(alpha({ A: proxied('A') }));
    const text = alpha({ A: proxied('A') })[path] ?? '';
    repository.commitFiles({ [path]: text.replace('"topology": {}', '"topology": {\n    "hub": 1\n  }') });
    const { entries } = await logRecords(repository, { network: 'alpha' });
    assert.deepEqual(entries[0]?.sections, [{ network: 'alpha', path: '/topology/hub', after: 1 }]);
    assert.equal((await log(repository, { network: 'alpha', name: 'A' })).length, 1);
  });

  it('of a merge lists only what it took from no parent', async () => {
    const repository = memoryRepository(alpha({ A: proxied('A'), B: proxied('B'), C: proxied('C') }));
    const base = await repository.resolve('HEAD');
    const ours = repository.commitFiles(alpha({ A: proxied('A', 'ours'), B: proxied('B'), C: proxied('C') }));
    const theirs = repository.commitFiles(alpha({ A: proxied('A'), B: proxied('B', 'theirs'), C: proxied('C') }), {
      parents: [base],
    });
    const merged = alpha({ A: proxied('A', 'ours'), B: proxied('B', 'theirs'), C: proxied('C', 'evil') });
    const merge = repository.commitFiles(merged, { parents: [ours, theirs] });
    const entries = new Map((await log(repository)).map(([commit, ...changes]) => [commit, changes]));
    assert.deepEqual(entries.get(merge), ['upgrade alpha/C']);
    assert.deepEqual(entries.get(ours), ['upgrade alpha/A']);
    assert.deepEqual(entries.get(theirs), ['upgrade alpha/B']);
    assert.deepEqual(
      (await log(repository, { network: 'alpha', name: 'B' })).map(([commit]) => commit),
      [theirs, base],
    );
  });

  it('a merge without a change of its own is not listed', async () => {
    const repository = memoryRepository(alpha({ A: proxied('A'), B: proxied('B') }));
    const base = await repository.resolve('HEAD');
    const ours = repository.commitFiles(alpha({ A: proxied('A', 2), B: proxied('B') }));
    const theirs = repository.commitFiles(alpha({ A: proxied('A'), B: proxied('B', 2) }), { parents: [base] });
    const merge = repository.commitFiles(alpha({ A: proxied('A', 2), B: proxied('B', 2) }), {
      parents: [ours, theirs],
    });
    const commits = (await log(repository)).map(([commit]) => commit);
    assert.ok(!commits.includes(merge));
    assert.equal(commits.length, 3);
  });

  it('steps over versions that cannot be read and says so', async () => {
    const repository = memoryRepository(alpha({ A: proxied('A') }));
    repository.commitFiles({ [path]: '{"broken":' });
    repository.commitFiles({ [path]: '{"still":' });
    const repaired = repository.commitFiles(alpha({ A: proxied('A', 2) }));
    const { entries, findings } = await logRecords(repository, {});
    assert.deepEqual(
      entries.map(({ commit, kinds }) => [commit === repaired, kinds]),
      [
        [true, ['upgrade']],
        [false, ['deploy']],
      ],
    );
    assert.deepEqual(
      findings.map(({ rule, severity }) => [rule, severity]),
      [
        ['json-syntax', 'warning'],
        ['json-syntax', 'warning'],
      ],
    );
  });
});
