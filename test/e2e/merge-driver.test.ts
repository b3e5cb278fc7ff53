import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { inspectFile } from '../../src/core/inspect/inspect.js';
import { stateroot } from '../support/command-line.js';
import { address as addressOf, networkText, proxied } from '../support/deployments.js';
import { type Contracts, drivenRepository, type DrivenRepository } from '../support/driven-repository.js';
import { gitIn, hookScript } from '../support/gated-repository.js';
import { layouts } from '../support/layouts.js';

const start: Contracts = { Token: proxied('Token'), Vault: proxied('Vault') };
// Neighbours: as text these conflict.
const ours: Contracts = { ...start, Sale: proxied('Sale') };
const theirs: Contracts = { ...start, Safe: proxied('Safe') };
const oursUpgraded: Contracts = { ...start, Token: proxied('Token', 2) };
const theirsUpgraded: Contracts = { ...start, Token: proxied('Token', 3) };

/** `side` and `main` have each gone on from `start`; main is checked out. */
function diverged(temp: DrivenRepository, mine: Contracts, other: Contracts): void {
  temp.git('tag', 'base');
  temp.git('switch', '--quiet', '--create', 'side');
  temp.commitContracts(other, 'theirs');
  temp.git('tag', 'theirs');
  temp.git('switch', '--quiet', 'main');
  temp.commitContracts(mine, 'ours');
  temp.git('tag', 'before');
}

/** Each way git merges: brings `side` to main. */
const ways: readonly [string, (temp: DrivenRepository) => { code: number | null; said: string }][] = [
  ['merge', (temp) => temp.attempt('merge', '--no-edit', 'side')],
  ['merge -s recursive', (temp) => temp.attempt('merge', '--no-edit', '--strategy=recursive', 'side')],
  ['cherry-pick', (temp) => temp.attempt('cherry-pick', 'side')],
  [
    'rebase',
    (temp) => {
      temp.git('switch', '--quiet', 'side');
      return temp.attempt('rebase', 'main');
    },
  ],
  [
    'rebase --apply',
    (temp) => {
      temp.git('switch', '--quiet', 'side');
      return temp.attempt('rebase', '--apply', 'main');
    },
  ],
  [
    'stash pop',
    (temp) => {
      temp.git('switch', '--quiet', '--detach', 'base');
      temp.git('restore', '--source=side', '--worktree', '--', temp.file);
      temp.git('stash', 'push', '--quiet');
      temp.git('switch', '--quiet', 'main');
      const popped = temp.attempt('stash', 'pop');
      if (popped.code === 0) temp.git('commit', '--quiet', '--all', '--message=popped');
      return popped;
    },
  ],
];

describe('the merge driver', () => {
  for (const { where, root } of [...layouts, { where: `with an odd name`, root: `--x/it's "a" $b` }]) {
    for (const [way, bring] of ways) {
      it(`is what git ${way} asks, state root ${where}`, (t) => {
        const temp = drivenRepository(t, start, { root });
        diverged(temp, ours, theirs);
        const done = bring(temp);
        assert.equal(done.code, 0, done.said);
        const merged = textOf({ ...ours, ...theirs });
        assert.deepEqual(temp.bytes('HEAD'), merged);
        assert.deepEqual(temp.expected('base', 'before', 'theirs'), { bytes: merged, conflicts: 0 });
      });
    }
  }

  it('undoes with git revert what later commits left alone', (t) => {
    const temp = drivenRepository(t, start);
    const commit = temp.commitContracts(ours);
    temp.commitContracts({ ...ours, Safe: proxied('Safe') });
    const reverted = temp.attempt('revert', '--no-edit', commit);
    assert.equal(reverted.code, 0, reverted.said);
    assert.deepEqual(temp.bytes('HEAD'), textOf(theirs));
  });

  it('is asked by git merge-tree, which needs no work tree', (t) => {
    const temp = drivenRepository(t, start);
    diverged(temp, ours, theirs);
    const tree = temp.git('merge-tree', '--write-tree', 'main', 'side');
    assert.deepEqual(temp.bytes(tree), textOf({ ...ours, ...theirs }));
    temp.git('switch', '--quiet', '--create', 'other', 'base');
    temp.commitContracts(oursUpgraded);
    temp.git('switch', '--quiet', '--create', 'another', 'base');
    temp.commitContracts(theirsUpgraded);
    assert.equal(temp.attempt('merge-tree', '--write-tree', 'other', 'another').code, 1);
  });

  it('merges in a linked work tree', (t) => {
    const temp = drivenRepository(t, start);
    diverged(temp, ours, theirs);
    const folder = temp.at('../a linked tree');
    temp.git('worktree', 'add', '--quiet', '-b', 'linked', folder, 'main');
    const done = gitIn(folder, temp, ['merge', '--no-edit', 'side']);
    assert.equal(done.code, 0, done.said);
    assert.deepEqual(temp.bytes('linked'), textOf({ ...ours, ...theirs }));
  });

  it('merges two heads that each merged the other before', (t) => {
    const temp = drivenRepository(t, start);
    diverged(temp, ours, theirs);
    const [mine, other] = [temp.git('rev-parse', 'main'), temp.git('rev-parse', 'side')];
    temp.git('merge', '--no-edit', other);
    temp.git('switch', '--quiet', 'side');
    temp.git('merge', '--no-edit', mine);
    const both = { ...ours, ...theirs };
    temp.commitContracts({ ...both, Oracle: proxied('Oracle') });
    temp.git('switch', '--quiet', 'main');
    // Taken back on one side only: with the older ancestor as base it would come again.
    temp.commitContracts(ours);
    assert.equal(temp.git('merge-base', '--all', 'main', 'side').split('\n').length, 2);
    const done = temp.attempt('merge', '--no-edit', 'side');
    assert.equal(done.code, 0, done.said);
    assert.deepEqual(temp.bytes('HEAD'), textOf({ ...ours, Oracle: proxied('Oracle') }));
  });

  it('is not asked in a bare repository by a git that reads no attributes there', (t) => {
    const temp = drivenRepository(t, start);
    diverged(temp, ours, theirs);
    const bare = temp.at('../bare.git');
    temp.git('clone', '--quiet', '--bare', temp.path, bare);
    gitIn(bare, temp, ['config', 'merge.stateroot.driver', 'false']);
    const told = gitIn(bare, temp, ['-c', 'attr.tree=', 'merge-tree', '--write-tree', 'main', 'side']);
    assert.equal(told.code, 1);
    assert.match(told.said, /CONFLICT \(content\)/);
  });
});

describe('a conflict of the merge driver', () => {
  for (const { where, root } of layouts) {
    it(`stands in file, index, stderr and a report, state root ${where}`, (t) => {
      const temp = drivenRepository(t, start, { root });
      diverged(temp, { ...oursUpgraded, Sale: proxied('Sale') }, { ...theirsUpgraded, Safe: proxied('Safe') });
      const stopped = temp.attempt('merge', '--no-edit', 'side');
      assert.equal(stopped.code, 1);
      const text = readFileSync(temp.at(temp.file));
      assert.ok(
        inspectFile({ path: temp.file, mode: '100644', bytes: text }).some(({ rule }) => rule === 'json-conflict'),
      );
      for (const [stage, revision] of [':1', ':2', ':3'].map(
        (each, at) => [each, ['base', 'main', 'side'][at] ?? ''] as const,
      ))
        assert.deepEqual(
          gitIn(temp.path, temp, ['show', `${stage}:${temp.file}`]).said,
          temp.bytes(revision).toString('utf8'),
        );
      const addresses = [1, 2, 3].map((version) => addressOf(`Token ${version}`));
      for (const address of addresses) {
        assert.ok(stopped.said.includes(address), stopped.said);
        assert.ok(text.includes(address));
      }
      assert.match(stopped.said, /bsctestnet \/ Token was upgraded on both sides/);
      for (const side of ['main', 'side']) assert.ok(stopped.said.includes(temp.git('rev-parse', '--short=7', side)));
      const report = JSON.parse(readFileSync(temp.at('.git/stateroot/conflicts', `${temp.file}.json`), 'utf8')) as {
        path: string;
        conflicts: { contract: string; path: string; ours: string; changedBy: { theirs: { commit: string } } }[];
      };
      assert.equal(report.path, temp.file);
      const [first] = report.conflicts.filter(({ path }) => path === 'implementation');
      assert.deepEqual([first?.contract, first?.ours], ['Token', addresses[1]]);
      assert.equal(first?.changedBy.theirs.commit, temp.git('rev-parse', 'side'));
      temp.git('add', '--', temp.file);
      assert.notEqual(temp.attempt('commit', '--no-edit').code, 0);
      temp.git('merge', '--abort');
      temp.commitContracts({ ...theirsUpgraded, Sale: proxied('Sale') });
      temp.git('merge', '--no-edit', 'side');
      assert.ok(!existsSync(temp.at('.git/stateroot/conflicts', `${temp.file}.json`)));
    });
  }

  for (const way of ['rebase', 'cherry-pick', 'stash pop', 'merge']) {
    it(`stops git ${way} with both sides in the file`, (t) => {
      const temp = drivenRepository(t, start);
      diverged(temp, oursUpgraded, theirsUpgraded);
      const stopped = ways.find(([name]) => name === way)?.[1](temp);
      assert.equal(stopped?.code, 1, stopped?.said);
      assert.match(readFileSync(temp.at(temp.file), 'utf8'), /^<<<<<<< /m);
      assert.equal(temp.git('ls-files', '--unmerged').split('\n').length, 3);
    });
  }

  it('stops git revert of a record that a later commit builds on', (t) => {
    const temp = drivenRepository(t, start);
    const commit = temp.commitContracts(oursUpgraded);
    temp.commitContracts(theirsUpgraded);
    assert.equal(temp.attempt('revert', '--no-edit', commit).code, 1);
    assert.match(readFileSync(temp.at(temp.file), 'utf8'), /^<<<<<<< /m);
  });

  it('escapes what it shows of the files', (t) => {
    const temp = drivenRepository(t, { Token: proxied('Token', 1, { note: 'a' }) });
    diverged(
      temp,
      { Token: proxied('Token', 1, { note: '\u001b[31mred' }) },
      { Token: proxied('Token', 1, { note: 'b' }) },
    );
    const stopped = temp.attempt('merge', '--no-edit', 'side');
    assert.equal(stopped.code, 1);
    assert.ok(stopped.said.includes('\\x1b[31mred'), stopped.said);
    assert.ok(!stopped.said.includes('\u001b'));
  });

  it('marks with as many characters as git asks for', (t) => {
    const temp = drivenRepository(t, start);
    temp.write('.git/info/attributes', '*.json conflict-marker-size=12\n');
    diverged(temp, oursUpgraded, theirsUpgraded);
    assert.equal(temp.attempt('merge', '--no-edit', 'side').code, 1);
    assert.match(readFileSync(temp.at(temp.file), 'utf8'), /^<{12} ours/m);
  });
});

describe('the texts of the drivers', () => {
  it('are POSIX shell scripts', () => {
    for (const name of ['merge-driver', 'textconv']) {
      const child = spawnSync('sh', ['-n', hookScript(name)], { encoding: 'utf8' });
      assert.deepEqual([child.status, child.stderr], [0, '']);
    }
  });

  it('end above 128 when what git hands over cannot be merged', (t) => {
    const temp = drivenRepository(t, start);
    for (const words of [
      [],
      ['a', 'b', 'c', '7', 'd'],
      ['a', temp.file, temp.file, 'seven', temp.file],
      ['a', 'b', 'c', '7', 'd', 'e'],
    ]) {
      const { code, stderr } = stateroot(temp, ['merge-driver', ...words]);
      assert.ok(code !== null && code > 128, stderr);
      assert.doesNotMatch(stderr, /bug/);
    }
    assert.equal(temp.git('status', '--porcelain'), '');
  });

  it('write no report outside of its folder', (t) => {
    const temp = drivenRepository(t, start);
    temp.write('base', '{}');
    temp.write('ours', '{"a":1}');
    temp.write('theirs', '{"a":2}');
    for (const path of ['../../../escaped', '/escaped', 'a//b', '--x'])
      assert.equal(stateroot(temp, ['merge-driver', 'base', 'ours', 'theirs', '7', path]).code, 1, path);
    assert.deepEqual(readdirSync(temp.at('.git/stateroot/conflicts')), ['--x.json']);
    assert.ok(!existsSync(temp.at('../escaped.json')) && !existsSync(temp.at('.git/escaped.json')));
  });
});

describe('a merge driver that fails', () => {
  const failures: readonly [string, string][] = [
    ['is killed', 'kill -9 $$; :'],
    ['ends with a code of its own', 'exit 3; :'],
    ['says conflict and marks none', 'exit 1; :'],
    ['is node without the program', 'node /nowhere/stateroot.cjs'],
    ['writes half of a file', 'half() { printf "{" >"$3"; exit 2; }; half'],
  ];
  for (const [what, command] of failures) {
    for (const way of ['merge', 'rebase', 'cherry-pick']) {
      it(`and ${what} leaves no side as the result of git ${way}`, (t) => {
        const temp = drivenRepository(t, start);
        diverged(temp, ours, theirs);
        temp.git('config', 'stateroot.command', command);
        const stopped = ways.find(([name]) => name === way)?.[1](temp);
        assert.notEqual(stopped?.code, 0);
        const isStopped = temp.git('ls-files', '--unmerged') !== '';
        const text = readFileSync(temp.at(temp.file), 'utf8');
        if (isStopped) {
          assert.match(text, /^<<<<<<< ours/m);
          assert.match(text, /^>>>>>>> theirs/m);
          assert.match(stopped?.said ?? '', /both sides are in the file/);
        } else {
          // git 2.42 and newer take the failure for one and change nothing.
          assert.deepEqual(Buffer.from(text), temp.bytes('HEAD'));
        }
      });
    }
  }

  for (const [what, command] of [
    ['is not there', null],
    ['cannot be started', '/nowhere/stateroot'],
  ] as const) {
    it(`because stateroot ${what} merges as git does without a driver`, (t) => {
      const temp = drivenRepository(t, { Aaa: proxied('Aaa'), Mmm: proxied('Mmm'), Zzz: proxied('Zzz') });
      const more = { Aaa: proxied('Aaa'), Mmm: proxied('Mmm'), Zzz: proxied('Zzz') };
      diverged(temp, { ...more, Aaa: proxied('Aaa', 2) }, { ...more, Zzz: proxied('Zzz', 2) });
      if (command === null) temp.git('config', '--unset', 'stateroot.command');
      else temp.git('config', 'stateroot.command', command);
      // The hooks refuse a commit without stateroot.
      const clean = temp.attempt('merge', '--no-commit', 'side');
      assert.match(clean.said, /is merged as text/);
      assert.equal(clean.code, 0, clean.said);
      assert.deepEqual(
        readFileSync(temp.at(temp.file)),
        textOf({ ...more, Aaa: proxied('Aaa', 2), Zzz: proxied('Zzz', 2) }),
      );
      const conflicted = drivenRepository(t, start);
      diverged(conflicted, ours, theirs);
      if (command === null) conflicted.git('config', '--unset', 'stateroot.command');
      else conflicted.git('config', 'stateroot.command', command);
      assert.equal(conflicted.attempt('merge', '--no-edit', 'side').code, 1);
      const withDriver = readFileSync(conflicted.at(conflicted.file), 'utf8').replace(/^(<<<<<<<|>>>>>>>) .*$/gm, '$1');
      conflicted.git('merge', '--abort');
      conflicted.git('config', '--remove-section', 'merge.stateroot');
      assert.equal(conflicted.attempt('merge', '--no-edit', 'side').code, 1);
      const without = readFileSync(conflicted.at(conflicted.file), 'utf8').replace(/^(<<<<<<<|>>>>>>>) .*$/gm, '$1');
      assert.equal(withDriver, without);
    });
  }
});

function textOf(contracts: Contracts): Buffer {
  return Buffer.from(networkText('bsctestnet', 97, contracts));
}
