import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { stateroot, statejson } from '../support/command-line.js';
import { type TempRepository, tempRepository } from '../support/temp-repository.js';

const set = ['--set', `implementation=0x${'1'.repeat(40)}`];
const put = ['put', 'bsctestnet', 'X', ...set];

type Case = {
  readonly what: string;
  readonly args: readonly string[];
  readonly code: string;
  readonly exit: number;
  readonly input?: string;
  readonly folder?: string;
  readonly arrange?: (temp: TempRepository) => void;
};

const cases: readonly Case[] = [
  { what: 'no repository', args: put, code: 'NOT_A_REPOSITORY', exit: 4, folder: '..' },
  ...['gone', 'gone/deeper', 'user.txt', 'user.txt/below', '../gone', ''.padEnd(300, 'n')].map(
    (folder): Case => ({
      what: `-C ${folder.slice(0, 20)}, which is no folder,`,
      args: ['-C', folder, ...put],
      code: 'BAD_INPUT',
      exit: 2,
    }),
  ),
  {
    what: 'a documented name with -C gone',
    args: ['-C', 'gone', 'run', 'migration:rollback'],
    code: 'BAD_INPUT',
    exit: 2,
  },
  {
    what: 'a bare repository',
    args: put,
    code: 'BARE_REPOSITORY',
    exit: 4,
    folder: '../bare',
    arrange: (temp) => {
      temp.git('init', '--quiet', '--bare', '../bare');
    },
  },
  {
    what: 'a detached HEAD',
    args: put,
    code: 'DETACHED_HEAD',
    exit: 2,
    arrange: (temp) => {
      temp.git('checkout', '--quiet', '--detach');
    },
  },
  {
    what: 'a merge in progress',
    args: put,
    code: 'OPERATION_IN_PROGRESS',
    exit: 3,
    arrange: (temp) => {
      writeFileSync(temp.at('.git/MERGE_HEAD'), `${temp.git('rev-parse', 'HEAD')}\n`);
    },
  },
  { what: 'a LevelDB that is not there', args: ['import', 'leveldb', 'gone'], code: 'LEVELDB_NOT_FOUND', exit: 2 },
  {
    what: 'a folder that is no LevelDB',
    args: ['import', 'leveldb', 'folder'],
    code: 'LEVELDB_INVALID',
    exit: 2,
    arrange: (temp) => {
      mkdirSync(temp.at('folder'));
    },
  },
  { what: 'a file instead of a LevelDB', args: ['import', 'leveldb', 'user.txt'], code: 'LEVELDB_INVALID', exit: 2 },
  { what: 'a format nobody knows', args: ['import', 'oracle', 'x'], code: 'BAD_USAGE', exit: 2 },
  ...['../x', 'a/../b', 'x\u001b[2J', 'n'.repeat(300), '__proto__', 'MyNet'].map(
    (network): Case => ({
      what: `the network ${JSON.stringify(network.slice(0, 12))}`,
      args: ['put', network, 'X', ...set],
      code: 'NETWORK_NAME_INVALID',
      exit: 2,
    }),
  ),
  ...['../x', 'x\u0007', 'n'.repeat(300), '__proto__', 'constructor'].map(
    (name): Case => ({
      what: `the contract ${JSON.stringify(name.slice(0, 12))}`,
      args: ['put', 'bsctestnet', name, ...set],
      code: 'RECORD_NAME_INVALID',
      exit: 2,
    }),
  ),
  {
    what: 'JSON that is none',
    args: ['put', 'bsctestnet', 'X', '--from', '-'],
    input: '{"implementation": }',
    code: 'BAD_INPUT',
    exit: 2,
  },
  {
    what: 'a key twice',
    args: ['put', 'bsctestnet', 'X', '--from', '-'],
    input: '{"a":1,"a":2}',
    code: 'BAD_INPUT',
    exit: 2,
  },
  {
    what: 'a number that cannot be kept',
    args: ['put', 'bsctestnet', 'X', '--from', '-'],
    input: '{"timestamp":9007199254740993}',
    code: 'BAD_INPUT',
    exit: 2,
  },
  {
    what: 'a list as a record',
    args: ['put', 'bsctestnet', 'X', '--from', '-'],
    input: '[]',
    code: 'BAD_INPUT',
    exit: 2,
  },
  ...[
    '{"implementation":1}',
    '{"implementation":null}',
    '{"implementation":"0x12"}',
    '{"proxy":[],"implementation":"0x1111111111111111111111111111111111111111"}',
    '{"address":{},"timestamp":"x"}',
  ].map(
    (input): Case => ({
      what: `the record ${input}`,
      args: ['put', 'bsctestnet', 'X', '--from', '-'],
      input,
      code: 'RECORD_INVALID',
      exit: 2,
    }),
  ),
  {
    what: 'an input file that is not there',
    args: ['put', 'bsctestnet', 'X', '--from', 'gone.json'],
    code: 'BAD_INPUT',
    exit: 2,
  },
  {
    what: 'an assignment that is none',
    args: ['put', 'bsctestnet', 'X', '--set', 'implementation'],
    code: 'BAD_USAGE',
    exit: 2,
  },
  { what: 'a chain id that is none', args: [...put, '--chain-id', '0x61'], code: 'BAD_USAGE', exit: 2 },
  { what: 'an empty name', args: ['put', 'bsctestnet', '', ...set], code: 'BAD_USAGE', exit: 2 },
  { what: 'a flag nobody knows', args: [...put, '--force'], code: 'BAD_USAGE', exit: 2 },
  { what: 'a command nobody knows', args: ['rolback', 'HEAD'], code: 'BAD_USAGE', exit: 2 },
  {
    what: 'a revision nobody knows',
    args: ['get', 'bsctestnet', 'X', '--at=--output=canary'],
    code: 'UNKNOWN_REVISION',
    exit: 2,
  },
  { what: 'a rollback of nothing', args: ['rollback'], code: 'BAD_USAGE', exit: 2 },
  { what: 'a rollback of a commit without state', args: ['rollback', 'HEAD'], code: 'BAD_INPUT', exit: 2 },
  {
    what: 'a branch name that is dangerous in scripts',
    args: [...put, '--branch', 'a$(id)'],
    code: 'BRANCH_INVALID',
    exit: 2,
  },
  { what: 'a record that is not there', args: ['delete', 'bsctestnet', 'X'], code: 'NOT_FOUND', exit: 1 },
  { what: 'a lock that is not there', args: ['unlock', 'abc'], code: 'NOT_FOUND', exit: 1 },
  {
    what: 'a configuration with mistakes',
    args: put,
    code: 'CONFIG_INVALID',
    exit: 2,
    arrange: (temp) => {
      temp.write('stateroot.config.json', '{"network":[]}\n');
      temp.commitAll('config');
    },
  },
];

describe('the command line refuses', () => {
  for (const [i, { what, args, code, exit, input, folder, arrange }] of cases.entries()) {
    it(`${what}: ${code}, exit ${exit}, with a hint and nothing written`, (t) => {
      const temp = tempRepository(t);
      temp.write('user.txt', 'x\n');
      temp.commitAll('first');
      arrange?.(temp);
      const before = [
        temp.git('for-each-ref'),
        temp.git('rev-parse', 'HEAD'),
        temp.git('status', '--porcelain', '--ignored'),
      ];
      const options = { ...(input === undefined ? {} : { input }), ...(folder === undefined ? {} : { folder }) };
      const answer = statejson(temp, args, options);
      assert.equal(answer.error?.code, code, answer.error?.message);
      assert.equal(answer.code, exit);
      assert.equal(answer.ok, false);
      assert.ok((answer.error.hint ?? '') !== '', 'no hint');
      // As text every third time: one renderer says them all.
      const text = i % 3 === 0 ? stateroot(temp, args, options) : { code: exit, stdout: '', stderr: '' };
      assert.equal(text.code, exit);
      assert.doesNotMatch(text.stderr + text.stdout, /\n\s+at |[\u0000-\u0008\u000b-\u001f\u007f]/);
      assert.deepEqual(
        [temp.git('for-each-ref'), temp.git('rev-parse', 'HEAD'), temp.git('status', '--porcelain', '--ignored')],
        before,
      );
    });
  }

  it('to write without an identity, and names the command that sets one', (t) => {
    const temp = tempRepository(t);
    temp.git('config', 'user.useConfigOnly', 'true');
    const env = Object.fromEntries(Object.entries(temp.env).filter(([key]) => !/^GIT_(AUTHOR|COMMITTER)/.test(key)));
    const answer = statejson({ ...temp, env }, put);
    assert.equal(answer.error?.code, 'IDENTITY_MISSING');
    assert.equal(answer.code, 4);
    assert.match(answer.error.hint ?? '', /git config/);
    assert.equal(temp.git('count-objects'), '0 objects, 0 kilobytes');
  });
});
