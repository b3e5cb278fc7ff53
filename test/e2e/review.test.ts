import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stateroot, statejson } from '../support/command-line.js';
import { proposals, pullRequest } from '../support/pull-request.js';
import type { TempRepository } from '../support/temp-repository.js';

type Diff = { networks: { network: string; contracts: { name: string; danger: string | null }[] }[] };

function markdown(temp: TempRepository, range: string): string[] {
  const answer = stateroot(temp, ['diff', range, '--format', 'md']);
  assert.equal(answer.code, 0, answer.stderr);
  return answer.stdout.trimEnd().split('\n');
}

describe('the review of a pull request: two upgrades, a typo in a proxy, a removal', () => {
  it('names network, contract and field of each danger in the first ten lines, worst first', (t) => {
    const first = markdown(pullRequest(t), 'main...release/0.9').slice(0, 10);
    const dangers = proposals.filter(({ danger }) => danger !== null);
    assert.equal(first[1], '### ✖ 2 of 4 state changes need a decision');
    const rows = first.filter((line) => line.startsWith('| ✖ |'));
    assert.equal(rows.length, dangers.length);
    for (const [i, { network, contract, field, danger }] of dangers.entries()) {
      const row = rows[i] ?? '';
      assert.ok(row.startsWith(`| ✖ | **${danger ?? ''}** · ${network} · ${contract} · ${field}`), row);
      assert.match(row, /0x[0-9a-fA-F]{40}/);
    }
  });

  it('names every change once, in every format', (t) => {
    const temp = pullRequest(t);
    for (const format of ['text', 'md', 'html']) {
      const { stdout } = stateroot(temp, ['diff', 'main...release/0.9', '--format', format]);
      for (const { network, contract } of proposals) {
        assert.ok(stdout.includes(network) && stdout.includes(contract), `${format}: ${network} ${contract}`);
      }
    }
    assert.deepEqual(dangersOf(statejson(temp, ['diff', 'main...release/0.9']).data), [
      'basesepolia SupplyOracle -',
      'bsctestnet SupplyOracle -',
      'optimismsepolia LayerZeroModule proxy-changed',
      'sapphiretestnet CelerIMModule removed',
    ]);
  });

  it('says the same after a squash, and log, blame and rollback still name every change', (t) => {
    const temp = pullRequest(t);
    const before = markdown(temp, 'main...release/0.9');
    temp.git('merge', '--quiet', '--squash', 'release/0.9');
    temp.git('commit', '--quiet', '--message=Release 0.9 (#7)');
    const squash = temp.git('rev-parse', 'HEAD');
    const after = markdown(temp, 'HEAD~1..HEAD');
    const withoutSides = (lines: readonly string[]) => lines.filter((line) => !/^`[0-9a-f]{7}` →|^<sub>/.test(line));
    assert.deepEqual(withoutSides(after), withoutSides(before));

    for (const { network, contract, field, danger } of proposals) {
      const [entry] = statejson(temp, ['log', network, contract]).data as { commit: string; kinds: string[] }[];
      assert.equal(entry?.commit, squash, `${network} ${contract}`);
      assert.deepEqual(entry.kinds, [danger === 'Removed' ? 'remove' : danger === null ? 'upgrade' : 'redeploy']);
      if (danger === 'Removed') continue;
      const lines = statejson(temp, ['blame', network, contract]).data as { field: string; commit: string }[];
      assert.equal(lines.find((line) => line.field === field)?.commit, squash);
    }

    const undone = statejson(temp, ['rollback', squash]).data as { changes: { network: string; name: string }[] };
    assert.deepEqual(
      undone.changes.map(({ network, name }) => `${network} ${name}`).sort(),
      proposals.map(({ network, contract }) => `${network} ${contract}`).sort(),
    );
    assert.equal(temp.git('rev-parse', 'HEAD^{tree}'), temp.git('rev-parse', 'HEAD~2^{tree}'));
    assert.deepEqual(statejson(temp, ['diff', 'HEAD~2..HEAD']).data, {
      base: temp.git('rev-parse', 'HEAD~2'),
      head: temp.git('rev-parse', 'HEAD'),
      networks: [],
    });
  });
});

describe('a diff of the index', () => {
  it('shows what is staged, and apart from it what is not', (t) => {
    const temp = pullRequest(t);
    temp.git('checkout', '--quiet', 'release/0.9', '--', 'deployments/unified/bsctestnet.unified.json');
    temp.git('restore', '--source', 'release/0.9', '--worktree', 'deployments/unified/basesepolia.unified.json');
    const networks = (...args: string[]) =>
      (statejson(temp, ['diff', ...args]).data as Diff).networks.map(({ network }) => network);
    assert.deepEqual(networks('--staged'), ['bsctestnet']);
    assert.deepEqual(networks('--unstaged'), ['basesepolia']);
    assert.deepEqual(networks(), ['basesepolia', 'bsctestnet']);
    assert.deepEqual(networks('-R', 'release/0.9', '--staged'), ['basesepolia', 'optimismsepolia', 'sapphiretestnet']);
  });
});

describe('a file that cannot be read', () => {
  for (const side of ['base', 'head'] as const) {
    it(`on the ${side} side is said in every format, and the answer is 1`, (t) => {
      const temp = pullRequest(t);
      const path = 'deployments/unified/bscmainnet.unified.json';
      const valid = temp.git('show', `HEAD:${path}`);
      temp.write(path, side === 'head' ? '{' : `${valid}\n`);
      if (side === 'base') {
        temp.write(path, '{');
        temp.commitAll('Broken');
        temp.write(path, `${valid}\n`);
      }
      for (const [format, said] of [
        ['text', 'COULD NOT BE READ'],
        ['md', '**Could not be read** · bscmainnet'],
        ['html', 'Could not be read: '],
      ] as const) {
        const { code, stdout } = stateroot(temp, ['diff', '--format', format]);
        assert.equal(code, 1);
        assert.ok(stdout.includes(said), stdout);
        assert.ok(stdout.includes(path), stdout);
      }
      const { ok, findings } = statejson(temp, ['diff']);
      assert.deepEqual([ok, findings.map(({ rule, file }) => [rule, file])], [false, [['json-syntax', path]]]);
    });
  }
});

function dangersOf(data: Diff): string[] {
  return data.networks.flatMap(({ network, contracts }) =>
    contracts.map(({ name, danger }) => `${network} ${name} ${danger ?? '-'}`),
  );
}
