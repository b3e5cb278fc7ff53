import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { importJson, type JsonRequest } from '../../src/commands/import-json.js';
import type { ImportResult } from '../../src/commands/import-source.js';
import { inspectTree } from '../../src/core/inspect/inspect.js';
import type { JsonObject } from '../../src/core/json.js';
import { readFoldSource } from '../../src/core/fold/fold-source.js';
import { networkOfPath } from '../../src/core/layout.js';
import { parseNetworkFile, recordNamed } from '../../src/core/model/network-file.js';
import { valueAt } from '../../src/core/text/value-at.js';
import { type ErrorCode, StateManagerError } from '../../src/errors.js';
import type { StateRepository } from '../../src/ports/state-repository.js';
import { type Account, accountFor, homesOf, leavesOf } from '../support/account-for.js';
import { address, codeHash, proxied, stateFiles } from '../support/deployments.js';
import { memoryRepository } from '../support/memory-repository.js';
import { configFile, enhancedFile, exportFile, stateFile, v1File, v2File } from '../support/older-files.js';
import { sharedData } from '../support/shared-data.js';
import { strange } from '../support/strange-json.js';

describe('importing older JSON files', () => {
  it('makes one commit per network, ascending, on a branch of its own, and leaves HEAD where it was', async () => {
    const repository = memoryRepository({ 'README.md': 'mine' });
    const head = await repository.head();
    const { data, networks } = await importJson(
      repository,
      request({ 'b.json': v1File(), 'a.json': v1File({ network: 'bscmainnet', chainId: 56 }) }),
    );
    assert.match(data.branch ?? '', /^state\/import-json-[0-9a-f]{12}$/);
    assert.deepEqual(
      networks.map(({ network, chainId, records }) => [network, chainId, records]),
      [
        ['bscmainnet', 56, 5],
        ['bsctestnet', 97, 5],
      ],
    );
    assert.equal(data.commits.length, 2);
    assert.deepEqual(await repository.head(), head);
    assert.deepEqual(inspectTree(await filesAt(repository, data), ''), []);
  });

  it('makes no commit the second time: on the branch, after its merge, and when it is gone', async () => {
    const files = request({
      'bsctestnet.json': v1File({ contracts: { Token: {}, 'no name': { proxy: address(1) } } }),
      'config-bsctestnet.json': configFile({ deploymentMode: 'standard' }),
      'enhanced-bsctestnet.json': enhancedFile(),
    });
    const repository = memoryRepository({ 'README.md': 'mine' });
    const first = await importJson(repository, files);
    assert.equal(first.data.commits.length, 1);
    assert.ok(first.data.quarantined.length > 0);
    const again = await importJson(repository, files);
    assert.deepEqual([again.data.branch, again.data.commits], [null, []]);
    const merged = memoryRepository(
      Object.fromEntries(
        (await filesAt(repository, first.data)).map(({ path, bytes }) => [path, Buffer.from(bytes).toString('utf8')]),
      ),
    );
    const after = await importJson(merged, files);
    assert.deepEqual([after.data.branch, after.data.commits], [null, []]);
    assert.deepEqual(after.data.quarantined, first.data.quarantined);
  });

  it('derives the branch from what the files say, not from their layout', async () => {
    const branch = async (text: string): Promise<string | null> => {
      const files = [{ name: 'a.json', path: 'old/a.json', bytes: Buffer.from(text) }];
      return (await importJson(memoryRepository(), { ...request({}), files })).data.branch;
    };
    const one = await branch(JSON.stringify(v1File()));
    assert.equal(await branch(JSON.stringify(v1File(), null, 4)), one);
    assert.notEqual(await branch(JSON.stringify(v1File({ deployer: address('other') }))), one);
  });

  it('goes to the current branch with here, and nowhere on a dry run', async () => {
    const repository = memoryRepository({ 'README.md': 'mine' });
    const dry = await importJson(repository, request({ 'a.json': v1File() }, { dryRun: true }));
    assert.deepEqual([dry.data.branch, dry.data.commits, dry.data.imported.length], [null, [], 5]);
    const { data } = await importJson(repository, request({ 'a.json': v1File() }, { here: true }));
    assert.equal(data.branch, 'main');
  });
});

describe('what older files say', () => {
  it('is a record per contract, its hash beside it, and of a list the proxy of one that is named nowhere else', async () => {
    const root = await rootOf({ 'bsctestnet.json': v1File() });
    assert.deepEqual(fieldsOf(root, 'Token'), {
      proxy: address('token proxy'),
      implementation: address('token'),
      implementationHash: codeHash(1),
      source: { kind: 'json', file: 'bsctestnet.json', key: '/contracts/Token' },
    });
    assert.deepEqual(valueAt(root, '/contracts/protocol/LayerZeroModule'), { proxy: address('lz proxy') });
    assert.deepEqual(valueAt(root, '/contracts/infrastructure/FeeManager'), { proxy: address('fees proxy') });
    assert.equal(fieldsOf(root, 'CelerIMModule')['implementationHash'], undefined);
    // The list calls it by its short name, which is the one it gets.
    assert.equal(valueAt(root, '/extended_Router/source/contractName'), 'contracts/xchain/Router.sol:Router');
    assert.deepEqual(valueAt(root, '/x-json-v1'), {
      config: { gasLimit: 200000 },
      implementationHashes: { Gone: codeHash(2) },
    });
  });

  it('keeps times exact, bigints big, and texts texts', async () => {
    const text = JSON.stringify(v2File()).replace('"200000"', '123456789012345678901234567890');
    const files = [{ name: 'v2.json', path: 'old/v2.json', bytes: Buffer.from(text) }];
    const repository = memoryRepository();
    const { data } = await importJson(repository, { ...request({}), files });
    const [root = {}] = await rootsAt(repository, data);
    assert.equal(valueAt(root, '/network'), 'bsctestnet');
    assert.deepEqual(
      [valueAt(root, '/extended_Token/timestamp'), valueAt(root, '/extended_Token/deployedAt')],
      [1723456789123, '1723456789123456789'],
    );
    assert.equal(valueAt(root, '/extended_Plain/timestamp'), 1723456789123);
    assert.deepEqual(valueAt(root, '/extended_Token/deploymentArgs'), [
      'Token',
      { _type: 'bigint', _value: '5000000000000000000000000' },
    ]);
    assert.deepEqual(valueAt(root, '/configuration/protocols/layerZero/dvnConfigs/0/gas'), {
      _type: 'bigint',
      _value: '123456789012345678901234567890',
    });
    assert.deepEqual(valueAt(root, '/extended_Token/x-proxy'), { admin: address('admin') });
    assert.deepEqual(valueAt(root, '/contracts/core/Plain'), { implementation: address('plain') });
    assert.equal(valueAt(root, '/extended_Token/source/networkName'), 'BSC Testnet');
  });

  it('has the details that were written beside a contract, but not those of another implementation', async () => {
    const fields = { deploymentArgs: [1], timestamp: 1754079530056, factoryByteCodeHash: null };
    const contractDetails = {
      Token: { address: address('token'), fields },
      CelerIMModule: { address: address('before'), fields },
    };
    const { data, root } = await imported({ 'bsctestnet.json': v1File({ contractDetails }) });
    assert.deepEqual(fieldsOf(root, 'Token')['deploymentArgs'], [1]);
    assert.equal(fieldsOf(root, 'Token')['timestamp'], 1754079530056);
    assert.equal(fieldsOf(root, 'CelerIMModule')['deploymentArgs'], undefined);
    assert.deepEqual(valueAt(root, '/x-json-v1/contractDetails'), { CelerIMModule: contractDetails.CelerIMModule });
    const bytes = Buffer.from(JSON.stringify(v1File({ contractDetails })));
    assert.deepEqual(accountOf('old/bsctestnet.json', bytes, 'v1', data, [root]).lost, []);
  });

  it('takes a proxy that is its own implementation for a plain contract', async () => {
    const same = { proxy: address('one'), implementation: address('one') };
    const root = await rootOf({ 'a.json': v1File({ contracts: { One: same } }) });
    assert.deepEqual(valueAt(root, '/contracts/core/One'), { implementation: address('one') });
  });

  it('is spread over the networks of an export, whose checksums must hold', async () => {
    const repository = memoryRepository();
    const { data, networks } = await importJson(repository, request({ 'export.json': exportFile() }));
    assert.deepEqual(
      networks.map(({ network, records }) => [network, records]),
      [
        ['bscmainnet', 1],
        ['bsctestnet', 1],
      ],
    );
    const [main = {}] = await rootsAt(repository, data);
    assert.equal(valueAt(main, '/extended_Router/source/contractName'), 'contracts/xchain/Router.sol:Router');
    assert.equal(valueAt(main, '/extended_Router/source/networkName'), 'bsc');
    const broken = exportFile({ contracts: { '97-A': { address: address(1), checksum: `sha256:${'0'.repeat(64)}` } } });
    const other = await importJson(memoryRepository(), request({ 'export.json': broken }));
    assert.deepEqual(
      other.data.quarantined.map(({ key, reason }) => [key, reason]),
      [['/contracts/97-A', 'checksum-mismatch']],
    );
  });

  it('is refused where import unified is meant, with that command', async () => {
    const error = await refuses('BAD_INPUT', { 'a.json': { schemaVersion: '3.0.0', network: 'bsc', contracts: {} } });
    assert.equal(error.details['passedOver'] instanceof Array, true);
    assert.match(error.hint ?? '', /^stateroot import unified /);
  });
});

describe('several files of one network', () => {
  const all = {
    'bsctestnet.json': v1File(),
    'config-bsctestnet.json': configFile(),
    'enhanced-bsctestnet.json': enhancedFile(),
  };

  it('are one file: v1 for contracts, a zero address never before another, sections of all', async () => {
    const repository = memoryRepository();
    const { data } = await importJson(repository, request(all));
    const [root = {}] = await rootsAt(repository, data);
    assert.deepEqual(valueAt(root, '/contracts/infrastructure/FeeManager'), { proxy: address('fees proxy') });
    assert.deepEqual(valueAt(root, '/contracts/protocol/LayerZeroModule'), { proxy: address('lz proxy') });
    assert.deepEqual(valueAt(root, '/configuration/security'), { pauseGuardians: [address('guard')] });
    assert.deepEqual(valueAt(root, '/configuration/supplyOracle/reconciliationInterval'), '900 seconds');
    assert.deepEqual(
      data.ambiguous.map(({ rule, file, path }) => [rule, file, path]),
      [['files-differ', 'old/bsctestnet.json', '/config/governanceVault']],
    );
  });

  it('never get the hash of another implementation from a second file', async () => {
    const other = { Token: { proxy: address('token proxy'), implementation: address('token two') } };
    const first = v1File({ implementationHashes: { Token: 'pending' } });
    const { data, root } = await imported({
      'bsctestnet.json': first,
      'old-bsctestnet.json': v1File({
        network: 'bsc-testnet',
        contracts: other,
        implementationHashes: { Token: codeHash(9) },
      }),
    });
    assert.equal(fieldsOf(root, 'Token')['implementation'], address('token'));
    assert.equal(fieldsOf(root, 'Token')['implementationHash'], undefined);
    const doubts = data.ambiguous.filter(({ rule }) => rule === 'files-differ').map(({ path }) => path);
    assert.deepEqual(doubts, ['/contracts/Token/implementation', '/implementationHashes/Token']);
    assert.deepEqual(
      data.quarantined.map(({ key, value }) => [key, value]),
      [
        ['/contracts/Token/implementation', address('token two')],
        ['/implementationHashes/Token', codeHash(9)],
      ],
    );
  });

  it('of two names for one chain are one network, and both names are reported', async () => {
    const { data, root } = await imported({
      'sapphiremainnet.json': v1File({ network: 'sapphiremainnet', chainId: 23295 }),
      'sapphiretestnet.json': v1File({ network: 'sapphiretestnet', chainId: 23295 }),
    });
    assert.equal(valueAt(root, '/network'), 'sapphiretestnet');
    const [spelling] = data.ambiguous;
    assert.deepEqual(
      [spelling?.rule, spelling?.path, spelling?.kept, spelling?.file],
      ['network-spelling', '23295', 'sapphiretestnet', 'old/sapphiremainnet.json'],
    );
    assert.ok(
      data.folded.some(({ rule, file, value }) => {
        return rule === 'network-spelling' && file === 'old/sapphiremainnet.json' && value === 'sapphiremainnet';
      }),
    );
  });

  it('of two environments of one chain are two networks', async () => {
    const staging = v1File({ network: 'bsctestnet.staging' });
    const { data, roots } = await importedRoots({ 'bsctestnet.json': v1File(), 'staging.json': staging });
    assert.deepEqual(data.ambiguous, []);
    assert.deepEqual(
      roots.map((root) => [valueAt(root, '/network'), valueAt(root, '/chainId'), valueAt(root, '/environment')]),
      [
        ['bsctestnet.staging', 97, 'staging'],
        ['bsctestnet', 97, undefined],
      ],
    );
    const elsewhere = v1File({ network: 'bsctestnet.staging', chainId: 56 });
    await refuses('BAD_INPUT', { 'one.json': staging, 'two.json': elsewhere });
  });

  it('go to the network the user names, and are refused where they say another chain', async () => {
    const wish = { network: 'mine', chainId: 97 };
    const { root } = await imported({ 'bsctestnet.json': v1File() }, { wish });
    assert.equal(valueAt(root, '/network'), 'mine');
    await refuses('BAD_USAGE', { 'bsctestnet.json': v1File() }, { wish: { chainId: 5 } });
    const two = { 'a.json': v1File(), 'b.json': v1File({ network: 'bscmainnet', chainId: 56 }) };
    await refuses('BAD_USAGE', two, { wish: { network: 'mine' } });
  });

  it('are read by their shape; what is none, a backup or a state file is passed over', async () => {
    const { data } = await imported({
      'state.json': stateFile(v1File()),
      'bsctestnet.backup-1754.json': v1File({ deployer: address('x') }),
      'manifest.json': { manifestVersion: '3.2', proxies: [] },
      'some.json': v1File(),
    });
    assert.deepEqual(
      data.passedOver?.map(({ file }) => file),
      ['old/bsctestnet.backup-1754.json', 'old/manifest.json', 'old/state.json'],
    );
  });

  it('refuse strict for what cannot be read, not for clutter', async () => {
    const clutter = { 'a.json': v1File({ implementationHashes: {} }), 'a.backup.json': {} };
    const { data } = await importJson(memoryRepository(), request(clutter, { strict: true }));
    assert.equal(data.passedOver?.length, 1);
    await refuses('IMPORT_STRICT', { 'a.json': v1File(), 'b.json': { what: 1 } }, { strict: true });
  });
});

describe('a state file', () => {
  it('is taken with its checkpoint when it is asked for, and its steps are kept aside', async () => {
    const asked = { asked: true };
    const { root } = await imported({ 'bsctestnet-1754.json': stateFile(v1File()) }, asked);
    assert.deepEqual(valueAt(root, '/contracts/core/Token/proxy'), address('token proxy'));
    assert.deepEqual(valueAt(root, '/x-json-state/steps'), [{ name: 'CoreContracts', status: 'pending' }]);
    await refuses('BAD_INPUT', { 'bsctestnet-1754.json': stateFile(null) }, asked);
    await refuses('BAD_INPUT', { 'bsctestnet-1754.json': stateFile(v1File()) });
  });
});

describe('what is there before older files come in', () => {
  it('keeps what they do not know and where it came from, but not the code of another implementation', async () => {
    const source = { kind: 'leveldb', key: '97-Token' };
    const there = stateFiles({
      bsctestnet: {
        chainId: 97,
        contracts: {
          Token: proxied('Token', 1, { note: 'kept', source, deploymentArgs: [1] }),
          LayerZeroModule: { category: 'custom', fields: { implementation: address('lz proxy') } },
        },
      },
    });
    const repository = memoryRepository(there);
    const { data } = await importJson(repository, request({ 'bsctestnet.json': v1File() }));
    const [root = {}] = await rootsAt(repository, data);
    assert.deepEqual(fieldsOf(root, 'Token'), {
      proxy: address('token proxy'),
      implementation: address('token'),
      implementationHash: codeHash(1),
      note: 'kept',
      source,
    });
    assert.deepEqual(valueAt(root, '/contracts/custom/LayerZeroModule'), { implementation: address('lz proxy') });
  });
});

describe('every value of an older file', () => {
  it('lands or is named, of the real files', async (t) => {
    const folder = sharedData('lookcoin', 'legacy-json');
    if (folder === null) {
      t.skip('the shared data is not there');
      return;
    }
    const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
    const files = names.map((name) => ({ name, path: name, bytes: readFileSync(join(folder, name)) }));
    const repository = memoryRepository();
    const { data } = await importJson(repository, { ...request({}), files });
    const roots = await rootsAt(repository, data);
    for (const { name, bytes } of files) {
      const form = name.startsWith('config-') ? 'config' : 'v1';
      const account = accountOf(name, bytes, form, data, roots);
      t.diagnostic(`${name}: ${account.landed.length} landed, ${account.named.length} named in the report`);
      assert.deepEqual(account.lost, [], name);
    }
    assert.equal(data.imported.length, 25);
    assert.deepEqual(data.quarantined, []);
  });

  const samples = [
    ['v1', v1File()],
    ['config', configFile()],
    ['enhanced', enhancedFile()],
    ['v2', v2File()],
    ['state', stateFile(v1File())],
    ['export', exportFile()],
  ] as const;

  for (const [form, sample] of samples) {
    it(`lands or is named, of a ${form} file, whatever else stands in it`, async () => {
      await fc.assert(
        fc.asyncProperty(strange(sample), async (root) => {
          const { data, roots } = await importedRoots({ 'file.json': root }, { asked: true });
          const bytes = Buffer.from(JSON.stringify(root));
          assert.deepEqual(accountOf('old/file.json', bytes, form, data, roots).lost, []);
        }),
        { numRuns: 250 },
      );
    });
  }

  it('lands or is named, of three files of one network that contradict each other', async () => {
    const three = fc.tuple(strange(v1File()), strange(configFile()), strange(enhancedFile()));
    await fc.assert(
      fc.asyncProperty(three, async ([v1, config, enhanced]) => {
        const files = { 'v1.json': v1, 'config.json': config, 'enhanced.json': enhanced };
        const { data, roots } = await importedRoots(files);
        for (const [name, root] of Object.entries(files)) {
          const form = name.replace('.json', '') as 'v1' | 'config' | 'enhanced';
          const bytes = Buffer.from(JSON.stringify(root));
          assert.deepEqual(accountOf(`old/${name}`, bytes, form, data, roots).lost, [], name);
        }
      }),
      { numRuns: 25 },
    );
  });
});

function request(files: Readonly<Record<string, JsonObject>>, changes: Partial<JsonRequest> = {}): JsonRequest {
  return {
    files: Object.entries(files).map(([name, root]) => {
      return { name, path: `old/${name}`, bytes: Buffer.from(JSON.stringify(root)) };
    }),
    ignored: [],
    asked: false,
    wish: {},
    here: false,
    allowDetached: false,
    strict: false,
    dryRun: false,
    ...changes,
  };
}

async function importedRoots(files: Readonly<Record<string, JsonObject>>, changes: Partial<JsonRequest> = {}) {
  const repository = memoryRepository();
  const { data } = await importJson(repository, request(files, changes));
  const all = await filesAt(repository, data);
  assert.deepEqual(
    inspectTree(all, '').filter(({ severity }) => severity === 'error'),
    [],
  );
  return { data, roots: await rootsAt(repository, data) };
}

async function imported(files: Readonly<Record<string, JsonObject>>, changes: Partial<JsonRequest> = {}) {
  const { data, roots } = await importedRoots(files, changes);
  const [root = {}] = roots;
  return { data, root };
}

async function rootOf(files: Readonly<Record<string, JsonObject>>): Promise<JsonObject> {
  return (await imported(files)).root;
}

async function refuses(
  code: ErrorCode,
  files: Readonly<Record<string, JsonObject>>,
  changes: Partial<JsonRequest> = {},
): Promise<StateManagerError> {
  const refusal = await importJson(memoryRepository(), request(files, changes)).then(
    () => null,
    (error: unknown) => error,
  );
  assert.ok(refusal instanceof StateManagerError, String(refusal));
  assert.equal(refusal.code, code);
  return refusal;
}

async function filesAt(repository: StateRepository, { commits }: ImportResult['data']) {
  const commit = commits.at(-1);
  if (commit === undefined) return [];
  const tree = await repository.at({ commit });
  return tree.read((await tree.paths()).filter((path) => path.startsWith('deployments/')));
}

/** Of the network files, ascending by network. */
async function rootsAt(repository: StateRepository, data: ImportResult['data']): Promise<JsonObject[]> {
  const files = (await filesAt(repository, data)).filter(({ path }) => networkOfPath(path) !== null);
  return files.flatMap(({ bytes }) => {
    const parsed = parseNetworkFile(bytes);
    return parsed.ok ? [parsed.file.root] : [];
  });
}

/** Of a record, without its checksum. */
function fieldsOf(root: JsonObject, name: string): JsonObject {
  const record = recordNamed({ network: '', chainId: 0, root }, name);
  return Object.fromEntries(Object.entries(record?.fields ?? {}).filter(([field]) => field !== 'checksum'));
}

function accountOf(
  file: string,
  bytes: Uint8Array,
  form: Parameters<typeof homesOf>[0],
  data: ImportResult['data'],
  roots: readonly JsonObject[],
): Account {
  const read = readFoldSource(bytes);
  assert.ok(read.ok);
  return accountFor(file, leavesOf(read.source.root), data, roots, homesOf(form));
}
