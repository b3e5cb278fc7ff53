import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Arguments, Outcome, Verb } from '../../../src/cli/command.js';
import { runBlame } from '../../../src/cli/verbs/blame.js';
import { runDiff } from '../../../src/cli/verbs/diff.js';
import { runFind } from '../../../src/cli/verbs/find.js';
import { runGet } from '../../../src/cli/verbs/get.js';
import { runList } from '../../../src/cli/verbs/list.js';
import { runLog } from '../../../src/cli/verbs/log.js';
import { networkFilePath } from '../../../src/core/layout.js';
import { StateManagerError } from '../../../src/errors.js';
import { address, codeHash, proxied, stateFiles } from '../../support/deployments.js';
import { memoryRepository } from '../../support/memory-repository.js';
import { pipe, terminal, verbContext } from '../../support/verb-context.js';

const path = networkFilePath('', 'bsctestnet');

function bsctestnet(version: number, args = [address('admin'), 5]): Record<string, string> {
  const contracts = {
    Fee: proxied('Fee', version, { deploymentArgs: args }),
    Plain: { category: 'zoo', fields: { implementation: address('plain') } },
  };
  return stateFiles({ bsctestnet: { chainId: 97, contracts } });
}

function repository() {
  const memory = memoryRepository(bsctestnet(1));
  memory.commitFiles(bsctestnet(2));
  memory.commitFiles(bsctestnet(1));
  return memory;
}

function run(verb: Verb, args: Arguments = {}, memory = repository()): Promise<Outcome> {
  return verb(args, verbContext(memory));
}

const fee = { network: 'bsctestnet', name: 'Fee' };

describe('get', () => {
  it('answers the record of the contract, by name and by address', async () => {
    const expected = {
      network: 'bsctestnet',
      chainId: 97,
      category: 'core',
      contractName: 'Fee',
      networkName: 'bsctestnet',
      address: address('Fee 1'),
      proxyAddress: address('Fee proxy'),
      implementationHash: codeHash('Fee 1'),
      deploymentArgs: [address('admin'), 5],
      timestamp: 1_755_000_000_000,
    };
    for (const name of ['Fee', address('Fee proxy').toLowerCase()]) {
      const { data, exit } = await run(runGet, { ...fee, name });
      const { checksum, ...record } = data as { checksum: string };
      assert.deepEqual(record, expected);
      assert.match(checksum, /^sha256:[0-9a-f]{64}$/);
      assert.equal(exit ?? 0, 0);
    }
  });

  it('shows everything it says, in full', async () => {
    const outcome = await run(runGet, { ...fee, name: address('Fee proxy').toLowerCase() });
    assert.equal(
      outcome.text(terminal),
      [
        'Fee on bsctestnet                                        core, chain 97, testnet',
        `  proxy            ${address('Fee proxy')}  (this is the address you gave)`,
        `  implementation   ${address('Fee 1')}`,
        `  code hash        ${codeHash('Fee 1')}`,
        `  arguments    0   ${address('admin')}`,
        '               1   5',
        '  deployed         2025-08-12 12:00:00 UTC',
        '  checksum         ✔ matches',
      ].join('\n'),
    );
  });

  it('says who changed it last only where someone looks', async () => {
    const memory = repository();
    const head = await memory.resolve('HEAD');
    const outcome = await runGet(fee, verbContext(memory, true));
    assert.match(outcome.text(terminal), new RegExp(`last change +${head.slice(0, 7)} `));
  });

  it('an edit by hand shows as a checksum that does not match', async () => {
    const memory = repository();
    memory.edit({ [path]: (bsctestnet(1)[path] ?? '').replace(address('Fee 1'), address('evil')) });
    assert.match((await run(runGet, fee, memory)).text(terminal), /checksum +✖/);
  });
});

describe('list', () => {
  it('lays records out by category with both addresses below each other', async () => {
    assert.equal(
      (await run(runList)).text(terminal),
      [
        'bsctestnet  chain 97, testnet, 2 records',
        `  core  Fee    proxy  ${address('Fee proxy')}  2025-08-12`,
        `               impl   ${address('Fee 1')}  ${codeHash('Fee 1').slice(2, 10)}`,
        `  zoo   Plain  impl   ${address('plain')}`,
      ].join('\n'),
    );
  });

  it('is one tab-separated line per record in a pipe', async () => {
    assert.deepEqual(
      (await run(runList))
        .text(pipe)
        .split('\n')
        .map((line) => line.split('\t')),
      [
        ['bsctestnet', 'core', 'Fee', address('Fee proxy'), address('Fee 1'), codeHash('Fee 1'), '1755000000000'],
        ['bsctestnet', 'zoo', 'Plain', '', address('plain'), '', ''],
      ],
    );
  });

  it('nothing that meets the conditions is an empty answer, not an error', async () => {
    const outcome = await run(runList, { where: ['category=gone'] });
    assert.deepEqual([outcome.data, outcome.exit, outcome.text(terminal)], [[], 0, '']);
  });

  it('exits 1 when a file cannot be read', async () => {
    const memory = repository();
    memory.edit({ [path]: '{' });
    const { exit, findings } = await run(runList, {}, memory);
    assert.deepEqual([exit, findings?.length], [1, 1]);
  });
});

describe('find', () => {
  it('exits 1 when nothing holds it', async () => {
    const { data, exit } = await run(runFind, { value: address('nobody') });
    assert.deepEqual([data, exit], [[], 1]);
  });

  it('says network, category, name, field and value, with history the commits too', async () => {
    assert.equal(
      (await run(runFind, { value: address('admin').toLowerCase() })).text(pipe),
      ['bsctestnet', 'core', 'Fee', 'deploymentArgs/0', address('admin')].join('\t'),
    );
    const lines = (await run(runFind, { value: address('Fee 1'), history: true })).text(pipe).split('\n');
    assert.deepEqual(
      lines.map((line) => line.split('\t').length),
      [7, 7],
    );
  });
});

describe('log', () => {
  it('shows one commit per line, and what takes an earlier one back', async () => {
    const memory = repository();
    const [second, first] = [await memory.resolve('HEAD~1'), await memory.resolve('HEAD~2')];
    const head = await memory.resolve('HEAD');
    assert.equal(
      (await run(runLog, fee, memory)).text(terminal),
      [
        `${head.slice(0, 7)}  2025-08-13 11:04  deploy-bot  rollback  impl ${address('Fee 1')}`,
        `                                                 undoes ${second.slice(0, 7)}`,
        `${second.slice(0, 7)}  2025-08-13 11:03  deploy-bot  upgrade   impl ${address('Fee 2')}`,
        `${first.slice(0, 7)}  2025-08-13 11:02  deploy-bot  deploy    impl ${address('Fee 1')}`,
      ].join('\n'),
    );
  });

  it('is tab-separated in a pipe: commit, time, author, kinds, what', async () => {
    const memory = repository();
    const [line = ''] = (await run(runLog, {}, memory)).text(pipe).split('\n');
    const [commit, time, author, kinds] = line.split('\t');
    assert.deepEqual(
      [commit, time, author, kinds],
      [await memory.resolve('HEAD'), '2025-08-13T11:04:00.000Z', 'deploy-bot', 'upgrade'],
    );
  });

  it('a record that never was exits 1, a repository without state 0', async () => {
    assert.equal((await run(runLog, { ...fee, name: 'Never' })).exit, 1);
    assert.equal((await run(runLog, {}, memoryRepository())).exit, 0);
  });

  for (const limit of ['0', '-1', 'x', '1.5', '']) {
    it(`--limit ${JSON.stringify(limit)} is refused`, async () => {
      await assert.rejects(run(runLog, { limit }), hasCode('BAD_USAGE'));
    });
  }
});

describe('blame', () => {
  it('shows each field with its commit, arguments by their number', async () => {
    const memory = repository();
    const [head, first] = [await memory.resolve('HEAD'), await memory.resolve('HEAD~2')];
    assert.equal(
      (await run(runBlame, fee, memory)).text(terminal),
      [
        `${first.slice(0, 7)}  2025-08-13  deploy-bot  proxy           ${address('Fee proxy')}`,
        `${head.slice(0, 7)}  2025-08-13  deploy-bot  implementation  ${address('Fee 1')}`,
        `${head.slice(0, 7)}  2025-08-13  deploy-bot  code hash       ${codeHash('Fee 1').slice(2, 10)}`,
        `${first.slice(0, 7)}  2025-08-13  deploy-bot  arguments       2 values (get --json shows them)`,
        `${first.slice(0, 7)}  2025-08-13  deploy-bot  timestamp       1755000000000`,
      ].join('\n'),
    );
  });

  it('of a record that is not there is refused', async () => {
    await assert.rejects(run(runBlame, { ...fee, name: 'Never' }), hasCode('NOT_FOUND'));
  });
});

describe('diff', () => {
  it('exits 0 with differences, 1 with --exit-code', async () => {
    const range = 'HEAD~1..HEAD';
    assert.equal((await run(runDiff, { range })).exit, 0);
    assert.equal((await run(runDiff, { range, 'exit-code': true })).exit, 1);
    assert.equal((await run(runDiff, { 'exit-code': true })).exit, 0);
  });

  it('says which commits it compares and answers nothing when nothing differs', async () => {
    const memory = repository();
    const outcome = await run(runDiff, { range: 'HEAD~2..HEAD' }, memory);
    const { base, head, networks } = outcome.data as { base: string; head: string; networks: unknown[] };
    assert.deepEqual([base, head, networks], [await memory.resolve('HEAD~2'), await memory.resolve('HEAD'), []]);
    assert.equal(outcome.text(terminal), '');
  });

  it('a file that cannot be read exits 1', async () => {
    const memory = repository();
    memory.edit({ [path]: '{' });
    const { exit, findings } = await run(runDiff, {}, memory);
    assert.deepEqual([exit, findings?.map(({ rule }) => rule)], [1, ['json-syntax']]);
  });
});

function hasCode(code: string): (error: unknown) => boolean {
  return (error) => error instanceof StateManagerError && error.code === code;
}
