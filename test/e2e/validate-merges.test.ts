import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { describe, it } from 'node:test';
import { type Answer, program, stateroot } from '../support/command-line.js';
import { address, networkText, proxied } from '../support/deployments.js';
import { layouts, under } from '../support/layouts.js';
import { type TempRepository, tempRepository } from '../support/temp-repository.js';

const networkPath = 'deployments/unified/bsctestnet.unified.json';
type Versions = Readonly<Record<string, Parameters<typeof proxied>[1] | ReturnType<typeof proxied>>>;

/** A record for each name, of a version or as it is given. */
function stateText(versions: Versions): string {
  const records = Object.entries(versions).map(
    ([name, version]) => [name, typeof version === 'object' ? version : proxied(name, version)] as const,
  );
  return networkText('bsctestnet', 97, Object.fromEntries(records));
}

// So far apart that text merges of two of them are clean.
const start = { Alpha: 1, Bravo: 1, Charlie: 1, Delta: 1, Echo: 1, Foxtrot: 1 };

type Parted = TempRepository & { readonly base: string; commit(state: Versions, root?: string): string };

/** `main` and `topic` with the same state; on `topic` Alpha is upgraded, on `main` Foxtrot. */
function parted(t: { after(run: () => void): void }, roots: readonly string[] = ['']): Parted {
  const temp = tempRepository(t);
  const write = (state: Versions, only?: string) => {
    for (const root of only === undefined ? roots : [only]) temp.write(under(root, networkPath), stateText(state));
  };
  const commit = (state: Versions, root?: string) => {
    write(state, root);
    return temp.commitAll('state');
  };
  for (const root of roots) if (root !== '') temp.write(`${root}/stateroot.config.json`, '{}\n');
  const base = commit(start);
  temp.git('switch', '--quiet', '-c', 'topic');
  commit({ ...start, Alpha: 2 });
  temp.git('switch', '--quiet', 'main');
  commit({ ...start, Foxtrot: 2 });
  return { ...temp, base, commit };
}

function judge(temp: TempRepository, scope: string, where = temp.path): Answer & { found: string[] } {
  const args = [program, 'validate', '--merges', scope, '--json'];
  const child = spawnSync(process.execPath, args, { cwd: where, env: temp.env, encoding: 'utf8' });
  const { findings } = JSON.parse(child.stdout) as {
    findings: { rule: string; file: string; contract?: string; path: string }[];
  };
  assert.ok(findings.every(({ rule }) => rule === 'merge-blend'));
  const found = [...new Set(findings.map(({ file, contract = '-' }) => `${file.replace(networkPath, '')}${contract}`))];
  return { code: child.status, stdout: child.stdout, stderr: child.stderr, found };
}

function mergeAs(temp: Parted, state: Versions, root = ''): void {
  temp.git('merge', '--quiet', '--no-commit', '--no-ff', 'topic');
  temp.write(under(root, networkPath), stateText(state));
  temp.commitAll('merge by hand');
}

for (const { where, root } of layouts) {
  describe(`the blend check, state root ${where}`, () => {
    it('passes a text merge that is clean and right, and its squash, which is no merge', (t) => {
      const temp = parted(t, [root]);
      temp.git('merge', '--quiet', '--no-edit', 'topic');
      const { code, found } = judge(temp, `${temp.base}..HEAD`);
      assert.deepEqual([code, found], [0, []]);
      assert.equal(judge(temp, 'HEAD').code, 0);
      const { stdout } = stateroot(temp, ['validate', '--merges', `${temp.base}..HEAD`, '--json']);
      assert.equal((JSON.parse(stdout) as { data: { merges: unknown[] } }).data.merges.length, 1);
      temp.git('reset', '--quiet', '--hard', 'HEAD~');
      temp.git('merge', '--quiet', '--squash', 'topic');
      temp.commitAll('squash');
      assert.equal(judge(temp, `${temp.base}..HEAD`).code, 0);
      assert.equal(judge(temp, 'HEAD').code, 2);
    });

    it('finds what merge -s ours lost', (t) => {
      const temp = parted(t, [root]);
      temp.git('merge', '--quiet', '--no-edit', '-s', 'ours', 'topic');
      const { code, found } = judge(temp, 'HEAD~..HEAD');
      assert.deepEqual([code, found], [1, [`${root === '' ? '' : `${root}/`}Alpha`]]);
      const said = stateroot(temp, ['validate', '--merges', 'HEAD']);
      assert.equal(said.code, 1);
      assert.match(said.stdout, /unified\.json:\d+:\d+/);
      assert.match(said.stdout, /merge-blend/);
    });

    it('finds a value that no side wrote, and a record that is lost', (t) => {
      const temp = parted(t, [root]);
      mergeAs(temp, { ...start, Alpha: 2, Foxtrot: 3 }, root);
      assert.deepEqual(
        judge(temp, 'HEAD').found.map((each) => each.split('/').at(-1)),
        ['Foxtrot'],
      );
      temp.git('reset', '--quiet', '--hard', 'HEAD~');
      const { Charlie, ...rest } = { ...start, Alpha: 2, Foxtrot: 2 };
      assert.ok(Charlie);
      mergeAs(temp, rest, root);
      assert.deepEqual(
        judge(temp, 'HEAD').found.map((each) => each.split('/').at(-1)),
        ['Charlie'],
      );
    });
  });
}

describe('the blend check', () => {
  it('finds a blend of two edits of one record that was sealed to pass', (t) => {
    const temp = parted(t);
    temp.git('switch', '--quiet', 'topic');
    temp.commit({ ...start, Alpha: 2, Foxtrot: 9 });
    temp.git('switch', '--quiet', 'main');
    assert.throws(() => temp.git('merge', '--quiet', 'topic'));
    const blend = proxied('Foxtrot', 2, { implementation: address('Foxtrot 9') });
    temp.write(networkPath, stateText({ ...start, Alpha: 2, Foxtrot: blend }));
    temp.commitAll('resolved');
    assert.equal(stateroot(temp, ['validate', '--at', 'HEAD']).code, 0);
    assert.deepEqual(judge(temp, 'HEAD').found, ['Foxtrot']);
    temp.write(networkPath, stateText({ ...start, Alpha: 2, Foxtrot: 9 }));
    temp.git('commit', '--quiet', '--all', '--amend', '--no-edit');
    assert.deepEqual(judge(temp, 'HEAD').found, []);
  });

  it('finds markers that were committed', (t) => {
    const temp = parted(t);
    temp.git('switch', '--quiet', 'topic');
    temp.commit({ ...start, Foxtrot: 9 });
    temp.git('switch', '--quiet', 'main');
    assert.throws(() => temp.git('merge', '--quiet', 'topic'));
    temp.commitAll('markers and all');
    assert.deepEqual(judge(temp, 'HEAD').found, ['-']);
  });

  it('finds a lost merge further down the range, and on a side branch', (t) => {
    const temp = parted(t);
    temp.git('switch', '--quiet', '-c', 'side');
    temp.git('merge', '--quiet', '--no-edit', '-s', 'ours', 'topic');
    temp.git('switch', '--quiet', 'main');
    temp.write('readme', 'one\n');
    temp.commitAll('readme');
    temp.git('merge', '--quiet', '--no-edit', 'side');
    assert.deepEqual(judge(temp, `${temp.base}..`).found, ['Alpha']);
    assert.equal(judge(temp, 'HEAD').code, 0);
  });

  it('compares a criss-cross merge with the merge of its bases', (t) => {
    const temp = parted(t);
    const [main, topic] = [temp.git('rev-parse', 'main'), temp.git('rev-parse', 'topic')];
    temp.git('merge', '--quiet', '--no-edit', topic);
    temp.git('switch', '--quiet', 'topic');
    temp.git('merge', '--quiet', '--no-edit', main);
    temp.commit({ ...start, Alpha: 2, Foxtrot: 2, Charlie: 2 });
    temp.git('switch', '--quiet', 'main');
    temp.commit({ ...start, Alpha: 2, Foxtrot: 3 });
    assert.equal(temp.git('merge-base', '--all', 'main', 'topic').split('\n').length, 2);
    temp.git('merge', '--quiet', '--no-edit', 'topic');
    assert.equal(judge(temp, `${temp.base}..HEAD`).code, 0);
    temp.write(networkPath, stateText({ ...start, Alpha: 2, Foxtrot: 3 }));
    temp.git('commit', '--quiet', '--all', '--amend', '--no-edit');
    assert.deepEqual(judge(temp, `${temp.base}..HEAD`).found, ['Charlie']);
  });

  it('judges every state root of a monorepo, and no folder that nobody marked', (t) => {
    const temp = parted(t, ['', 'packages/contracts']);
    temp.git('merge', '--quiet', '--no-edit', '-s', 'ours', 'topic');
    assert.deepEqual(judge(temp, 'HEAD').found, ['Alpha', 'packages/contracts/Alpha']);
    const vendored = parted(t);
    vendored.git('switch', '--quiet', 'topic');
    vendored.write(under('vendor', networkPath), stateText(start));
    vendored.commitAll('vendored');
    vendored.git('switch', '--quiet', 'main');
    vendored.git('merge', '--quiet', '--no-commit', 'topic');
    vendored.git('rm', '--quiet', '-rf', 'vendor');
    vendored.commitAll('merge without it');
    assert.equal(judge(vendored, 'HEAD').code, 0);
  });

  it('finds an octopus that merged one file from two of its branches', (t) => {
    const temp = parted(t);
    temp.git('switch', '--quiet', '-c', 'third', temp.base);
    temp.write('readme', 'one\n');
    temp.commitAll('readme');
    temp.git('switch', '--quiet', 'main');
    temp.git('merge', '--quiet', '--no-edit', 'topic', 'third');
    assert.equal(temp.git('rev-list', '--parents', '-1', 'HEAD').split(' ').length, 4);
    assert.deepEqual(judge(temp, 'HEAD').found, ['-']);
    temp.git('switch', '--quiet', '-c', 'one', temp.base);
    temp.write('other', 'two\n');
    temp.commitAll('other');
    temp.git('merge', '--quiet', '--no-edit', 'topic', 'third');
    assert.equal(judge(temp, 'HEAD').code, 0);
  });

  it('works in a bare repository', (t) => {
    const temp = parted(t);
    temp.git('merge', '--quiet', '--no-edit', '-s', 'ours', 'topic');
    const bare = temp.at('../bare.git');
    temp.git('clone', '--quiet', '--bare', temp.path, bare);
    assert.deepEqual(judge(temp, `${temp.base}..main`, bare).found, ['Alpha']);
  });

  it('refuses a history that is cut, and never passes it', (t) => {
    const temp = parted(t);
    temp.git('merge', '--quiet', '--no-edit', '-s', 'ours', 'topic');
    temp.write('readme', 'one\n');
    temp.commitAll('readme');
    for (const [depth, scope] of [
      ['1', 'HEAD'],
      ['2', 'HEAD~'],
      ['3', 'HEAD~'],
      ['2', 'HEAD~..HEAD'],
    ] as const) {
      const shallow = temp.at(`../shallow-${depth}-${scope}`);
      temp.git('clone', '--quiet', '--no-local', `--depth=${depth}`, `file://${temp.path}`, shallow);
      const args = [program, 'validate', '--merges', scope, '--json'];
      const { status, stdout } = spawnSync(process.execPath, args, { cwd: shallow, env: temp.env, encoding: 'utf8' });
      const { ok, error } = JSON.parse(stdout) as { ok: boolean; error?: { code: string } };
      const isWhole = scope === 'HEAD~..HEAD';
      if (depth === '1') assert.deepEqual([status, error?.code], [2, 'BAD_USAGE']);
      else if (!isWhole) assert.deepEqual([status, ok, error?.code], [4, false, 'GIT_FAILED']);
      else assert.deepEqual([status, ok], [0, true]);
    }
  });

  it('is asked for alone, about a range or a merge', (t) => {
    const temp = parted(t);
    const refused = [
      ['HEAD...topic'],
      ['..HEAD'],
      [''],
      ['HEAD'],
      ['HEAD~..HEAD', '--staged'],
      ['HEAD~..HEAD', 'deployments'],
    ];
    for (const [scope = '', ...more] of refused) {
      assert.equal(stateroot(temp, ['validate', `--merges=${scope}`, ...more]).code, 2, scope);
    }
    assert.equal(stateroot(temp, ['validate', '--merges', 'nowhere..HEAD']).code, 2);
  });
});
