import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { importUnified, type UnifiedRequest } from '../../src/commands/import-unified.js';
import type { JsonObject } from '../../src/core/json.js';
import { inspectFile, inspectTree } from '../../src/core/inspect/inspect.js';
import { parseNetworkFile, recordNamed } from '../../src/core/model/network-file.js';
import { type ErrorCode, StateManagerError } from '../../src/errors.js';
import type { StateRepository } from '../../src/ports/state-repository.js';
import { address, codeHash, networkText, proxied, stateFiles } from '../support/deployments.js';
import { memoryRepository } from '../support/memory-repository.js';
import { sharedData } from '../support/shared-data.js';

const [token, vault] = [address('token'), address('vault')];
const bsc = 'deployments/unified/bsctestnet.unified.json';

describe('importing 3.0 files', () => {
  it('makes one commit per network, ascending, on a branch of its own, and leaves HEAD where it was', async () => {
    const repository = memoryRepository({ 'README.md': 'mine' });
    const head = await repository.head();
    const { data, networks } = await importUnified(
      repository,
      request({ sepolia: old(11155111), bsctestnet: old(97) }),
    );
    assert.match(data.branch ?? '', /^state\/import-unified-[0-9a-f]{12}$/);
    assert.deepEqual(
      networks.map(({ network, chainId, records }) => [network, chainId, records]),
      [
        ['bsctestnet', 97, 1],
        ['sepolia', 11155111, 1],
      ],
    );
    assert.equal(data.commits.length, 2);
    assert.deepEqual(await repository.head(), head);
    const files = await filesAt(repository, data.commits.at(-1));
    assert.equal(files.length, 2);
    assert.deepEqual(inspectTree(files, ''), []);
    assert.deepEqual(
      data.folded.map(({ rule, file, path, to }) => [rule, file, path, to]),
      ['bsctestnet', 'sepolia'].map((network) => [
        'field-reserved',
        `old/${network}.unified.json`,
        '/contracts/core/Token/address',
        '/contracts/core/Token/implementation',
      ]),
    );
  });

  it('makes no commit the second time: on the branch, after its merge, and when it is gone', async () => {
    const files = request({ bsctestnet: old(97, { Bad: {} }, { extended_Gone: { note: 1 } }) });
    const repository = memoryRepository({ 'README.md': 'mine' });
    const first = await importUnified(repository, files);
    assert.deepEqual([first.data.commits.length, first.data.quarantined.length], [1, 2]);
    const again = await importUnified(repository, files);
    assert.deepEqual([again.data.branch, again.data.commits, again.data.unchanged], [null, [], 1]);
    const merged = memoryRepository(texts(await filesAt(repository, first.data.commits.at(-1))));
    const after = await importUnified(merged, files);
    assert.deepEqual([after.data.branch, after.data.commits, after.data.unchanged], [null, [], 1]);
    assert.equal(after.data.quarantined.length, 2);
  });

  it('derives the branch from what the files say, not from their layout', async () => {
    const file = old(97);
    const compact = { ...request({ bsctestnet: file }), files: [fileOf('bsctestnet', JSON.stringify(file, null, 7))] };
    const [one, other] = await Promise.all([
      importUnified(memoryRepository({ a: '' }), request({ bsctestnet: file })),
      importUnified(memoryRepository({ a: '' }), compact),
    ]);
    assert.equal(one.data.branch, other.data.branch);
  });

  it('keeps two files of one chain and environment', async () => {
    const { data } = await importUnified(memoryRepository(), request({ one: old(4242), two: old(4242) }));
    assert.deepEqual(
      data.imported.map(({ network }) => network),
      ['one', 'two'],
    );
  });

  it('writes nothing on a dry run', async () => {
    const repository = memoryRepository({ [bsc]: JSON.stringify(old(97)) });
    const head = await repository.head();
    const { data, networks } = await importUnified(
      repository,
      request({ bsctestnet: old(97) }, { here: true, dryRun: true }),
    );
    assert.deepEqual([data.commits, networks[0]?.isChanged], [[], true]);
    assert.deepEqual(await repository.head(), head);
  });

  it('keeps what is no state in the quarantine of its network, in its commit, word for word', async () => {
    const root = old(97, { Bad: { implementation: '0x12', 'note ': [1] } }, { extended_Bad: { a: 1 } });
    const { data, quarantineFiles } = await importUnified(memoryRepository(), request({ bsctestnet: root }));
    assert.deepEqual(data.quarantined, [
      {
        key: '/contracts/core/Bad',
        reason: 'address-format',
        value: { entry: { implementation: '0x12', 'note ': [1] }, extended: { a: 1 } },
        file: 'old/bsctestnet.unified.json',
      },
    ]);
    assert.deepEqual([quarantineFiles, data.commits.length], [['deployments/quarantine/97.json'], 1]);
  });

  it('keeps the text of a quarantined value as the source has it', async () => {
    const text = JSON.stringify(old(97)).replace('"core":{', '"core":{"Bad" : {"implementation":\t"0x12"},');
    const repository = memoryRepository();
    const { data } = await importUnified(repository, { ...request({}), files: [fileOf('bsctestnet', text)] });
    const kept = texts(await filesAt(repository, data.commits[0]))['deployments/quarantine/97.json'] ?? '';
    const items = Object.values((JSON.parse(kept) as { records: Record<string, JsonObject> }).records);
    assert.deepEqual(items, [
      {
        key: '/contracts/core/Bad',
        raw: '{"entry": {"implementation":\t"0x12"}}',
        reason: 'address-format',
        source: 'unified',
      },
    ]);
  });

  it('is refused whole with strict, by what is no state and by a file that is passed over', async () => {
    const bad = request({ bsctestnet: old(97, { Bad: {} }) }, { strict: true });
    await refuses('IMPORT_STRICT', importUnified(memoryRepository(), bad));
    const good = request({ bsctestnet: old(97) }, { strict: true });
    const over = { ...good, files: [...good.files, fileOf('v2', '{"schemaVersion":"2.0.0"}')] };
    await refuses('IMPORT_STRICT', importUnified(memoryRepository(), over));
    assert.equal((await importUnified(memoryRepository(), good)).data.commits.length, 1);
  });
});

describe('adopting the files of this very repository', () => {
  for (const here of [true, false]) {
    it(`replaces committed files by their normal form ${here ? 'on the current branch' : 'on a branch'}, once`, async () => {
      const text = JSON.stringify(old(97, { Empty: {} }), null, 4);
      const repository = memoryRepository({ [bsc]: text });
      const files = { ...request({}, { here }), files: [fileOf('bsctestnet', text)] };
      assert.ok(inspectFile({ path: bsc, mode: '100644', bytes: Buffer.from(text) }).length > 1);
      const { data } = await importUnified(repository, files);
      assert.deepEqual([data.commits.length, data.imported.length, data.quarantined.length], [1, 1, 1]);
      const tree = await filesAt(repository, data.commits[0]);
      assert.deepEqual(inspectTree(tree, ''), []);
      const now = texts(tree)[bsc] ?? '';
      const source = here ? [fileOf('bsctestnet', now)] : files.files;
      const again = await importUnified(repository, { ...files, files: source });
      assert.deepEqual([again.data.commits, again.data.unchanged], [[], 1]);
    });
  }

  it('counts a record as unchanged that was in normal form already', async () => {
    const text = networkText('bsctestnet', 97, { Token: proxied('Token') }).replaceAll('\n', '\r\n');
    const repository = memoryRepository({ [bsc]: text });
    const { data } = await importUnified(repository, {
      ...request({}, { here: true }),
      files: [fileOf('bsctestnet', text)],
    });
    assert.deepEqual([data.commits.length, data.imported, data.unchanged], [1, [], 1]);
  });

  it('takes a file away whose name is none, with the commit that gives it one', async () => {
    const path = 'deployments/unified/BSCTestnet.unified.json';
    const text = JSON.stringify(old(97));
    const repository = memoryRepository({ [path]: text });
    const files = { ...request({}, { here: true }), files: [fileOf('BSCTestnet', text)] };
    const { data } = await importUnified(repository, files);
    assert.equal(data.commits.length, 1);
    assert.deepEqual(Object.keys(texts(await filesAt(repository, data.commits[0]))), [bsc]);
  });

  it('takes such a file away also where its network has a file already', async () => {
    const path = 'deployments/unified/BSCTestnet.unified.json';
    const text = JSON.stringify(old(97));
    const files = { ...request({}, { here: true }), files: [fileOf('BSCTestnet', text)] };
    for (const here of [await normal(old(97)), networkText('bsctestnet', 97, { Own: proxied('Own') })]) {
      const repository = memoryRepository({ [path]: text, [bsc]: here });
      const { data } = await importUnified(repository, files);
      assert.equal(data.commits.length, 1);
      assert.deepEqual(Object.keys(texts(await filesAt(repository, data.commits[0]))), [bsc]);
    }
  });

  it('refuses to build on a committed file with errors that is another than the source, and says how', async () => {
    const repository = memoryRepository({ [bsc]: JSON.stringify(old(97)) });
    const error = await refuses(
      'STATE_INVALID',
      importUnified(repository, request({ bsctestnet: old(97, { Two: { address: vault } }) })),
    );
    assert.match(error.hint ?? '', /import unified/);
  });
});

describe('importing over a network that is here', () => {
  const existing = {
    bsctestnet: {
      chainId: 97,
      contracts: { Token: proxied('Token', 1, { deploymentArgs: [1], note: 'kept' }), Own: proxied('Own') },
    },
  };

  it('replaces what the source says, keeps what it does not know', async () => {
    const repository = memoryRepository(stateFiles(existing));
    const Token = { proxy: address('Token proxy'), implementation: address('Token 1') };
    const source = { ...old(97), contracts: { core: { Token } }, extended_Token: { artifact: 'Token' } };
    const { data } = await importUnified(repository, request({ bsctestnet: source }, { here: true }));
    const { artifact, note, deploymentArgs, implementationHash } = await fieldsOf(repository, data.commits[0], 'Token');
    assert.deepEqual([artifact, note, deploymentArgs, implementationHash], ['Token', 'kept', [1], codeHash('Token 1')]);
    assert.deepEqual(data.imported, [{ network: 'bsctestnet', contractName: 'Token' }]);
    assert.notDeepEqual(await fieldsOf(repository, data.commits[0], 'Own'), {});
  });

  it('lets the code fields go with the implementation they describe', async () => {
    const repository = memoryRepository(stateFiles(existing));
    const Token = { proxy: address('Token proxy'), implementation: address('Token 2') };
    const source = { ...old(97), contracts: { core: { Token } } };
    const { data } = await importUnified(repository, request({ bsctestnet: source }, { here: true }));
    const { note, deploymentArgs, implementationHash } = await fieldsOf(repository, data.commits[0], 'Token');
    assert.deepEqual([note, deploymentArgs, implementationHash], ['kept', undefined, undefined]);
  });

  it('finds a record under another of its names, and unites the names', async () => {
    const token = proxied('Token', 1, { aliases: ['Coin'] });
    const repository = memoryRepository(stateFiles({ bsctestnet: { chainId: 97, contracts: { Token: token } } }));
    const Coin = { proxy: address('Token proxy'), implementation: address('Token 1') };
    const source = { ...old(97), contracts: { core: { Coin } }, extended_Coin: { aliases: ['Money', 'Token'] } };
    const { data } = await importUnified(repository, request({ bsctestnet: source }, { here: true }));
    const fields = await fieldsOf(repository, data.commits[0], 'Token');
    assert.deepEqual([fields['aliases'], fields['source']], [['Money'], { contractName: 'Coin' }]);
  });

  it('merges the sections and renews the checksum of one that changes', async () => {
    const sections = { configuration: { a: { b: 1, big: bigint('1') }, list: [1, 2] }, 'x-own': true };
    const before = normal({
      ...old(97),
      ...sections,
      verification: checksums({ configuration: oldForm(sections.configuration) }),
    });
    const repository = memoryRepository({ [bsc]: await before });
    const source = { ...old(97), configuration: { a: { c: 2, big: bigint('2') }, list: [3] }, networkTier: 'testnet' };
    const { data } = await importUnified(repository, request({ bsctestnet: source }, { here: true }));
    const files = await filesAt(repository, data.commits[0]);
    const root = JSON.parse(texts(files)[bsc] ?? '') as JsonObject;
    assert.deepEqual(root['configuration'], { a: { b: 1, c: 2, big: bigint('2') }, list: [3] });
    assert.deepEqual([root['x-own'], root['networkTier']], [true, 'testnet']);
    assert.match(JSON.stringify(root['verification']), /"configuration":"sha256:/);
    assert.deepEqual(inspectTree(files, ''), []);
    assert.deepEqual(
      (await importUnified(repository, request({ bsctestnet: source }, { here: true }))).data.commits,
      [],
    );
  });

  it('refuses a file of another chain', async () => {
    const repository = memoryRepository(stateFiles(existing));
    await refuses('CHAIN_ID_MISMATCH', importUnified(repository, request({ bsctestnet: old(56) })));
  });
});

describe('files that are passed over', () => {
  it('are named with the reason, and the others come in', async () => {
    const broken = [
      fileOf('v1', JSON.stringify({ network: 'v1', contracts: {} })),
      fileOf('v2', '{"schemaVersion":"2.0.0"}'),
      fileOf('newer', JSON.stringify({ ...old(97), schemaVersion: '3.1.0' })),
      fileOf('torn', '{"schemaVersion":'),
      fileOf('nowhere', JSON.stringify({ ...old(97), chainId: undefined })),
      fileOf('a b', JSON.stringify({ ...old(97), network: 'a b' })),
    ];
    const good = request({ bsctestnet: old(97) });
    const { data } = await importUnified(memoryRepository(), { ...good, files: [...good.files, ...broken] });
    assert.equal(data.imported.length, 1);
    assert.deepEqual(
      data.passedOver?.map(({ file }) => file),
      ['a b', 'newer', 'nowhere', 'torn', 'v1', 'v2'].map((name) => `old/${name}.unified.json`),
    );
  });

  it('are refused when there is nothing else', async () => {
    for (const file of [fileOf('v2', '{"schemaVersion":"2.0.0"}'), fileOf('torn', '{'), backup()]) {
      await refuses('BAD_INPUT', importUnified(memoryRepository(), { ...request({}), files: [file] }));
    }
    await refuses('BAD_INPUT', importUnified(memoryRepository(), request({})));
  });

  it('come in when the user says what the file does not', async () => {
    const files = [fileOf('A B', JSON.stringify({ ...old(97), network: undefined, chainId: undefined }))];
    const wish = { network: 'bsctestnet', chainId: 97 };
    const { data } = await importUnified(memoryRepository(), { ...request({}, wish), files });
    assert.deepEqual(data.imported, [{ network: 'bsctestnet', contractName: 'Token' }]);
    assert.deepEqual(
      data.folded.map(({ rule, path }) => `${rule} ${path}`).filter((line) => line.startsWith('section')),
      ['section-missing /network', 'section-missing /chainId'],
    );
  });

  it('are not what a flag contradicts: that is refused', async () => {
    for (const wish of [{ network: 'other' }, { chainId: 98 }]) {
      await refuses('BAD_USAGE', importUnified(memoryRepository(), request({ bsctestnet: old(97) }, wish)));
    }
    const two = request({ bsctestnet: old(97), sepolia: old(11155111) }, { network: 'sepolia' });
    await refuses('BAD_USAGE', importUnified(memoryRepository(), two));
  });
});

describe('the network of a file', () => {
  it('is the one of its name, and what it says besides is ambiguous', async () => {
    const files = [fileOf('staging', JSON.stringify(old(97)))];
    const { data } = await importUnified(memoryRepository(), { ...request({}), files });
    assert.deepEqual(data.imported, [{ network: 'staging', contractName: 'Token' }]);
    assert.deepEqual(data.ambiguous, [
      {
        rule: 'network-file',
        file: 'old/staging.unified.json',
        path: '/network',
        kept: 'staging',
        other: 'bsctestnet',
      },
    ]);
  });

  it('has the chain that is known here when the file says none', async () => {
    const files = [fileOf('bsctestnet', JSON.stringify({ ...old(97), chainId: undefined }))];
    const { networks } = await importUnified(memoryRepository(), { ...request({}), files });
    assert.equal(networks[0]?.chainId, 97);
  });
});

describe('the unified files of a real project', () => {
  it('come in whole, in one commit per network, and never twice', async (t) => {
    const folder = sharedData('lookcoin', 'unified');
    if (folder === null) {
      t.skip('shared data is not here');
      return;
    }
    const files = ['basesepolia', 'bsctestnet'].map((network) =>
      fileOf(network, readFileSync(`${folder}/${network}.unified.json`, 'utf8')),
    );
    const repository = memoryRepository();
    const { data } = await importUnified(repository, { ...request({}, { here: true }), files });
    assert.deepEqual([data.imported.length, data.commits.length, data.quarantined, data.ambiguous], [12, 2, [], []]);
    assert.deepEqual(inspectTree(await filesAt(repository, data.commits[1]), ''), []);
    const again = await importUnified(repository, { ...request({}, { here: true }), files });
    assert.deepEqual([again.data.commits, again.data.unchanged], [[], 12]);
  });
});

/** A file as people had it: `address` for the implementation, keys in any order. */
function old(chainId: number, names: JsonObject = {}, more: JsonObject = {}): JsonObject {
  const network = chainId === 11155111 ? 'sepolia' : chainId === 4242 ? undefined : 'bsctestnet';
  return {
    schemaVersion: '3.0.0',
    fileVersion: 1,
    ...(network === undefined ? {} : { network }),
    chainId,
    metadata: {},
    contracts: { core: { Token: { address: token }, ...names } },
    configuration: {},
    topology: {},
    ...more,
  };
}

/** A section checksum as it was: it becomes a full one. */
function oldForm(section: JsonObject): string {
  return createHash('sha256').update(JSON.stringify(section)).digest('hex').slice(0, 16);
}

function bigint(digits: string): JsonObject {
  return { _type: 'bigint', _value: digits };
}

function checksums(of: JsonObject): JsonObject {
  return { dataIntegrity: { checksums: of } };
}

/** The normal form of a file, as an import leaves it. */
async function normal(root: JsonObject): Promise<string> {
  const repository = memoryRepository();
  const { data } = await importUnified(repository, request({ bsctestnet: root }, { here: true }));
  return texts(await filesAt(repository, data.commits[0]))[bsc] ?? '';
}

function request(roots: Readonly<Record<string, JsonObject>>, changes: Partial<UnifiedRequest> = {}): UnifiedRequest {
  const files = Object.entries(roots).map(([network, root]) => fileOf(network, JSON.stringify(root)));
  return { files, here: false, allowDetached: false, strict: false, dryRun: false, ...changes };
}

function fileOf(network: string, text: string): UnifiedRequest['files'][number] {
  const name = `${network}.unified.json`;
  return { name, path: `old/${name}`, bytes: Buffer.from(text) };
}

function backup(): UnifiedRequest['files'][number] {
  const name = 'bsctestnet.unified.backup-1754079530056.json';
  return { name, path: name, bytes: Buffer.from(JSON.stringify(old(97))) };
}

async function filesAt(repository: StateRepository, commit: string | undefined) {
  const tree = await repository.at({ commit: commit ?? '' });
  return tree.read(await tree.paths());
}

function texts(files: Awaited<ReturnType<typeof filesAt>>): Record<string, string> {
  return Object.fromEntries(files.map(({ path, bytes }) => [path, Buffer.from(bytes).toString('utf8')]));
}

async function fieldsOf(repository: StateRepository, commit: string | undefined, name: string): Promise<JsonObject> {
  const [file] = await (await repository.at({ commit: commit ?? '' })).read([bsc]);
  const parsed = parseNetworkFile(file?.bytes ?? new Uint8Array());
  return (parsed.ok ? recordNamed(parsed.file, name)?.fields : undefined) ?? {};
}

async function refuses(code: ErrorCode, attempt: Promise<unknown>): Promise<StateManagerError> {
  let refusal: unknown = null;
  await assert.rejects(attempt, (error) => {
    refusal = error;
    return true;
  });
  assert.ok(refusal instanceof StateManagerError, String(refusal));
  assert.equal(refusal.code, code);
  return refusal;
}
