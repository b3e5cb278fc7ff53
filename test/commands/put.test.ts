import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { apply, parseBatch } from '../../src/commands/apply.js';
import { deleteRecord } from '../../src/commands/delete.js';
import { put, type PutRequest } from '../../src/commands/put.js';
import type { Json } from '../../src/core/json.js';
import { networkFilePath } from '../../src/core/layout.js';
import type { StateRepository } from '../../src/ports/state-repository.js';
import { memoryRepository } from '../support/memory-repository.js';

const options = { target: { kind: 'head', allowDetached: false }, dryRun: false } as const;
const a = '0x1111111111111111111111111111111111111111';
const b = '0x2222222222222222222222222222222222222222';
const set = (value: Json = a, path = 'implementation') => [{ path, value }];

async function fileOf(repository: StateRepository, network: string): Promise<string> {
  const [file] = await (await repository.at('worktree')).read([networkFilePath('', network)]);
  return Buffer.from(file?.bytes ?? []).toString();
}

describe('put', () => {
  it('creates the network file the first time, with what is known of the chain and nothing else', async () => {
    const repository = memoryRepository();
    await put(repository, { network: 'bsctestnet', name: 'LookCoin', set: set() }, options);
    const root = JSON.parse(await fileOf(repository, 'bsctestnet')) as Record<string, unknown>;
    assert.deepEqual(Object.keys(root), [
      'chainId',
      'configuration',
      'contracts',
      'extended_LookCoin',
      'fileVersion',
      'metadata',
      'network',
      'networkTier',
      'schemaVersion',
      'topology',
    ]);
    assert.equal(root['chainId'], 97);
    assert.equal(root['networkTier'], 'testnet');
  });

  it('takes the chain id from the record, the flag, the configuration or the known chains', async () => {
    const config = JSON.stringify({ networks: [{ name: 'mynet', chainId: 4242, aliases: ['My Net'] }] });
    const cases: [PutRequest, number][] = [
      [{ network: 'custom', name: 'X', input: { chainId: 7, implementation: a } }, 7],
      [{ network: 'custom', name: 'X', set: set(), chainId: 8 }, 8],
      [{ network: 'mynet', name: 'X', set: set() }, 4242],
      [{ network: 'My Net', name: 'X', set: set() }, 4242],
      [{ network: 'bsc', name: 'X', set: set() }, 56],
    ];
    for (const [request, chainId] of cases) {
      const result = await put(memoryRepository({ 'stateroot.config.json': config }), request, options);
      assert.equal(result.networks[0]?.chainId, chainId);
    }
  });

  it('puts a record where flag, record, configuration or its name say', async () => {
    const config = JSON.stringify({ categories: { Vault: 'treasury' } });
    const cases: [string, string | undefined, string][] = [
      ['LookCoin', undefined, 'core'],
      ['LayerZeroModule', undefined, 'protocol'],
      ['FeeManager', undefined, 'infrastructure'],
      ['Vault', undefined, 'treasury'],
      ['Vault', 'core', 'core'],
    ];
    for (const [name, category, expected] of cases) {
      const result = await put(
        memoryRepository({ 'stateroot.config.json': config }),
        { network: 'bsctestnet', name, set: set(), category },
        options,
      );
      assert.equal(result.changes[0]?.category, expected);
    }
  });

  it('moves a record to another category on request', async () => {
    const repository = memoryRepository();
    await put(repository, { network: 'bsctestnet', name: 'X', set: set() }, options);
    const result = await put(
      repository,
      { network: 'bsctestnet', name: 'X', set: set(), category: 'protocol' },
      options,
    );
    assert.deepEqual(result.changes[0]?.fields, [{ path: 'category', before: 'core', after: 'protocol' }]);
  });

  it('writes to the record an alias or a qualified name means', async () => {
    const repository = memoryRepository();
    const qualified = 'contracts/xchain/Router.sol:Router';
    await put(repository, { network: 'bsctestnet', name: qualified, set: set() }, options);
    const result = await put(repository, { network: 'bsctestnet', name: qualified, set: set(b) }, options);
    assert.deepEqual(
      result.changes.map(({ name, kind }) => [name, kind]),
      [['Router', 'redeploy']],
    );
  });

  const refused: readonly [string, PutRequest, string][] = [
    ['nothing to write', { network: 'bsctestnet', name: 'X' }, 'BAD_USAGE'],
    ['a network nobody knows', { network: 'custom', name: 'X', set: set() }, 'CHAIN_ID_UNKNOWN'],
    [
      'a chain id that contradicts the network',
      { network: 'bsctestnet', name: 'X', set: set(), chainId: 56 },
      'CHAIN_ID_MISMATCH',
    ],
    [
      'a record of another chain',
      { network: 'bsctestnet', name: 'X', input: { chainId: 56, implementation: a } },
      'CHAIN_ID_MISMATCH',
    ],
    [
      'a record of another network',
      { network: 'bsctestnet', name: 'X', input: { network: 'bscmainnet', implementation: a } },
      'BAD_INPUT',
    ],
    ['a category that is none', { network: 'bsctestnet', name: 'X', set: set(), category: 'No Category' }, 'BAD_INPUT'],
    ['no address', { network: 'bsctestnet', name: 'X', set: set(1, 'timestamp') }, 'RECORD_INVALID'],
    [
      'a checksum that does not hold',
      { network: 'bsctestnet', name: 'X', input: { implementation: a, checksum: `sha256:${'0'.repeat(64)}` } },
      'CHECKSUM_MISMATCH',
    ],
    ...['../x', 'a/../b', 'x\0', 'x\u001b[2J', 'n'.repeat(300), '__proto__', 'con', 'MyNet', ''].map(
      (network): [string, PutRequest, string] => [
        `network ${JSON.stringify(network.slice(0, 20))}`,
        { network, name: 'X', set: set(), chainId: 1 },
        'NETWORK_NAME_INVALID',
      ],
    ),
    ...['../x', 'a/../b', 'x\0', 'x\n', 'n'.repeat(300), '__proto__', 'constructor', ''].map(
      (name): [string, PutRequest, string] => [
        `contract ${JSON.stringify(name.slice(0, 20))}`,
        { network: 'bsctestnet', name, set: set() },
        'RECORD_NAME_INVALID',
      ],
    ),
    ...(
      [
        1,
        null,
        '0x12',
        `${a}00`,
        '0x0000000000000000000000000000000000000000',
        '0xABcd567890123456789012345678901234567890',
        {},
      ] as Json[]
    ).map((value): [string, PutRequest, string] => [
      `implementation ${JSON.stringify(value)}`,
      { network: 'bsctestnet', name: 'X', input: { implementation: value } },
      'RECORD_INVALID',
    ]),
  ];
  for (const [what, request, code] of refused) {
    it(`refuses ${what}`, async () => {
      const repository = memoryRepository();
      await assert.rejects(async () => put(repository, request, options), { code });
      assert.deepEqual(await repository.head(), { branch: 'refs/heads/main', commit: null });
    });
  }

  it('refuses to build on a file with errors', async () => {
    const repository = memoryRepository();
    await put(repository, { network: 'bsctestnet', name: 'X', set: set() }, options);
    const broken = memoryRepository({
      [networkFilePath('', 'bsctestnet')]: (await fileOf(repository, 'bsctestnet')).replace(a, b),
    });
    await assert.rejects(put(broken, { network: 'bsctestnet', name: 'Y', set: set() }, options), {
      code: 'STATE_INVALID',
    });
  });

  it('refuses to write a file of a newer minor version', async () => {
    const repository = memoryRepository();
    await put(repository, { network: 'bsctestnet', name: 'X', set: set() }, options);
    const newer = memoryRepository({
      [networkFilePath('', 'bsctestnet')]: (await fileOf(repository, 'bsctestnet')).replace('"3.0.0"', '"3.9.0"'),
    });
    await assert.rejects(put(newer, { network: 'bsctestnet', name: 'Y', set: set() }, options), {
      code: 'STATE_INVALID',
    });
  });
});

describe('delete', () => {
  it('takes the record, its extended object and an empty category away', async () => {
    const repository = memoryRepository();
    await put(repository, { network: 'bsctestnet', name: 'X', set: set() }, options);
    const before = await fileOf(repository, 'bsctestnet');
    await put(repository, { network: 'bsctestnet', name: 'XModule', set: set() }, options);
    await deleteRecord(repository, { network: 'bsctestnet', name: 'XModule' }, options);
    assert.equal(await fileOf(repository, 'bsctestnet'), before);
  });

  it('refuses what is not there', async () => {
    await assert.rejects(deleteRecord(memoryRepository(), { network: 'bsctestnet', name: 'X' }, options), {
      code: 'NOT_FOUND',
    });
  });
});

describe('apply', () => {
  it('reads a list of records, an envelope, or puts and deletes', () => {
    const record = { network: 'bsctestnet', contractName: 'X', implementation: a };
    const expected = { put: [{ network: 'bsctestnet', name: 'X', input: record, chainId: undefined }], delete: [] };
    assert.deepEqual(parseBatch([record]), expected);
    assert.deepEqual(parseBatch({ put: [record] }), expected);
    assert.deepEqual(parseBatch({ delete: [{ network: 'n', contractName: 'X' }] }), {
      put: [],
      delete: [{ network: 'n', name: 'X' }],
    });
  });

  const wrong: readonly [string, Json][] = [
    ['text', 'x'],
    ['an unknown member', { puts: [] }],
    ['a record that is none', [1]],
    ['no network', [{ contractName: 'X' }]],
    ['no name', [{ network: 'bsctestnet' }]],
    ['no list', { put: {} }],
  ];
  for (const [what, input] of wrong) {
    it(`refuses ${what}`, () => {
      assert.throws(() => parseBatch(input), { code: 'BAD_INPUT' });
    });
  }

  it('refuses two puts of one record, also under two spellings of its network', async () => {
    const batch = parseBatch(
      ['bsctestnet', 'bscTestnet'].map((network) => ({ network, contractName: 'X', implementation: a })),
    );
    await assert.rejects(apply(memoryRepository(), batch, options), { code: 'BAD_INPUT' });
  });

  it('makes one commit of many networks and none of what is there already', async () => {
    const repository = memoryRepository();
    const batch = parseBatch(
      ['bsctestnet', 'sepolia'].map((network) => ({ network, contractName: 'X', implementation: a })),
    );
    const result = await apply(repository, batch, options);
    assert.equal(result.changes.length, 2);
    assert.equal((await apply(repository, batch, options)).commit, null);
  });
});
