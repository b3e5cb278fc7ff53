import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { importLevelDb, type ImportRequest } from '../../src/commands/import-leveldb.js';
import { canonicalize } from '../../src/core/text/canonical.js';
import { recordView } from '../../src/core/model/view.js';
import { networkFilePath } from '../../src/core/layout.js';
import { emptyNetworkFile, networkFileText, recordsOf } from '../../src/core/model/network-file.js';
import type { Json } from '../../src/core/json.js';
import { sampleEntries } from '../../src/core/sample/entries.js';
import { sampleFiles } from '../../src/core/sample/files.js';
import { inspectFile } from '../../src/core/inspect/inspect.js';
import { readSnapshot } from '../../src/core/snapshot.js';
import type { LegacyEntry } from '../../src/core/legacy/entry.js';
import { type ErrorCode, StateManagerError } from '../../src/errors.js';
import { openRepository } from '../../src/git/open-repository.js';
import { levelStore } from '../../src/leveldb/level-store.js';
import type { StateRepository } from '../../src/ports/state-repository.js';
import { contractValue, entriesOf } from '../support/leveldb-store.js';
import { memoryRepository } from '../support/memory-repository.js';
import { sharedData } from '../support/shared-data.js';
import { tempRepository } from '../support/temp-repository.js';

const sample = entriesOf(Object.fromEntries(sampleEntries().map(({ key, value }) => [key, value])));
const bad = contractValue('Bad', 97, { address: '0x12' });

describe('importing a LevelDB', () => {
  it('makes one commit per network, ascending, on a branch of its own, and leaves HEAD where it was', async () => {
    const repository = memoryRepository({ 'README.md': 'mine' });
    const head = await repository.head();
    const { data, networks } = await importLevelDb(repository, request(sample));
    assert.match(data.branch ?? '', /^state\/import-leveldb-[0-9a-f]{12}$/);
    assert.deepEqual(
      networks.map(({ network, records }) => [network, records]),
      [
        ['basesepolia', 3],
        ['bscmainnet', 8],
        ['bsctestnet', 9],
        ['optimismsepolia', 3],
        ['sapphiretestnet', 3],
      ],
    );
    assert.deepEqual(
      data.commits,
      networks.map(({ commit }) => commit),
    );
    assert.equal(data.imported.length, 26);
    assert.deepEqual(await repository.head(), head);
    assert.equal(await repository.resolve(data.branch ?? ''), data.commits.at(-1));
    for (const [i, commit] of data.commits.entries()) {
      const { parents, changes } = await repository.commit(commit);
      assert.deepEqual(parents, [i === 0 ? head.commit : data.commits[i - 1]]);
      assert.equal(changes[0]?.length, 1);
    }
  });

  it('writes files without any finding', async () => {
    const repository = memoryRepository();
    const { data } = await importLevelDb(repository, request([...sample, ...entriesOf({ '97-Bad': bad })]));
    const files = await filesAt(repository, data.commits.at(-1) ?? '');
    assert.deepEqual(
      files.flatMap((file) => (file.path.includes('/unified/') ? inspectFile(file) : [])),
      [],
    );
  });

  it('makes no commit when everything is there: on the branch, after its merge, and when it is gone', async () => {
    const repository = memoryRepository({ 'README.md': 'mine' });
    const first = await importLevelDb(repository, request(sample));
    const again = await importLevelDb(repository, request(sample));
    assert.deepEqual([again.data.branch, again.data.commits, again.data.unchanged], [null, [], 26]);
    const merged = memoryRepository(texts(await filesAt(repository, first.data.commits.at(-1) ?? '')));
    const after = await importLevelDb(merged, request(sample));
    assert.deepEqual([after.data.branch, after.data.commits, after.data.unchanged], [null, [], 26]);
    await assert.rejects(merged.resolve(`refs/heads/${first.data.branch ?? ''}`));
  });

  it('finds the sample state of this repository unchanged by the entries it came from', async () => {
    const repository = memoryRepository(Object.fromEntries(sampleFiles()));
    const { data } = await importLevelDb(repository, request(sample));
    assert.deepEqual([data.commits, data.unchanged], [[], 26]);
  });

  it('derives the branch from what the source says, not from the order it is read in', async () => {
    const one = await importLevelDb(memoryRepository(), request(sample));
    const reversed = await importLevelDb(memoryRepository(), request([...sample].reverse()));
    const less = await importLevelDb(memoryRepository(), request(sample.slice(1)));
    assert.equal(one.data.branch, reversed.data.branch);
    assert.notEqual(one.data.branch, less.data.branch);
    assert.deepEqual(one.data, { ...reversed.data, commits: one.data.commits });
  });

  it('goes to the current branch with here', async () => {
    const repository = memoryRepository({ 'README.md': 'mine' });
    const { data } = await importLevelDb(repository, request(sample, { here: true }));
    assert.equal(data.branch, 'main');
    assert.equal((await repository.head()).commit, data.commits.at(-1));
  });

  it('writes below the state root it was opened for', async () => {
    const config = 'packages/contracts/stateroot.config.json';
    const repository = memoryRepository({ [config]: '{}\n', 'README.md': 'mine' }, 'packages/contracts');
    const entries = [...sample, ...entriesOf({ '97-Bad': bad })];
    const { data } = await importLevelDb(repository, request(entries));
    const paths = (await filesAt(repository, data.commits.at(-1) ?? '')).map(({ path }) => path);
    assert.deepEqual(paths, [
      'packages/contracts/deployments/quarantine/97.json',
      ...[...sampleFiles().keys()].map((path) => `packages/contracts/${path}`),
      config,
    ]);
    assert.deepEqual((await importLevelDb(repository, request(entries))).data.commits, []);
  });

  it('writes nothing on a dry run, and says what it would write', async () => {
    const repository = memoryRepository({ 'README.md': 'mine' });
    const { data } = await importLevelDb(repository, request(sample, { dryRun: true }));
    assert.deepEqual([data.branch, data.commits, data.imported.length], [null, [], 26]);
    await assert.rejects(repository.resolve('state/import-leveldb'));
  });
});

describe('what cannot be state', () => {
  it('is quarantined word for word in the commit of its network, else in the last', async () => {
    const binary = Uint8Array.of(0x7b, 0xff);
    const entries = [...sample, ...entriesOf({ '97-Bad': bad, '4242-X': '{', nonsense: binary })];
    const repository = memoryRepository();
    const { data, networks } = await importLevelDb(repository, request(entries));
    const pathsOf = async (network: string) => {
      const commit = networks.find((one) => one.network === network)?.commit ?? '';
      return (await repository.commit(commit)).changes.flat().map(({ path }) => path);
    };
    assert.deepEqual(await pathsOf('bsctestnet'), [
      'deployments/quarantine/97.json',
      'deployments/unified/bsctestnet.unified.json',
    ]);
    assert.deepEqual(await pathsOf('sapphiretestnet'), [
      'deployments/quarantine/4242.json',
      'deployments/quarantine/unknown.json',
      'deployments/unified/sapphiretestnet.unified.json',
    ]);
    assert.deepEqual(
      data.quarantined.map(({ key, file }) => [key, file]),
      [
        ['4242-X', 'deployments/quarantine/4242.json'],
        ['97-Bad', 'deployments/quarantine/97.json'],
        ['nonsense', 'deployments/quarantine/unknown.json'],
      ],
    );
    const kept = (await filesAt(repository, data.commits.at(-1) ?? '')).map(({ bytes }) =>
      Buffer.from(bytes).toString(),
    );
    assert.ok(kept.some((text) => text.includes(JSON.stringify(JSON.stringify(bad)))));
    assert.ok(kept.some((text) => text.includes(`"rawBase64": "${Buffer.from(binary).toString('base64')}"`)));
  });

  it('stands in the first commit of its chain where several networks share one, whichever of them it is of', async () => {
    const networks = [undefined, 'staging'].map((environment): [string, string] => {
      const network = environment === undefined ? 'bsctestnet' : `bsctestnet.${environment}`;
      const file = emptyNetworkFile({ network, chainId: 97, ...(environment === undefined ? {} : { environment }) });
      return [networkFilePath('', network), networkFileText(file)];
    });
    const repository = memoryRepository(Object.fromEntries(networks));
    const key = (network: string, digit: string) => `${network}:0x${digit.repeat(40)}`;
    const entries = entriesOf({
      [key('bsctestnet', '1')]: contractValue('Main', 97),
      [key('bsctestnet.staging', '2')]: contractValue('Staged', 97),
      [key('bsctestnet.staging', '3')]: contractValue('Elsewhere', 97, { network: 'sapphiretestnet' }),
    });
    const { data } = await importLevelDb(repository, request(entries, { here: true }));
    const paths = [];
    for (const oid of data.commits) {
      paths.push((await repository.commit(oid)).changes.flat().map(({ path }) => path));
    }
    assert.deepEqual(paths, [
      ['deployments/quarantine/97.json', networkFilePath('', 'bsctestnet')],
      [networkFilePath('', 'bsctestnet.staging')],
    ]);
    assert.deepEqual(
      data.quarantined.map(({ file }) => file),
      ['deployments/quarantine/97.json'],
    );
    assert.deepEqual((await importLevelDb(repository, request(entries, { here: true }))).data.commits, []);
  });

  it('makes a commit of its own when nothing else changes, and none the second time', async () => {
    const repository = memoryRepository();
    const first = await importLevelDb(repository, request(entriesOf({ '97-Bad': bad }), { here: true }));
    assert.equal(first.data.commits.length, 1);
    const again = await importLevelDb(repository, request(entriesOf({ '97-Bad': bad }), { here: true }));
    assert.deepEqual([again.data.commits, again.data.quarantined.length], [[], 1]);
  });

  it('is refused whole with strict, and nothing is written', async () => {
    const repository = memoryRepository({ 'README.md': 'mine' });
    const entries = [...sample, ...entriesOf({ '97-Bad': bad })];
    await refuses('IMPORT_STRICT', importLevelDb(repository, request(entries, { strict: true })));
    await refuses('IMPORT_STRICT', importLevelDb(memoryRepository(), request(entries, { strict: true, here: true })));
    const { data } = await importLevelDb(repository, request(sample, { strict: true }));
    assert.equal(data.imported.length, 26);
  });

  it('is added to what is in quarantine already', async () => {
    const repository = memoryRepository();
    await importLevelDb(repository, request(entriesOf({ '97-Bad': bad }), { here: true }));
    await importLevelDb(repository, request(entriesOf({ '97-Worse': '{' }), { here: true }));
    const [file] = await filesAt(repository, (await repository.head()).commit ?? '');
    const text = Buffer.from(file?.bytes ?? []).toString();
    assert.match(text, /"97-Bad"/);
    assert.match(text, /"97-Worse"/);
    assert.equal(text, canonicalize(JSON.parse(text) as Json));
  });
});

describe('the network of a record', () => {
  it('is one per chain id, whatever the source calls it, and the calling is reported', async () => {
    const entries = entriesOf({
      '97-A': contractValue('A', 97, { networkName: 'BSC Testnet' }),
      '97-B': contractValue('B', 97, { networkName: 'bscTestnet' }),
      '23295-C': contractValue('C', 23295, { networkName: 'sapphiremainnet' }),
    });
    const { data } = await importLevelDb(memoryRepository(), request(entries));
    assert.deepEqual(
      data.imported.map(({ network }) => network),
      ['bsctestnet', 'bsctestnet', 'sapphiretestnet'],
    );
    assert.deepEqual(
      data.ambiguous.map(({ path, kept, other }) => [path, kept, other]),
      [
        ['97', 'bsctestnet', { 'BSC Testnet': 1, bscTestnet: 1 }],
        ['23295', 'sapphiretestnet', { sapphiremainnet: 1 }],
      ],
    );
  });

  it('of a chain nobody knows is called as the source calls it, else by its id, and no two chains share a file', async () => {
    const entries = entriesOf({
      '777001-A': contractValue('A', 777001, { networkName: 'MyNet' }),
      '777002-A': contractValue('A', 777002, { networkName: 'mynet' }),
      '777003-A': contractValue('A', 777003, { networkName: '../x' }),
    });
    const { data } = await importLevelDb(memoryRepository(), request(entries));
    assert.deepEqual(
      data.imported.map(({ network }) => network),
      ['chain-777002', 'chain-777003', 'mynet'],
    );
  });

  it('is the file that is here, or the one the configuration names', async () => {
    const config = canonicalize({ networks: [{ name: 'bnb-live', chainId: 56, tier: 'mainnet' }] });
    const repository = memoryRepository({ 'stateroot.config.json': config });
    const { data } = await importLevelDb(
      repository,
      request(entriesOf({ '56-A': contractValue('A', 56) }), { here: true }),
    );
    assert.deepEqual(data.imported, [{ network: 'bnb-live', contractName: 'A' }]);
    const again = await importLevelDb(
      repository,
      request(entriesOf({ '56-B': contractValue('B', 56) }), { here: true }),
    );
    assert.deepEqual(again.data.imported, [{ network: 'bnb-live', contractName: 'B' }]);
  });

  it('comes from the key in <network>:<address>, and from the user where nobody knows its chain', async () => {
    const { address } = { address: String(Reflect.get(contractValue('A', 1), 'address')) };
    const info = { name: 'A', address, deployedAt: '1754079530056', implementationHash: `0x${'cd'.repeat(32)}` };
    const known = await importLevelDb(memoryRepository(), request(entriesOf({ [`bsctestnet:${address}`]: info })));
    assert.deepEqual(known.data.imported, [{ network: 'bsctestnet', contractName: 'A' }]);
    const entries = entriesOf({ [`ournet:${address}`]: info });
    assert.equal((await importLevelDb(memoryRepository(), request(entries))).data.quarantined.length, 1);
    const told = await importLevelDb(memoryRepository(), request(entries, { wish: { chainId: 777001 } }));
    assert.deepEqual(told.data.imported, [{ network: 'ournet', contractName: 'A' }]);
  });

  it('is what --network says for the one chain it can mean', async () => {
    const one = entriesOf({ '97-A': contractValue('A', 97) });
    const two = [...one, ...entriesOf({ '56-A': contractValue('A', 56) })];
    const named = await importLevelDb(memoryRepository(), request(one, { wish: { network: 'rehearsal' } }));
    assert.deepEqual(named.data.imported, [{ network: 'rehearsal', contractName: 'A' }]);
    await refuses('BAD_USAGE', importLevelDb(memoryRepository(), request(two, { wish: { network: 'rehearsal' } })));
    const both = await importLevelDb(memoryRepository(), request(two, { wish: { network: 'rehearsal', chainId: 97 } }));
    assert.deepEqual(
      both.data.imported.map(({ network }) => network),
      ['bscmainnet', 'rehearsal'],
    );
  });
});

describe('what is there before an import', () => {
  it('gives way where the source speaks, stays where it does not, and other networks are not touched', async () => {
    const repository = memoryRepository(Object.fromEntries(sampleFiles()));
    const before = texts(await filesAt(repository, (await repository.head()).commit ?? ''));
    const { data } = await importLevelDb(
      repository,
      request(entriesOf({ '97-FeeManager': contractValue('FeeManager', 97) }), { here: true }),
    );
    assert.deepEqual(
      [data.commits.length, data.imported],
      [1, [{ network: 'bsctestnet', contractName: 'FeeManager' }]],
    );
    const after = texts(await filesAt(repository, data.commits[0] ?? ''));
    const changed = Object.keys(after).filter((path) => after[path] !== before[path]);
    assert.deepEqual(changed, ['deployments/unified/bsctestnet.unified.json']);
    const root = JSON.parse(after[changed[0] ?? ''] ?? '') as Record<string, unknown>;
    const old = JSON.parse(before[changed[0] ?? ''] ?? '') as Record<string, unknown>;
    assert.deepEqual(root['topology'], old['topology']);
    assert.deepEqual(root['extended_LookCoin'], old['extended_LookCoin']);
    assert.notDeepEqual(root['extended_FeeManager'], old['extended_FeeManager']);
  });

  it('is not built upon when it is invalid', async () => {
    const [path, text] = [...sampleFiles()][0] ?? ['', ''];
    const repository = memoryRepository({ [path]: text.replace('"timestamp": 17', '"timestamp": 18') });
    await refuses('STATE_INVALID', importLevelDb(repository, request(sample)));
    const quarantine = memoryRepository({ 'deployments/quarantine/97.json': '[]' });
    await refuses('STATE_INVALID', importLevelDb(quarantine, request(entriesOf({ '97-Bad': bad }))));
  });

  it('of another chain under the same name is not touched', async () => {
    const repository = memoryRepository(Object.fromEntries(sampleFiles()));
    const wish = { network: 'bscmainnet', chainId: 777001 };
    const entries = entriesOf({ '777001-A': contractValue('A', 777001) });
    await refuses('CHAIN_ID_MISMATCH', importLevelDb(repository, request(entries, { wish })));
  });
});

describe('the real LookCoin database', () => {
  it('comes in with every value of the acceptance table, in a real repository, and never twice', async (t) => {
    const database = sharedData('lookcoin', 'leveldb');
    const table = sharedData('lookcoin', 'importer-acceptance.json');
    if (database === null || table === null) {
      t.skip('shared data is not here');
      return;
    }
    const temporary = tempRepository(t);
    const repository = await openRepository(temporary.path, { env: temporary.env });
    t.after(() => repository.close());
    const entries = await levelStore.read(database);
    const { data, withoutArguments } = await importLevelDb(repository, request(entries));
    assert.deepEqual([data.commits.length, data.imported.length, data.quarantined.length], [5, 26, 2]);
    assert.deepEqual([withoutArguments, data.ambiguous.length], [13, 7]);
    const views = await viewsAt(repository, data.commits.at(-1) ?? '');
    const rows = JSON.parse(readFileSync(table, 'utf8')) as AcceptanceRow[];
    for (const row of rows.filter(({ quarantine }) => !quarantine)) {
      const view = views.find(
        (one) => one['network'] === row.canonicalNetwork && one['contractName'] === row.canonicalName,
      );
      assert.ok(view, row.sourceKey);
      assert.equal(view['category'], row.category);
      for (const [field, value] of Object.entries(row.mustCarry))
        assert.deepEqual(view[field], value, `${row.sourceKey} ${field}`);
      const source = view['source'] as Record<string, unknown>;
      assert.equal(source['key'], row.sourceKey);
      assert.equal(source['contractName'] ?? row.canonicalName, row.sourceContractName);
    }
    const again = await importLevelDb(repository, request(entries));
    assert.deepEqual([again.data.branch, again.data.commits, again.data.unchanged], [null, [], 26]);
    temporary.git('merge', '--quiet', data.branch ?? '');
    temporary.git('branch', '-D', data.branch ?? '');
    const merged = await importLevelDb(repository, request(entries));
    assert.deepEqual([merged.data.branch, merged.data.commits, merged.data.unchanged], [null, [], 26]);
    assert.equal(temporary.git('status', '--porcelain'), '');
    assert.equal(temporary.git('for-each-ref', '--format=%(refname)', 'refs/heads'), 'refs/heads/main');
  });
});

type AcceptanceRow = {
  readonly sourceKey: string;
  readonly canonicalNetwork: string;
  readonly canonicalName: string;
  readonly category: string;
  readonly mustCarry: Readonly<Record<string, unknown>>;
  readonly sourceContractName: string;
  readonly quarantine: boolean;
};

function request(entries: readonly LegacyEntry[], changes: Partial<ImportRequest> = {}): ImportRequest {
  return { entries, here: false, allowDetached: false, strict: false, dryRun: false, wish: {}, ...changes };
}

async function filesAt(repository: StateRepository, commit: string) {
  const tree = await repository.at({ commit });
  return tree.read(await tree.paths());
}

function texts(files: Awaited<ReturnType<typeof filesAt>>): Record<string, string> {
  return Object.fromEntries(files.map(({ path, bytes }) => [path, Buffer.from(bytes).toString('utf8')]));
}

async function viewsAt(repository: StateRepository, commit: string) {
  const { networks } = readSnapshot(await filesAt(repository, commit), repository.root);
  return [...networks.values()].flatMap(recordsOf).map(recordView);
}

async function refuses(code: ErrorCode, attempt: Promise<unknown>): Promise<void> {
  await assert.rejects(attempt, (error) => error instanceof StateManagerError && error.code === code);
}
