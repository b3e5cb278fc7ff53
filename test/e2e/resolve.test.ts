import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { program, statejson, stateroot } from '../support/command-line.js';
import { address, networkText, proxied } from '../support/deployments.js';
import { layouts, under } from '../support/layouts.js';
import { type TempRepository, tempRepository } from '../support/temp-repository.js';

type Contracts = Parameters<typeof networkText>[2];
type Data = {
  resolved: string[];
  remaining: { network: string; contract: string | null; path: string }[];
  edited: string[];
  others: string[];
  operation: { kind: string | null; ours: { name: string }; theirs: { name: string } };
};

const bsc = 'deployments/unified/bsctestnet.unified.json';
const base = 'deployments/unified/basesepolia.unified.json';

function bscText(contracts: Contracts): string {
  return networkText('bsctestnet', 97, contracts);
}

function baseText(contracts: Contracts): string {
  return networkText('basesepolia', 84532, contracts);
}

const both = { Oracle: proxied('Oracle'), Vault: proxied('Vault') };

/** `main` and `side` upgraded Oracle on bsctestnet differently, and each added a contract to basesepolia. */
function diverged(t: { after(run: () => void): void }, root = ''): TempRepository {
  const temp = tempRepository(t);
  if (root !== '') temp.write(under(root, 'stateroot.config.json'), '{}\n');
  temp.write(under(root, bsc), bscText(both));
  temp.write(under(root, base), baseText({}));
  temp.write('readme', 'one\n');
  temp.commitAll('start');
  temp.git('checkout', '--quiet', '-b', 'side');
  temp.write(under(root, bsc), bscText({ ...both, Oracle: proxied('Oracle', 'side') }));
  temp.write(under(root, base), baseText({ Bside: proxied('Bside') }));
  temp.commitAll('side');
  temp.git('checkout', '--quiet', 'main');
  temp.write(under(root, bsc), bscText({ ...both, Oracle: proxied('Oracle', 'main') }));
  temp.write(under(root, base), baseText({ Amain: proxied('Amain') }));
  temp.commitAll('main');
  return temp;
}

/** Runs git where it may fail, answers its exit code. */
function attempt(temp: TempRepository, ...args: string[]): number | null {
  return spawnSync('git', args, { cwd: temp.path, env: temp.env, encoding: 'utf8' }).status;
}

function data(answer: { data: unknown }): Data {
  return answer.data as Data;
}

function unmerged(temp: TempRepository): string[] {
  const listing = temp.git('ls-files', '--unmerged');
  return listing === '' ? [] : [...new Set(listing.split('\n').map((line) => line.split('\t')[1] ?? ''))];
}

function read(temp: TempRepository, path: string): string {
  return readFileSync(temp.at(path), 'utf8');
}

/** What each operation leaves in conflict when git merges as text, and which of its sides has the code of `side`. */
const operations: readonly {
  kind: string;
  side: 'ours' | 'theirs';
  begin: (temp: TempRepository) => void;
  finish: readonly string[];
}[] = [
  { kind: 'merge', side: 'theirs', begin: (temp) => attempt(temp, 'merge', 'side'), finish: ['commit', '--no-edit'] },
  {
    kind: 'rebase',
    side: 'ours',
    begin: (temp) => attempt(temp, 'rebase', 'side'),
    finish: ['-c', 'core.editor=true', 'rebase', '--continue'],
  },
  {
    kind: 'cherry-pick',
    side: 'theirs',
    begin: (temp) => attempt(temp, 'cherry-pick', 'side'),
    finish: ['-c', 'core.editor=true', 'cherry-pick', '--continue'],
  },
  {
    kind: 'stash',
    side: 'theirs',
    begin: (temp) => {
      temp.git('checkout', '--quiet', 'main~1');
      temp.git('checkout', '--quiet', 'side', '--', '.');
      temp.git('stash', 'push', '--quiet');
      temp.git('checkout', '--quiet', 'main');
      attempt(temp, 'stash', 'pop');
    },
    finish: ['commit', '-m', 'unstashed'],
  },
];

describe('resolve without any merge driver', () => {
  for (const { kind, side, begin, finish } of operations) {
    for (const { where, root } of layouts) {
      it(`settles a ${kind} by record, at the state root ${where}`, (t) => {
        const temp = diverged(t, root);
        begin(temp);
        const paths = [under(root, base), under(root, bsc)];
        assert.deepEqual(unmerged(temp), paths);
        const listed = statejson(temp, ['resolve', '--list']);
        assert.equal(listed.code, 3);
        assert.equal(data(listed).operation.kind, kind);
        assert.deepEqual(
          data(listed).remaining.map(({ network, contract, path }) => [network, contract, path]),
          [
            ['bsctestnet', 'Oracle', 'implementation'],
            ['bsctestnet', 'Oracle', 'implementationHash'],
          ],
        );
        assert.deepEqual(listed.error?.details?.conflicts, data(listed).remaining);
        const done = statejson(temp, ['resolve', `--${side}`, 'bsctestnet/Oracle/implementation']);
        assert.equal(done.code, 0, JSON.stringify(done));
        assert.deepEqual(data(done).resolved, paths);
        assert.deepEqual(unmerged(temp), []);
        assert.equal(read(temp, under(root, bsc)), bscText({ ...both, Oracle: proxied('Oracle', 'side') }));
        assert.equal(read(temp, under(root, base)), baseText({ Amain: proxied('Amain'), Bside: proxied('Bside') }));
        for (const path of paths) assert.equal(temp.git('show', `:${path}`), read(temp, path).trimEnd());
        temp.git(...finish);
        assert.equal(temp.git('status', '--porcelain'), '');
        assert.equal(statejson(temp, ['validate', '--at', 'HEAD']).code, 0);
      });
    }
  }

  it('settles a revert that a later upgrade stands in the way of', (t) => {
    const temp = tempRepository(t);
    for (const version of [1, 2, 3]) {
      temp.write(bsc, bscText({ Oracle: proxied('Oracle', version) }));
      temp.commitAll(`v${version}`);
    }
    attempt(temp, 'revert', '--no-edit', 'HEAD~1');
    assert.deepEqual(unmerged(temp), [bsc]);
    const done = statejson(temp, ['resolve', '--theirs', 'bsctestnet']);
    assert.equal(done.code, 0);
    assert.equal(data(done).operation.kind, 'revert');
    assert.equal(read(temp, bsc), bscText({ Oracle: proxied('Oracle', 1) }));
    temp.git('-c', 'core.editor=true', 'revert', '--continue');
    assert.equal(temp.git('log', '-1', '--format=%s'), 'Revert "v2"');
  });

  it('settles at once what needs no decision, from a pipe', (t) => {
    const temp = tempRepository(t);
    temp.write(base, baseText({}));
    temp.commitAll('start');
    temp.git('checkout', '--quiet', '-b', 'side');
    temp.write(base, baseText({ B: proxied('B') }));
    temp.commitAll('side');
    temp.git('checkout', '--quiet', 'main');
    temp.write(base, baseText({ A: proxied('A') }));
    temp.commitAll('main');
    attempt(temp, 'merge', 'side');
    assert.equal(statejson(temp, ['resolve', '--list']).code, 0);
    assert.deepEqual(unmerged(temp), [base]);
    const done = stateroot(temp, ['resolve']);
    assert.equal(done.code, 0, done.stderr);
    assert.match(done.stderr, /git commit/);
    assert.equal(read(temp, base), baseText({ A: proxied('A'), B: proxied('B') }));
    assert.equal(temp.git('status', '--porcelain'), `M  ${base}`);
  });

  it('without a terminal and a choice decides nothing and says what to type', (t) => {
    const temp = diverged(t);
    attempt(temp, 'merge', 'side');
    const before = [read(temp, bsc), read(temp, base), temp.git('ls-files', '--stage')];
    const answer = stateroot(temp, ['resolve']);
    assert.equal(answer.code, 2);
    assert.match(answer.stderr, /--ours bsctestnet\/Oracle\/implementation/);
    assert.deepEqual([read(temp, bsc), read(temp, base), temp.git('ls-files', '--stage')], before);
  });

  it('leaves every other staged, unstaged and untracked byte as it was', (t) => {
    const temp = diverged(t);
    temp.write('readme', 'two\n');
    temp.write('staged', 'staged\n');
    temp.git('add', 'staged');
    temp.git('commit', '--quiet', '-m', 'more', '--', 'staged');
    attempt(temp, 'merge', 'side');
    temp.write('staged', 'staged again\n');
    temp.git('add', 'staged');
    temp.write('staged', 'and edited\n');
    temp.write('untracked', 'mine\n');
    const others = () => temp.git('ls-files', '--stage', '--', ':!deployments');
    const before = others();
    assert.equal(statejson(temp, ['resolve', '--ours', 'bsctestnet']).code, 0);
    assert.equal(others(), before);
    assert.deepEqual(
      ['readme', 'staged', 'untracked'].map((path) => read(temp, path)),
      ['two\n', 'and edited\n', 'mine\n'],
    );
    assert.equal(temp.git('show', ':staged'), 'staged again');
  });

  it('has nothing to do where nothing is in conflict', (t) => {
    const temp = diverged(t);
    const answer = statejson(temp, ['resolve']);
    assert.equal(answer.code, 0);
    assert.equal(data(answer).operation.kind, null);
    assert.equal(statejson(temp, ['resolve', '--ours', 'bsctestnet']).code, 2);
  });

  it('leaves conflicts in other files alone and names them', (t) => {
    const temp = diverged(t);
    temp.git('checkout', '--quiet', 'side');
    temp.write('readme', 'theirs\n');
    temp.commitAll('readme');
    temp.git('checkout', '--quiet', 'main');
    temp.write('readme', 'ours\n');
    temp.commitAll('readme');
    attempt(temp, 'merge', 'side');
    const marked = read(temp, 'readme');
    const answer = statejson(temp, ['resolve', '--ours', 'bsctestnet']);
    assert.equal(answer.code, 0);
    assert.deepEqual(data(answer).others, ['readme']);
    assert.deepEqual(unmerged(temp), ['readme']);
    assert.equal(read(temp, 'readme'), marked);
  });
});

describe('decisions', () => {
  const more = { ...both, Bridge: proxied('Bridge') };
  const upgraded = (version: string) =>
    Object.fromEntries(Object.keys(more).map((name) => [name, proxied(name, version)] as const));

  function conflicted(t: { after(run: () => void): void }): TempRepository {
    const temp = tempRepository(t);
    temp.write(bsc, bscText(more));
    temp.commitAll('start');
    temp.git('checkout', '--quiet', '-b', 'side');
    temp.write(bsc, bscText(upgraded('side')));
    temp.commitAll('side');
    temp.git('checkout', '--quiet', 'main');
    temp.write(bsc, bscText(upgraded('main')));
    temp.commitAll('main');
    attempt(temp, 'merge', 'side');
    return temp;
  }

  const mixed = bscText({
    Oracle: proxied('Oracle', 'main'),
    Vault: proxied('Vault', 'side'),
    Bridge: proxied('Bridge', 'main'),
  });

  it('mix in one call, the more exact one first', (t) => {
    const temp = conflicted(t);
    const done = statejson(temp, ['resolve', '--ours', 'bsctestnet', '--theirs', 'bsctestnet/Vault']);
    assert.equal(done.code, 0);
    assert.equal(read(temp, bsc), mixed);
  });

  it('are kept from call to call, in the index and in the marked text', (t) => {
    const temp = conflicted(t);
    const first = statejson(temp, ['resolve', '--theirs', 'bsctestnet/Vault']);
    assert.equal(first.code, 3);
    const names = (answer: { data: unknown }) => [...new Set(data(answer).remaining.map(({ contract }) => contract))];
    assert.deepEqual(names(first), ['Bridge', 'Oracle']);
    assert.deepEqual(unmerged(temp), [bsc]);
    assert.match(read(temp, bsc), /^<<<<<<< main bsctestnet|^<<<<<<< main /m);
    assert.ok(!read(temp, bsc).includes(address('Vault main')));
    assert.deepEqual(names(statejson(temp, ['resolve', '--list'])), ['Bridge', 'Oracle']);
    assert.equal(statejson(temp, ['resolve', '--theirs', 'bsctestnet/Vault']).code, 2);
    assert.equal(statejson(temp, ['resolve', '--ours', 'bsctestnet/Oracle']).code, 3);
    assert.equal(statejson(temp, ['resolve', '--ours', 'bsctestnet']).code, 0);
    assert.equal(read(temp, bsc), mixed);
    temp.git('commit', '--no-edit', '--quiet');
    assert.equal(statejson(temp, ['validate', '--at', 'HEAD']).code, 0);
  });

  it('of a dry run change nothing', (t) => {
    const temp = conflicted(t);
    const before = [read(temp, bsc), temp.git('ls-files', '--stage')];
    assert.equal(statejson(temp, ['resolve', '--ours', 'bsctestnet', '--dry-run']).code, 0);
    assert.deepEqual([read(temp, bsc), temp.git('ls-files', '--stage')], before);
  });

  it('are found again by the same call after it was killed between work tree and index', (t) => {
    for (const place of ['bsctestnet', 'bsctestnet/Vault']) {
      const temp = conflicted(t);
      const index = readFileSync(temp.at('.git/index'));
      const first = statejson(temp, ['resolve', '--theirs', place]);
      const text = read(temp, bsc);
      temp.write('.git/index', index);
      const again = statejson(temp, ['resolve', '--theirs', place]);
      assert.equal(again.code, first.code);
      assert.deepEqual(again.data, first.data);
      assert.equal(read(temp, bsc), text);
    }
  });

  it('never overwrite what somebody edited by hand', (t) => {
    const temp = conflicted(t);
    const own = bscText({ Oracle: proxied('Oracle', 'by hand'), Vault: proxied('Vault', 'by hand') });
    temp.write(bsc, own);
    const valid = stateroot(temp, ['resolve', '--ours', 'bsctestnet']);
    assert.equal(valid.code, 3);
    assert.match(valid.stderr, /edited by hand and is valid\. Meant\? git add/);
    assert.equal(read(temp, bsc), own);
    assert.deepEqual(unmerged(temp), [bsc]);
    temp.write(bsc, own.replace(/"implementation": "0x./, '"implementation": "0xZ'));
    assert.deepEqual(data(statejson(temp, ['resolve', '--ours', 'bsctestnet'])).edited, [bsc]);
    temp.git('checkout', '--merge', '--', bsc);
    assert.equal(statejson(temp, ['resolve', '--ours', 'bsctestnet']).code, 0);
  });

  it('wait for a git command that holds the index', (t) => {
    const temp = conflicted(t);
    temp.write('.git/index.lock', '');
    const before = read(temp, bsc);
    const busy = statejson(temp, ['resolve', '--ours', 'bsctestnet']);
    assert.equal(busy.code, 5);
    assert.equal(read(temp, bsc), before);
  });
});

describe('conflicts of whole files', () => {
  function removal(t: { after(run: () => void): void }): TempRepository {
    const temp = tempRepository(t);
    temp.write(bsc, bscText(both));
    temp.write('readme', 'one\n');
    temp.commitAll('start');
    temp.git('checkout', '--quiet', '-b', 'side');
    temp.git('rm', '--quiet', bsc);
    temp.commitAll('side');
    temp.git('checkout', '--quiet', 'main');
    temp.write(bsc, bscText({ ...both, Oracle: proxied('Oracle', 'main') }));
    temp.commitAll('main');
    attempt(temp, 'merge', 'side');
    assert.deepEqual(unmerged(temp), [bsc]);
    return temp;
  }

  it('are settled by removing the file', (t) => {
    const temp = removal(t);
    assert.equal(statejson(temp, ['resolve', '--theirs', 'bsctestnet']).code, 0);
    assert.equal(existsSync(temp.at(bsc)), false);
    assert.equal(existsSync(temp.at('deployments')), false);
    assert.equal(temp.git('ls-files'), 'readme');
  });

  it('are settled by keeping it', (t) => {
    const temp = removal(t);
    // The file is decided as one: a record of it cannot be kept without what the file says of its network.
    assert.equal(statejson(temp, ['resolve', '--ours', 'bsctestnet/Oracle']).error?.code, 'BAD_USAGE');
    assert.equal(statejson(temp, ['resolve', '--ours', 'bsctestnet']).code, 0);
    assert.equal(read(temp, bsc), bscText({ ...both, Oracle: proxied('Oracle', 'main') }));
  });

  it('that both sides added come together by record', (t) => {
    const temp = tempRepository(t);
    temp.commitAll('start');
    temp.git('checkout', '--quiet', '-b', 'side');
    temp.write(bsc, bscText({ Oracle: proxied('Oracle') }));
    temp.commitAll('side');
    temp.git('checkout', '--quiet', 'main');
    temp.write(bsc, bscText({ Vault: proxied('Vault') }));
    temp.commitAll('main');
    attempt(temp, 'merge', 'side');
    assert.equal(statejson(temp, ['resolve']).code, 0);
    assert.equal(read(temp, bsc), bscText(both));
  });

  it('that both sides added with the same records are decided, all of them at once at least', (t) => {
    const temp = tempRepository(t);
    temp.commitAll('start');
    temp.git('checkout', '--quiet', '-b', 'side');
    temp.write(bsc, bscText({ Oracle: proxied('Oracle one'), Vault: proxied('Vault one') }));
    temp.commitAll('side');
    temp.git('checkout', '--quiet', 'main');
    temp.write(bsc, bscText(both));
    temp.commitAll('main');
    attempt(temp, 'merge', 'side');
    const listed = data(statejson(temp, ['resolve', '--list'])).remaining;
    assert.equal(statejson(temp, ['resolve', '--ours', 'bsctestnet/Oracle']).code, 3);
    for (const conflict of data(statejson(temp, ['resolve', '--list'])).remaining) {
      assert.ok(listed.some(({ contract, path }) => contract === conflict.contract && path === conflict.path));
    }
    assert.equal(statejson(temp, ['resolve', '--ours', 'bsctestnet']).code, 0);
    assert.equal(read(temp, bsc), bscText(both));
  });

  it('in the configuration are decided by member', (t) => {
    const temp = tempRepository(t);
    const config = (category: string) => `${JSON.stringify({ categories: { FeeManager: category } }, null, 2)}\n`;
    temp.write('stateroot.config.json', config('core'));
    temp.commitAll('start');
    temp.git('checkout', '--quiet', '-b', 'side');
    temp.write('stateroot.config.json', config('protocol'));
    temp.commitAll('side');
    temp.git('checkout', '--quiet', 'main');
    temp.write('stateroot.config.json', config('infrastructure'));
    temp.commitAll('main');
    attempt(temp, 'merge', 'side');
    const place = 'stateroot.config.json/categories/FeeManager';
    assert.equal(statejson(temp, ['resolve', '--theirs', place]).code, 0);
    assert.equal(read(temp, 'stateroot.config.json'), config('protocol'));
  });

  it('with one network in two roots are told apart by their paths', (t) => {
    const temp = tempRepository(t);
    const roots = ['packages/a', 'packages/b'];
    const write = (version: string | number) => {
      for (const root of roots) temp.write(under(root, bsc), bscText({ Oracle: proxied('Oracle', version) }));
    };
    for (const root of roots) temp.write(under(root, 'stateroot.config.json'), '{}\n');
    write(1);
    temp.commitAll('start');
    temp.git('checkout', '--quiet', '-b', 'side');
    write('side');
    temp.commitAll('side');
    temp.git('checkout', '--quiet', 'main');
    write('main');
    temp.commitAll('main');
    attempt(temp, 'merge', 'side');
    const [a = '', b = ''] = roots.map((root) => under(root, bsc));
    assert.equal(statejson(temp, ['resolve', '--ours', 'bsctestnet']).error?.code, 'NAME_AMBIGUOUS');
    assert.equal(statejson(temp, ['resolve', '--ours', a, '--theirs', `${b}/Oracle`]).code, 0);
    assert.equal(read(temp, a), bscText({ Oracle: proxied('Oracle', 'main') }));
    assert.equal(read(temp, b), bscText({ Oracle: proxied('Oracle', 'side') }));
  });
});

describe('a conflict that stateroot merge left', () => {
  it('is settled by resolve and finished by git', (t) => {
    const temp = diverged(t);
    assert.equal(statejson(temp, ['merge', 'side']).code, 3);
    const listed = statejson(temp, ['resolve', '--list']);
    assert.deepEqual(data(listed).edited, []);
    assert.equal(data(listed).operation.theirs.name, 'side');
    assert.equal(statejson(temp, ['resolve', '--theirs', 'bsctestnet/Oracle']).code, 0);
    temp.git('commit', '--no-edit', '--quiet');
    assert.equal(temp.git('show', `HEAD:${base}`), temp.git('show', `:${base}`));
    assert.equal(read(temp, base), baseText({ Amain: proxied('Amain'), Bside: proxied('Bside') }));
    assert.equal(read(temp, bsc), bscText({ ...both, Oracle: proxied('Oracle', 'side') }));
    assert.equal(temp.git('status', '--porcelain'), '');
  });
});

describe('a result that would not be valid', () => {
  it('is refused with nothing changed', (t) => {
    const temp = diverged(t);
    temp.git('checkout', '--quiet', 'side');
    temp.write(
      bsc,
      bscText({ Oracle: proxied('Oracle', 'side') }).replace(/"timestamp": \d+/, '"timestamp": 1755000000001'),
    );
    temp.commitAll('broken');
    temp.git('checkout', '--quiet', 'main');
    attempt(temp, 'merge', 'side');
    const before = [read(temp, bsc), temp.git('ls-files', '--stage')];
    const refused = statejson(temp, ['resolve', '--theirs', 'bsctestnet']);
    assert.equal(refused.code, 1);
    assert.equal(refused.error?.code, 'STATE_INVALID');
    assert.ok(refused.findings.some(({ rule }) => rule === 'checksum-mismatch'));
    assert.deepEqual([read(temp, bsc), temp.git('ls-files', '--stage')], before);
    assert.ok(existsSync(program));
  });
});
