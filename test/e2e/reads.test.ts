import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { networkFilePath } from '../../src/core/layout.js';
import { statejson, stateroot } from '../support/command-line.js';
import { address, type Contract, proxied, stateFiles } from '../support/deployments.js';
import { layouts, under } from '../support/layouts.js';
import { type TempRepository, tempRepository } from '../support/temp-repository.js';

type Change = { network: string; name: string; kind: string };

function state(temp: TempRepository, root: string, contracts: Readonly<Record<string, Contract>>): void {
  for (const [path, text] of Object.entries(stateFiles({ alpha: { chainId: 7, contracts } }, root)))
    temp.write(path, text);
}

function logOf(temp: TempRepository, ...args: string[]): [string, ...string[]][] {
  const entries = statejson(temp, ['log', ...args]).data as { commit: string; changes: Change[] }[];
  return entries.map(({ commit, changes }) => [commit, ...changes.map(({ name, kind }) => `${kind} ${name}`)]);
}

/** `main` upgrades A, `side` upgrades B, and the merge upgrades C on its own. */
function merged(t: TestContext) {
  const temp = tempRepository(t);
  const write = (a: number, b: number, c: number) => {
    state(temp, '', { A: proxied('A', a), B: proxied('B', b), C: proxied('C', c) });
  };
  write(1, 1, 1);
  const base = temp.commitAll('base');
  temp.git('switch', '--quiet', '--create', 'side');
  write(1, 2, 1);
  const side = temp.commitAll('side');
  temp.git('switch', '--quiet', 'main');
  write(2, 1, 1);
  const main = temp.commitAll('main');
  temp.git('merge', '--quiet', '--no-commit', '--strategy=ours', 'side');
  write(2, 2, 3);
  const merge = temp.commitAll('merge');
  return { temp, base, side, main, merge };
}

describe('history through git', () => {
  it('a merge is in the log only for what it took from no parent', (t) => {
    const { temp, base, side, main, merge } = merged(t);
    const log = new Map(logOf(temp).map(([commit, ...changes]) => [commit, changes]));
    assert.deepEqual(log.get(merge), ['upgrade C']);
    assert.deepEqual(log.get(side), ['upgrade B']);
    assert.deepEqual(log.get(main), ['upgrade A']);
    assert.deepEqual(log.get(base), ['deploy A', 'deploy B', 'deploy C']);
  });

  it('blame goes through a merge to the side a value came from', (t) => {
    const { temp, base, side, main, merge } = merged(t);
    for (const [name, commit] of [
      ['A', main],
      ['B', side],
      ['C', merge],
    ] as const) {
      const fields = statejson(temp, ['blame', 'alpha', name]).data as { field: string; commit: string }[];
      const setBy = new Map(fields.map((field) => [field.field, field.commit]));
      assert.deepEqual([setBy.get('implementation'), setBy.get('proxy')], [commit, base]);
    }
  });

  it('after a squash log and blame answer from the trees that are left', (t) => {
    const { temp, base } = merged(t);
    temp.git('reset', '--quiet', '--soft', base);
    const squash = temp.commitAll('squashed, without trailers');
    assert.deepEqual(logOf(temp, 'alpha', 'B'), [
      [squash, 'upgrade B'],
      [base, 'deploy B'],
    ]);
  });

  it('at looks into any commit, branch or tag, and the work tree is the default', (t) => {
    const { temp, base } = merged(t);
    temp.git('tag', 'v1', base);
    state(temp, '', { A: proxied('A', 9) });
    const implementation = (...args: string[]) =>
      (statejson(temp, ['get', 'alpha', 'A', ...args]).data as { address: string }).address;
    assert.equal(implementation(), address('A 9'));
    assert.equal(implementation('--at', 'HEAD'), address('A 2'));
    assert.equal(implementation('--at', 'v1'), address('A 1'));
    assert.equal(implementation('--at', 'side'), address('A 1'));
    assert.equal(statejson(temp, ['get', 'alpha', 'A', '--at', 'gone']).error?.code, 'UNKNOWN_REVISION');
  });

  it('a shallow clone answers as far as it goes', (t) => {
    const { temp, merge } = merged(t);
    temp.git('clone', '--quiet', '--depth=1', `file://${temp.path}`, temp.at('shallow'));
    const answer = statejson(temp, ['-C', 'shallow', 'log', 'alpha', 'A']);
    const entries = answer.data as { commit: string }[];
    assert.deepEqual(
      entries.map(({ commit }) => commit),
      [merge],
    );
  });
});

for (const { where, root } of layouts) {
  describe(`judging files, state root ${where}`, () => {
    const file = networkFilePath(root, 'alpha');

    function prepared(t: TestContext): TempRepository {
      const temp = tempRepository(t);
      if (root !== '') temp.write(under(root, 'stateroot.config.json'), '{}\n');
      temp.write(under(root, 'src/x.txt'), 'x\n');
      state(temp, root, { A: proxied('A') });
      temp.commitAll('state');
      return temp;
    }

    it('paths are relative to where the command was started', (t) => {
      const temp = prepared(t);
      const judged = (folder: string, ...paths: string[]) =>
        (statejson(temp, ['validate', ...paths], { folder }).data as { files: string[] } | null)?.files;
      assert.deepEqual(judged('.', file), [file]);
      assert.deepEqual(judged(under(root, 'deployments/unified'), 'alpha.unified.json'), [file]);
      assert.deepEqual(judged(under(root, 'src'), '../deployments'), [file]);
      assert.deepEqual(judged(under(root, 'src'), temp.at(file)), [file]);
      for (const path of ['x.txt', '../../../../outside', '../gone']) {
        assert.equal(statejson(temp, ['validate', path], { folder: under(root, 'src') }).error?.code, 'BAD_USAGE');
      }
    });

    it('an edit by hand is found in the work tree, then in the index, and sealed', (t) => {
      const temp = prepared(t);
      state(temp, root, { A: proxied('A') });
      temp.write(
        file,
        (stateFiles({ alpha: { chainId: 7, contracts: { A: proxied('A') } } }, root)[file] ?? '').replace(
          address('A 1'),
          address('evil'),
        ),
      );
      assert.equal(stateroot(temp, ['validate'], { folder: root }).code, 1);
      assert.equal(stateroot(temp, ['validate', '--staged'], { folder: root }).code, 0);
      temp.git('add', file);
      assert.equal(stateroot(temp, ['validate', '--staged'], { folder: root }).code, 1);
      assert.equal(statejson(temp, ['seal'], { folder: root }).error?.code, 'CONFIRMATION_NEEDED');
      assert.equal(stateroot(temp, ['seal', '--yes'], { folder: root }).code, 0);
      assert.equal(stateroot(temp, ['validate'], { folder: root }).code, 0);
      assert.equal(temp.git('log', '--format=%s'), 'state');
    });

    it('fmt repairs the layout, commits nothing and stages nothing', (t) => {
      const temp = prepared(t);
      const canonical = temp.git('show', `HEAD:${file}`);
      temp.write(file, canonical.replaceAll('\n', '\r\n'));
      assert.equal(stateroot(temp, ['fmt', '--check'], { folder: root }).code, 1);
      assert.deepEqual(statejson(temp, ['fmt'], { folder: root }).data, { changed: [file], unchanged: 0 });
      assert.equal(temp.git('status', '--porcelain'), '');
    });
  });
}
