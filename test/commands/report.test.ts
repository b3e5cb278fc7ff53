import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { reportState } from '../../src/commands/report.js';
import { StateManagerError } from '../../src/errors.js';
import { networkFilePath } from '../../src/core/layout.js';
import { proxied, stateFiles } from '../support/deployments.js';
import { memoryRepository } from '../support/memory-repository.js';
import { smallState } from '../support/report.js';

const today = 0;

function token(version: number): Record<string, string> {
  return stateFiles({ bsctestnet: { chainId: 97, contracts: { Token: proxied('Token', version) } } });
}

describe('the report of a state', () => {
  it('holds the findings of validate and of check, each once', async () => {
    const path = networkFilePath('', 'sapphiretestnet');
    const { findings, snapshot } = await reportState(memoryRepository({ ...smallState('Odd'), [path]: '{' }), {
      today,
    });
    assert.equal(findings.filter(({ file }) => file === path).length, 1);
    assert.deepEqual(
      snapshot.refused.map(({ network }) => network),
      ['sapphiretestnet'],
    );
    const rules = new Set(findings.map(({ rule }) => rule));
    assert.ok(rules.has('json-syntax') && rules.has('topology/cross-tier') && rules.has('record/missing'));
  });

  it('reads the work tree, and counts what is not committed', async () => {
    const repository = memoryRepository(token(1));
    assert.equal((await reportState(repository, { today })).uncommitted, 0);
    repository.edit(token(2));
    const edited = await reportState(repository, { today });
    assert.equal(edited.uncommitted, 1);
    const committed = await reportState(repository, { at: 'HEAD', today });
    assert.equal(committed.uncommitted, null);
    assert.notEqual(edited.matrix.rows[0]?.versions[0]?.hash, committed.matrix.rows[0]?.versions[0]?.hash);
  });

  it('tells the changes newest first, and no more than 200 commits of them', async () => {
    const repository = memoryRepository(token(0));
    for (let version = 1; version <= 201; version += 1) repository.commitFiles(token(version));
    const { timeline, timelineIsCut } = await reportState(repository, { today });
    assert.deepEqual([timeline.length, timelineIsCut], [200, true]);
    assert.deepEqual(timeline[0]?.kinds, ['upgrade']);
    const early = await reportState(repository, { at: 'HEAD~5', today });
    assert.deepEqual([early.timeline.length, early.timelineIsCut], [197, false]);
  });

  it('judges as of the commit, unless another time is given', async () => {
    const waiver = { rule: 'record/args-unknown', until: '2025-12-31', reason: 'lost before the import' };
    const config = JSON.stringify({ waivers: [waiver] });
    const repository = memoryRepository();
    repository.commitFiles({ ...token(1), 'stateroot.config.json': config }, { time: Date.parse('2025-06-01') });
    const then = await reportState(repository, { today: Date.parse('2030-01-01') });
    assert.equal(then.judgedAt, Date.parse('2025-06-01'));
    assert.deepEqual(
      then.waived.map(({ count }) => count),
      [1],
    );
    const later = await reportState(repository, { now: Date.parse('2026-06-01'), today });
    assert.deepEqual(later.waived, []);
    assert.ok(later.findings.some(({ rule }) => rule === 'waiver/expired'));
  });

  it('is there before the first commit', async () => {
    const report = await reportState(memoryRepository(), { today: 5 });
    assert.deepEqual(
      [report.commit, report.judgedAt, report.timeline.length, report.matrix.rows.length],
      [null, 5, 0, 0],
    );
  });

  it('takes the only state root there is, and refuses to choose among several', async () => {
    const within = (root: string) => ({
      ...stateFiles({ bsctestnet: { chainId: 97, contracts: { Token: proxied('Token') } } }, root),
      [`${root}/stateroot.config.json`]: '{}',
    });
    const one = await reportState(memoryRepository(within('packages/a')), { today });
    assert.deepEqual([one.root, one.matrix.networks.length, one.otherRoots], ['packages/a', 1, []]);
    const beside = await reportState(memoryRepository({ ...within('packages/a'), ...token(1) }), { today });
    assert.deepEqual([beside.root, beside.otherRoots], ['', ['packages/a']]);
    await assert.rejects(
      reportState(memoryRepository({ ...within('a'), ...within('b') }), { today }),
      (error) => error instanceof StateManagerError && error.code === 'BAD_USAGE',
    );
  });
});
