import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { statejson, stateroot } from '../support/command-line.js';
import { template, type TempRepository } from '../support/temp-repository.js';

const addresses = [
  '0x031bB9A21677b672F89274e3439a89fd045f0085',
  '0xF1B24115F31092e4382a7F9203c0fC330745eE5A',
  '0xeB9E7dEb894b60f1A5739D63b75B3cc681988A40',
  '0x12EbF0ca24831d0553C073289F13E1cc014B29fF',
  '0xA83c8E40adD558597644784Ac57a3dDADF89b9Fd',
] as const;
const file = 'deployments/unified/basesepolia.unified.json';

function put(temp: TempRepository, network: string, name: string, address: number, ...more: string[]): void {
  const answer = stateroot(temp, [
    'put',
    network,
    name,
    '--set',
    `implementation=${addresses[address] ?? ''}`,
    ...more,
  ]);
  assert.equal(answer.code, 0, answer.stderr);
}

/** `main` and `side`, one record on basesepolia in common. */
const parted = template((temp) => {
  temp.write('code.txt', 'one\n');
  temp.commitAll('code');
  put(temp, 'basesepolia', 'Token', 0, '--set', 'proxy=0x959bC8859Af2adF2da6168cc1fB9F434fd573a4e');
  temp.git('branch', 'side');
});

function onSide(temp: TempRepository, edit: () => void): void {
  temp.git('switch', '--quiet', 'side');
  edit();
  temp.git('switch', '--quiet', 'main');
}

function names(temp: TempRepository, ...more: string[]): string[] {
  return (statejson(temp, ['list', ...more]).data as { contractName: string }[]).map((record) => record.contractName);
}

describe('stateroot merge', () => {
  it('brings different contracts of one network together without a driver', (t) => {
    const temp = parted(t);
    onSide(temp, () => {
      put(temp, 'basesepolia', 'A', 1);
    });
    put(temp, 'basesepolia', 'B', 2);
    const before = temp.git('rev-parse', 'HEAD');
    const merged = statejson(temp, ['merge', 'side']);
    assert.equal(merged.code, 0);
    const { commit, kind, files } = merged.data as { commit: string; kind: string; files: string[] };
    assert.equal(kind, 'merge');
    assert.deepEqual(files, [file]);
    assert.deepEqual(names(temp), ['A', 'B', 'Token']);
    assert.equal(temp.git('rev-parse', 'HEAD'), commit);
    assert.equal(temp.git('rev-parse', 'HEAD^1', 'HEAD^2'), `${before}\n${temp.git('rev-parse', 'side')}`);
    assert.equal(
      temp.git('log', '-1', '--format=%s%n%(trailers:key=State-Network,valueonly)').trim(),
      "Merge branch 'side'\nbasesepolia",
    );
    assert.equal(temp.git('status', '--porcelain'), '');
    assert.equal(statejson(temp, ['validate']).code, 0);
    assert.equal(statejson(temp, ['merge', 'side']).data['changed' as never], false);
  });

  it('merges everything else as git does, and keeps edits that are not committed', (t) => {
    const temp = parted(t);
    onSide(temp, () => {
      temp.write('code.txt', 'one\ntwo\n');
      temp.commitAll('more code');
      put(temp, 'basesepolia', 'A', 1);
    });
    put(temp, 'basesepolia', 'B', 2);
    temp.write('untracked.txt', 'mine\n');
    temp.write('staged.txt', 'mine\n');
    temp.git('add', 'staged.txt');
    assert.equal(stateroot(temp, ['merge', 'side']).code, 0);
    assert.equal(readFileSync(temp.at('code.txt'), 'utf8'), 'one\ntwo\n');
    assert.equal(temp.git('status', '--porcelain'), 'A  staged.txt\n?? untracked.txt');
    assert.equal(temp.git('show', '--format=', '--name-only', '--first-parent', 'HEAD'), `code.txt\n${file}`);
  });

  it('fast-forwards where it can', (t) => {
    const temp = parted(t);
    onSide(temp, () => {
      put(temp, 'basesepolia', 'A', 1);
    });
    const merged = statejson(temp, ['merge', 'side']);
    assert.equal((merged.data as { kind: string }).kind, 'fast-forward');
    assert.equal(temp.git('rev-parse', 'main'), temp.git('rev-parse', 'side'));
  });

  it('leaves a true conflict waiting, with what does merge done, and git can abandon it', (t) => {
    const temp = parted(t);
    onSide(temp, () => {
      put(temp, 'basesepolia', 'Token', 1);
      put(temp, 'bsctestnet', 'A', 1);
      put(temp, 'basesepolia', 'A', 1);
    });
    put(temp, 'basesepolia', 'Token', 2);
    put(temp, 'bsctestnet', 'B', 2);
    const before = temp.git('rev-parse', 'HEAD');
    const refused = statejson(temp, ['merge', 'side']);
    assert.equal(refused.code, 3);
    assert.equal(refused.error?.code, 'CONFLICT');
    assert.deepEqual(refused.error.details?.conflicts, [
      {
        network: 'basesepolia',
        contract: 'Token',
        path: 'implementation',
        base: addresses[0],
        ours: addresses[2],
        theirs: addresses[1],
      },
    ]);
    assert.equal(temp.git('diff', '--name-only', '--diff-filter=U'), file);
    assert.equal(temp.git('ls-files', '-u').split('\n').length, 3);
    const text = readFileSync(temp.at(file), 'utf8');
    assert.match(text, /^<<<<<<< main/m);
    assert.match(text, /^>>>>>>> side/m);
    assert.deepEqual(names(temp, '--network', 'bsctestnet'), ['A', 'B']);
    assert.equal(temp.git('rev-parse', 'HEAD'), before);
    assert.equal(temp.git('rev-parse', 'MERGE_HEAD'), temp.git('rev-parse', 'side'));
    temp.git('merge', '--abort');
    assert.equal(temp.git('status', '--porcelain'), '');
  });

  it('keeps an edit of a file that only this side had changed, also where another file is in conflict', (t) => {
    const temp = parted(t);
    onSide(temp, () => {
      put(temp, 'basesepolia', 'Token', 1);
    });
    put(temp, 'basesepolia', 'Token', 2);
    put(temp, 'bsctestnet', 'B', 2);
    const other = 'deployments/unified/bsctestnet.unified.json';
    const edited = `${readFileSync(temp.at(other), 'utf8')}\n`;
    temp.write(other, edited);
    assert.equal(statejson(temp, ['merge', 'side']).error?.code, 'CONFLICT');
    assert.equal(temp.git('diff', '--name-only', '--diff-filter=U'), file);
    assert.equal(readFileSync(temp.at(other), 'utf8'), edited);
    temp.git('merge', '--abort');
    assert.equal(readFileSync(temp.at(other), 'utf8'), edited);
  });

  it('leaves a conflict in other files to git, with the state merged', (t) => {
    const temp = parted(t);
    onSide(temp, () => {
      temp.write('code.txt', 'theirs\n');
      temp.commitAll('theirs');
      put(temp, 'basesepolia', 'A', 1);
    });
    temp.write('code.txt', 'ours\n');
    temp.commitAll('ours');
    put(temp, 'basesepolia', 'B', 2);
    const refused = statejson(temp, ['merge', 'side']);
    assert.equal(refused.error?.code, 'CONFLICT');
    assert.deepEqual(refused.error.details, {
      conflicts: [],
      paths: ['code.txt'],
      waiting: true,
      ours: temp.git('rev-parse', 'main'),
      theirs: temp.git('rev-parse', 'side'),
    });
    assert.equal(temp.git('diff', '--name-only', '--diff-filter=U'), 'code.txt');
    assert.deepEqual(names(temp), ['A', 'B', 'Token']);
    temp.write('code.txt', 'both\n');
    temp.git('add', 'code.txt');
    temp.git('commit', '--quiet', '--no-edit');
    assert.equal(statejson(temp, ['validate', '--at', 'HEAD']).code, 0);
  });

  it('touches nothing on a dry run', (t) => {
    const temp = parted(t);
    onSide(temp, () => {
      put(temp, 'basesepolia', 'Token', 1);
    });
    put(temp, 'basesepolia', 'B', 2);
    const before = temp.git('rev-parse', 'HEAD');
    assert.equal(stateroot(temp, ['merge', 'side', '--dry-run']).code, 0);
    put(temp, 'basesepolia', 'Token', 2);
    const head = temp.git('rev-parse', 'HEAD');
    const refused = statejson(temp, ['merge', 'side', '--dry-run']);
    assert.equal(refused.code, 3);
    assert.equal(temp.git('rev-parse', 'HEAD^'), before);
    assert.equal(temp.git('rev-parse', 'HEAD'), head);
    assert.equal(temp.git('status', '--porcelain'), '');
  });

  it('refuses over edits of the same file, with everything as it was', (t) => {
    const temp = parted(t);
    onSide(temp, () => {
      put(temp, 'basesepolia', 'A', 1);
    });
    put(temp, 'basesepolia', 'B', 2);
    const edited = `${readFileSync(temp.at(file), 'utf8')}\n`;
    temp.write(file, edited);
    const head = temp.git('rev-parse', 'HEAD');
    const refused = statejson(temp, ['merge', 'side']);
    assert.equal(refused.error?.code, 'UNCOMMITTED_EDITS');
    assert.equal(refused.code, 3);
    assert.equal(readFileSync(temp.at(file), 'utf8'), edited);
    assert.equal(temp.git('rev-parse', 'HEAD'), head);
  });

  it('refuses what is no commit, what has no common history, and while something is in progress', (t) => {
    const temp = parted(t);
    put(temp, 'basesepolia', 'B', 2);
    assert.equal(statejson(temp, ['merge', 'nowhere']).error?.code, 'UNKNOWN_REVISION');
    temp.git('switch', '--quiet', '--orphan', 'other');
    temp.commitAll('another beginning');
    assert.equal(statejson(temp, ['merge', 'main']).error?.code, 'BAD_INPUT');
    temp.git('switch', '--quiet', 'main');
    onSide(temp, () => {
      put(temp, 'basesepolia', 'Token', 1);
    });
    put(temp, 'basesepolia', 'Token', 2);
    assert.equal(statejson(temp, ['merge', 'side']).error?.code, 'CONFLICT');
    assert.equal(statejson(temp, ['merge', 'side']).error?.code, 'OPERATION_IN_PROGRESS');
    temp.git('merge', '--abort');
    temp.git('switch', '--quiet', '--detach');
    assert.equal(statejson(temp, ['merge', 'side']).error?.code, 'DETACHED_HEAD');
  });

  it('does not record an error that only the two sides together make', (t) => {
    const temp = parted(t);
    onSide(temp, () => {
      put(temp, 'basesepolia', 'Vault', 1);
    });
    put(temp, 'basesepolia', 'Token', 0, '--set', 'aliases=["Vault"]');
    const refused = statejson(temp, ['merge', 'side']);
    assert.equal(refused.error?.code, 'CONFLICT');
    const [conflict] = refused.error.details?.conflicts as { contract: string; reason: string }[];
    assert.match(conflict?.reason ?? '', /alias-clash/);
  });

  it('merges criss-cross histories by what both sides had', (t) => {
    const temp = parted(t);
    onSide(temp, () => {
      put(temp, 'basesepolia', 'A', 1);
    });
    put(temp, 'basesepolia', 'B', 2);
    temp.git('branch', 'ours');
    temp.git('branch', 'theirs', 'side');
    assert.equal(stateroot(temp, ['merge', 'theirs']).code, 0);
    temp.git('switch', '--quiet', 'side');
    assert.equal(stateroot(temp, ['merge', 'ours']).code, 0);
    put(temp, 'basesepolia', 'A', 3);
    temp.git('switch', '--quiet', 'main');
    assert.equal(stateroot(temp, ['delete', 'basesepolia', 'B']).code, 0);
    assert.equal(temp.git('merge-base', '--all', 'main', 'side').split('\n').length, 2);
    assert.equal(stateroot(temp, ['merge', 'side']).code, 0);
    assert.deepEqual(names(temp), ['A', 'Token']);
    const [merged] = statejson(temp, ['list', '--where', 'contractName=A']).data as { address: string }[];
    assert.equal(merged?.address, addresses[3]);
  });

  it('keeps a folder that nobody marked as a state root out of it', (t) => {
    const temp = parted(t);
    const other = `vendor/${file}`;
    temp.write(other, 'line one\nline two\nline three\nline four\nline five\n');
    temp.commitAll('vendored');
    temp.git('branch', '--force', 'side');
    onSide(temp, () => {
      temp.write(other, 'line 1\nline two\nline three\nline four\nline five\n');
      temp.commitAll('theirs');
    });
    temp.write(other, 'line one\nline two\nline three\nline four\nline 5\n');
    temp.commitAll('ours');
    assert.equal(stateroot(temp, ['merge', 'side']).code, 0);
    assert.equal(readFileSync(temp.at(other), 'utf8'), 'line 1\nline two\nline three\nline four\nline 5\n');
  });
});
