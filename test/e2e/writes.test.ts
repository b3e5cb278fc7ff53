import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it, type TestContext } from 'node:test';
import { stateroot, statejson } from '../support/command-line.js';
import { layouts, under } from '../support/layouts.js';
import { type TempRepository, template } from '../support/temp-repository.js';

const address = (digit: string) => `0x${digit.repeat(40)}`;
const file = 'deployments/unified/bsctestnet.unified.json';

const templatesOfNone = new Map(
  layouts.map(({ root }): [string, ReturnType<typeof template>] => [
    root,
    template((temp) => {
      prepare(temp, root);
    }),
  ]),
);

/** A repository without records; made once per layout. */
function prepared(t: TestContext, root: string): TempRepository {
  const copy = templatesOfNone.get(root);
  assert.ok(copy !== undefined);
  return copy(t);
}

function prepare(temp: TempRepository, root: string): void {
  temp.write('staged.txt', 'committed\n');
  temp.write('edited.txt', 'committed\n');
  if (root !== '') temp.write(under(root, 'stateroot.config.json'), '{}\n');
  temp.commitAll('first');
}

function put(temp: TempRepository, root: string, name: string, ...set: string[]): string {
  const args = ['put', 'bsctestnet', name, ...set.flatMap((one) => ['--set', one]), '-q'];
  const answer = stateroot(temp, args, { folder: root });
  assert.equal(answer.code, 0, answer.stderr);
  return answer.stdout.trim();
}

const templates = new Map(
  layouts.map(({ root }): [string, ReturnType<typeof template>] => [
    root,
    template((temp) => {
      prepare(temp, root);
      three(temp, root);
    }),
  ]),
);

/** A repository with three records and a fourth; made once per layout. */
function withThree(t: TestContext, root: string): TempRepository {
  const copy = templates.get(root);
  assert.ok(copy !== undefined);
  return copy(t);
}

function three(temp: TempRepository, root: string): void {
  put(temp, root, 'FeeManager', `proxy=${address('1')}`, `implementation=${address('2')}`, 'timestamp=1754079530056');
  put(temp, root, 'LookCoin', `proxy=${address('3')}`, `implementation=${address('4')}`, 'deploymentArgs=["1",2]');
  put(temp, root, 'Oracle', `implementation=${address('5')}`);
  put(temp, root, 'ZModule', `implementation=${address('5')}`);
}

describe('put', () => {
  for (const { where, root } of layouts) {
    it(`makes one commit, then none (${where})`, (t) => {
      const temp = prepared(t, root);
      const commit = put(temp, root, 'LookCoin', `implementation=${address('1')}`);
      assert.equal(temp.git('rev-parse', 'HEAD'), commit);
      assert.equal(temp.git('show', '--name-only', '--format=', 'HEAD'), under(root, file));
      assert.equal(put(temp, root, 'LookCoin', `implementation=${address('1')}`), '');
      assert.equal(temp.git('rev-parse', 'HEAD'), commit);
      assert.equal(stateroot(temp, ['validate'], { folder: root }).code, 0);
    });

    it(`leaves staged, unstaged and untracked files alone (${where})`, (t) => {
      const temp = prepared(t, root);
      temp.write('staged.txt', 'staged\n');
      temp.git('add', 'staged.txt');
      temp.write('edited.txt', 'edited\n');
      temp.write('untracked.txt', 'mine\n');
      const before = temp.git('status', '--porcelain');
      three(temp, root);
      assert.equal(temp.git('status', '--porcelain'), before);
      for (const [name, text] of [
        ['staged.txt', 'staged\n'],
        ['edited.txt', 'edited\n'],
        ['untracked.txt', 'mine\n'],
      ] as const) {
        assert.equal(readFileSync(temp.at(name), 'utf8'), text);
      }
    });
  }

  it('on a dry run shows the change and writes nothing', (t) => {
    const temp = prepared(t, '');
    const before = temp.git('rev-parse', 'HEAD');
    const answer = statejson(temp, [
      'put',
      'bsctestnet',
      'LookCoin',
      '--set',
      `implementation=${address('1')}`,
      '--dry-run',
    ]);
    assert.equal(answer.code, 0);
    assert.deepEqual(pick(answer.data), { commit: null, changed: true, changes: ['deploy'] });
    assert.equal(temp.git('rev-parse', 'HEAD'), before);
    assert.equal(temp.git('status', '--porcelain'), '');
  });

  it('with --branch commits there and leaves the checkout alone', (t) => {
    const temp = prepared(t, '');
    const before = temp.git('rev-parse', 'HEAD');
    const args = ['put', 'bsctestnet', 'LookCoin', '--set', `implementation=${address('1')}`, '--branch', 'deploy/one'];
    assert.equal(stateroot(temp, args).code, 0);
    assert.equal(temp.git('rev-parse', 'HEAD'), before);
    assert.equal(temp.git('rev-parse', 'deploy/one^'), before);
    assert.equal(temp.git('status', '--porcelain'), '');
    assert.equal(statejson(temp, args).error?.code, 'BRANCH_EXISTS');
  });

  it('gives back what get printed as the same record', (t) => {
    const temp = withThree(t, '');
    const got = statejson(temp, ['get', 'bsctestnet', 'LookCoin']);
    const answer = statejson(temp, ['put', 'bsctestnet', 'LookCoin', '--from', '-'], {
      input: JSON.stringify(got.data),
    });
    assert.deepEqual(pick(answer.data), { commit: null, changed: false, changes: [] });
  });
});

describe('a change touches only the lines of its record:', () => {
  const changes: readonly [string, string[]][] = [
    ['a put', ['put', 'bsctestnet', 'GModule', '--set', `implementation=${address('6')}`]],
    ['an upgrade', ['put', 'bsctestnet', 'LookCoin', '--set', `implementation=${address('7')}`]],
    ['a delete', ['delete', 'bsctestnet', 'LookCoin']],
  ];
  for (const { where, root } of layouts) {
    for (const [what, args] of changes) {
      it(`${what} (${where})`, (t) => {
        const temp = withThree(t, root);
        assert.equal(stateroot(temp, args, { folder: root }).code, 0);
        const name = args[2] ?? '';
        const others = recordLines(temp, root, 'HEAD^', name);
        assert.deepEqual(recordLines(temp, root, 'HEAD', name), others);
      });
    }
  }
});

describe('rollback', () => {
  for (const { where, root } of layouts) {
    it(`of the tip gives the tree git revert gives, and it validates (${where})`, (t) => {
      for (const args of [
        ['put', 'bsctestnet', 'GModule', '--set', `implementation=${address('6')}`],
        ['put', 'bsctestnet', 'LookCoin', '--set', `implementation=${address('7')}`],
        ['delete', 'bsctestnet', 'LookCoin'],
      ]) {
        const temp = withThree(t, root);
        assert.equal(stateroot(temp, args, { folder: root }).code, 0);
        const tip = temp.git('rev-parse', 'HEAD');
        temp.git('switch', '--quiet', '-c', 'reverted');
        temp.git('revert', '--no-edit', tip);
        const reverted = temp.git('rev-parse', 'HEAD^{tree}');
        temp.git('switch', '--quiet', 'main');
        assert.equal(stateroot(temp, ['rollback', tip], { folder: root }).code, 0);
        assert.equal(temp.git('rev-parse', 'HEAD^{tree}'), reverted);
        assert.equal(stateroot(temp, ['validate'], { folder: root }).code, 0);
      }
    });
  }

  it('of the commit that made the first file takes the file away', (t) => {
    const temp = prepared(t, '');
    const commit = put(temp, '', 'LookCoin', `implementation=${address('1')}`);
    assert.equal(stateroot(temp, ['rollback', commit]).code, 0);
    assert.equal(temp.git('rev-parse', 'HEAD^{tree}'), temp.git('rev-parse', 'HEAD~2^{tree}'));
  });

  it('keeps what came later on other records', (t) => {
    const temp = withThree(t, '');
    const upgrade = put(temp, '', 'LookCoin', `implementation=${address('7')}`);
    put(temp, '', 'FeeManager', `implementation=${address('8')}`);
    assert.equal(stateroot(temp, ['rollback', upgrade]).code, 0);
    const records = statejson(temp, ['list']).data as { contractName: string; address: string }[];
    assert.equal(records.find((record) => record.contractName === 'LookCoin')?.address, address('4'));
    assert.equal(records.find((record) => record.contractName === 'FeeManager')?.address, address('8'));
  });

  it('of what later commits build on is a conflict by field, and writes nothing', (t) => {
    const temp = withThree(t, '');
    const upgrade = put(temp, '', 'LookCoin', `implementation=${address('7')}`);
    const later = put(temp, '', 'LookCoin', `implementation=${address('8')}`);
    const answer = statejson(temp, ['rollback', upgrade]);
    assert.equal(answer.code, 3);
    assert.equal(answer.error?.code, 'CONFLICT');
    assert.deepEqual(answer.error.details?.conflicts, [
      {
        network: 'bsctestnet',
        contract: 'LookCoin',
        path: 'implementation',
        base: address('7'),
        ours: address('8'),
        theirs: address('4'),
      },
    ]);
    assert.equal(temp.git('rev-parse', 'HEAD'), later);
    assert.equal(stateroot(temp, ['rollback', `${upgrade}^..HEAD`]).code, 0);
    assert.equal(temp.git('rev-parse', 'HEAD^{tree}'), temp.git('rev-parse', `${upgrade}^^{tree}`));
  });

  it('of one record of a commit leaves the others of it, and what came later', (t) => {
    const temp = withThree(t, '');
    const batch = {
      put: ['LookCoin', 'FeeManager'].map((name) => {
        return { network: 'bsctestnet', contractName: name, implementation: address('7') };
      }),
      delete: [],
    };
    const applied = statejson(temp, ['apply', '-'], { input: JSON.stringify(batch) }).data as { commit: string };
    put(temp, '', 'GModule', `implementation=${address('6')}`);
    const undo = ['rollback', applied.commit, '--network', 'bsctestnet', '--contract'];
    const undone = statejson(temp, [...undo, 'LookCoin']);
    assert.deepEqual(
      (undone.data as { changes: { name: string }[] }).changes.map(({ name }) => name),
      ['LookCoin'],
    );
    const records = statejson(temp, ['list']).data as { contractName: string; address: string }[];
    const addressOf = (name: string) => records.find((record) => record.contractName === name)?.address;
    assert.deepEqual(['LookCoin', 'FeeManager', 'GModule'].map(addressOf), [address('4'), address('7'), address('6')]);
    assert.equal(statejson(temp, [...undo, 'GModule']).error?.code, 'BAD_INPUT');
    assert.equal(statejson(temp, ['rollback', applied.commit, '--contract', 'LookCoin']).error?.code, 'BAD_USAGE');
  });

  it('of one record takes away a file that holds no other, and brings one back', (t) => {
    const temp = prepared(t, '');
    const made = put(temp, '', 'LookCoin', `implementation=${address('1')}`);
    const undo = ['--network', 'bsctestnet', '--contract', 'LookCoin'];
    assert.equal(stateroot(temp, ['rollback', made, ...undo]).code, 0);
    const gone = temp.git('rev-parse', 'HEAD');
    assert.equal(temp.git('rev-parse', 'HEAD^{tree}'), temp.git('rev-parse', `${made}^^{tree}`));
    assert.equal(stateroot(temp, ['rollback', gone, ...undo]).code, 0);
    assert.equal(temp.git('rev-parse', 'HEAD^{tree}'), temp.git('rev-parse', `${made}^{tree}`));
  });

  it('of a merge takes back what its other side brought', (t) => {
    const temp = withThree(t, '');
    temp.git('switch', '--quiet', '-c', 'side');
    put(temp, '', 'LookCoin', `implementation=${address('7')}`);
    put(temp, '', 'GModule', `implementation=${address('6')}`);
    temp.git('switch', '--quiet', 'main');
    put(temp, '', 'FeeManager', `implementation=${address('8')}`);
    const before = temp.git('rev-parse', 'HEAD^{tree}');
    const { commit } = statejson(temp, ['merge', 'side']).data as { commit: string };
    assert.equal(stateroot(temp, ['rollback', commit]).code, 0);
    assert.equal(temp.git('rev-parse', 'HEAD^{tree}'), before);
  });

  it('goes back to a point, for one record or a network', (t) => {
    const temp = withThree(t, '');
    const then = temp.git('rev-parse', 'HEAD');
    put(temp, '', 'LookCoin', `implementation=${address('7')}`);
    put(temp, '', 'FeeManager', `implementation=${address('8')}`);
    assert.equal(
      stateroot(temp, ['rollback', '--network', 'bsctestnet', '--contract', 'LookCoin', '--to', then]).code,
      0,
    );
    assert.equal(
      (statejson(temp, ['get', 'bsctestnet', 'LookCoin']).data as { address: string }).address,
      address('4'),
    );
    assert.equal(
      (statejson(temp, ['get', 'bsctestnet', 'FeeManager']).data as { address: string }).address,
      address('8'),
    );
    assert.equal(stateroot(temp, ['rollback', '--network', 'bsctestnet', '--to', then]).code, 0);
    assert.equal(temp.git('rev-parse', 'HEAD^{tree}'), temp.git('rev-parse', `${then}^{tree}`));
  });
});

describe('apply', () => {
  it('writes and removes many records in one commit, or none', (t) => {
    const temp = withThree(t, '');
    const before = temp.git('rev-parse', 'HEAD');
    const batch = {
      put: [
        { network: 'bsctestnet', contractName: 'New', implementation: address('9') },
        { network: 'sepolia', contractName: 'New', implementation: address('9') },
      ],
      delete: [{ network: 'bsctestnet', contractName: 'ZModule' }],
    };
    const bad = { ...batch, delete: [{ network: 'bsctestnet', contractName: 'Gone' }] };
    assert.equal(statejson(temp, ['apply', '-'], { input: JSON.stringify(bad) }).error?.code, 'NOT_FOUND');
    assert.equal(temp.git('rev-parse', 'HEAD'), before);
    assert.equal(stateroot(temp, ['apply', '-'], { input: JSON.stringify(batch) }).code, 0);
    assert.equal(temp.git('rev-parse', 'HEAD^'), before);
    const names = (statejson(temp, ['list']).data as { network: string; contractName: string }[]).map(
      (record) => `${record.network}/${record.contractName}`,
    );
    assert.deepEqual(names, [
      'bsctestnet/FeeManager',
      'bsctestnet/LookCoin',
      'bsctestnet/New',
      'bsctestnet/Oracle',
      'sepolia/New',
    ]);
  });
});

function pick(data: { commit: unknown; changed: unknown; changes: { kind: string }[] }): unknown {
  return { commit: data.commit, changed: data.changed, changes: data.changes.map((change) => change.kind) };
}

/** The file at a revision without the blocks of one record, and without the commas that separate blocks. */
function recordLines(temp: TempRepository, root: string, revision: string, name: string): string[] {
  const text = temp.git('show', `${revision}:${under(root, file)}`);
  const block = new RegExp(`^( *)"(?:extended_)?${name}": \\{\\n[\\s\\S]*?^\\1\\},?\\n`, 'gm');
  return text
    .replace(block, '')
    .split('\n')
    .map((line) => line.replace(/,$/, ''));
}
