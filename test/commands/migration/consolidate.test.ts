import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { consolidate } from '../../../src/commands/migration/consolidate.js';
import type { ConsolidatedNetwork, MigrationSources } from '../../../src/commands/migration/consolidation.js';
import { inspectFile } from '../../../src/core/inspect/inspect.js';
import type { Json, JsonObject } from '../../../src/core/json.js';
import { toContractType } from '../../../src/core/model/contract-type.js';
import { networkFileText, recordNamed, recordsOf } from '../../../src/core/model/network-file.js';
import { sealFile } from '../../../src/core/model/seal.js';
import { valueAt } from '../../../src/core/text/value-at.js';
import { StateManagerError } from '../../../src/errors.js';
import { address, codeHash, networkText } from '../../support/deployments.js';
import { contractValue, entriesOf } from '../../support/leveldb-store.js';
import {
  noSources,
  realSources,
  settleAll,
  sourceFilesOf,
  stateOf,
  stateWith,
  storeOf,
} from '../../support/migration-sources.js';
import { configFile, enhancedFile, exportFile, stateFile, v1File } from '../../support/older-files.js';
import { sharedData } from '../../support/shared-data.js';

describe('several sources of one contract', () => {
  it('are one record: the database speaks, others fill what it lacks, and each value says where it is from', async () => {
    const { fields, settled } = await token({
      leveldb: { deploymentArgs: undefined, timestamp: undefined },
      v1: v1File({ contractDetails: { Token: { address: address('token'), fields: { deploymentArgs: ['1'] } } } }),
    });
    assert.deepEqual(fields['deploymentArgs'], ['1']);
    assert.deepEqual(fields['source'], {
      kind: 'leveldb',
      key: '97-Token',
      fields: {
        deploymentArgs: {
          kind: 'json',
          file: 'bsctestnet.json',
          path: '/contractDetails/Token/fields/deploymentArgs',
        },
      },
    });
    assert.deepEqual(settled.changed.includes('Token'), true);
    assert.deepEqual(aboutToken(settled), []);
  });

  it('that contradict each other stand as the database has them; the other value is reported and kept', async () => {
    const { fields, settled } = await token({ v1: v1File({ implementationHashes: { Token: codeHash('other') } }) });
    assert.equal(fields['implementationHash'], codeHash(1));
    assert.deepEqual(aboutToken(settled), [
      {
        rule: 'files-differ',
        file: 'old/bsctestnet.json',
        path: '/implementationHashes/Token',
        kept: codeHash(1),
        other: codeHash('other'),
      },
    ]);
    const kept = settled.rejects.map(({ key, raw }) => [key, Buffer.from(raw).toString('utf8')]);
    assert.deepEqual(kept, [['/implementationHashes/Token', JSON.stringify(codeHash('other'))]]);
  });

  it('never put the hash or arguments of another implementation beside the one that stands', async () => {
    const elsewhere = { Token: { proxy: address('token proxy'), implementation: address('newer') } };
    const { fields, settled } = await token({
      leveldb: { implementationHash: undefined, factoryByteCodeHash: undefined },
      v1: v1File({ contracts: elsewhere, implementationHashes: { Token: codeHash(7) } }),
    });
    assert.equal(fields['implementationHash'], undefined);
    assert.deepEqual(
      aboutToken(settled).map(({ path, other }) => [path, other]),
      [
        ['/contracts/Token/implementation', address('newer')],
        ['/implementationHashes/Token', codeHash(7)],
      ],
    );
  });

  it('are an upgrade where a 3.0 file is newer: the code of the database stands under upgrades, no conflict', async () => {
    const { fields, settled } = await token({
      unified: { implementation: address('newer'), implementationHash: codeHash(9), timestamp: 1754079539999 },
    });
    assert.deepEqual(
      [fields['implementation'], fields['implementationHash'], fields['timestamp']],
      [address('newer'), codeHash(9), 1754079539999],
    );
    assert.deepEqual(fields['deploymentArgs'], [1], 'arguments are of the proxy');
    assert.deepEqual(fields['upgrades'], [
      {
        implementation: address('token'),
        implementationHash: codeHash(1),
        factoryByteCodeHash: codeHash(1),
        timestamp: 1754079530056,
        source: { kind: 'leveldb', key: '97-Token' },
      },
    ]);
    assert.deepEqual(aboutToken(settled), []);
    assert.equal(valueAt(fields, '/source/fields/implementation/kind'), 'unified');
    assert.ok(settled.folded.some(({ rule, path }) => rule === 'upgraded' && path === '97-Token/implementation'));
  });

  it('are a contradiction where the 3.0 file is not newer', async () => {
    const { fields, settled } = await token({
      unified: { implementation: address('newer'), implementationHash: codeHash(9), timestamp: 1754079530000 },
    });
    assert.equal(fields['implementation'], address('token'));
    assert.deepEqual(
      aboutToken(settled).map(({ rule, path }) => [rule, path]),
      [
        ['files-differ', '/contracts/core/Token/implementation'],
        ['files-differ', '/extended_Token/implementationHash'],
        ['files-differ', '/extended_Token/timestamp'],
      ],
    );
  });

  it('do not take an empty list for arguments that the database does not know', async () => {
    const { fields, settled } = await token({
      leveldb: { deploymentArgs: undefined },
      unified: { implementation: address('token'), deploymentArgs: [] },
    });
    assert.equal(fields['deploymentArgs'], undefined);
    assert.deepEqual(
      aboutToken(settled).map(({ rule, kept, other }) => [rule, kept, other]),
      [['args-empty', null, []]],
    );
  });

  it('are one record under a qualified and a short name, where the address is the same', async () => {
    const qualified = 'contracts/xchain/Router.sol:Router';
    const entries = entriesOf({
      [`97-${qualified}`]: contractValue(qualified, 97, {
        address: address('router'),
        proxyAddress: address('router proxy'),
      }),
    });
    const older = v1File({ contracts: {}, infrastructureContracts: { router: address('router proxy') } });
    const { file } = await only({
      leveldb: storeOf(entries),
      json: sourceFilesOf('old', { 'bsctestnet.json': older }),
    });
    const routers = recordsOf(file).filter(({ name }) => name.includes('Router'));
    assert.deepEqual(
      routers.map(({ name, category }) => [name, category]),
      [['Router', 'infrastructure']],
    );
    assert.equal(valueAt(file.root, '/extended_Router/source/contractName'), qualified);
  });

  it('are two records where they only share the short name', async () => {
    const qualified = 'contracts/xchain/Router.sol:Router';
    const entries = entriesOf({ [`97-${qualified}`]: contractValue(qualified, 97) });
    const older = v1File({ contracts: {}, infrastructureContracts: { router: address('router proxy') } });
    const settled = await only({ leveldb: storeOf(entries), json: sourceFilesOf('old', { 'bsctestnet.json': older }) });
    const routers = recordsOf(settled.file).filter(({ name }) => name.includes('Router'));
    assert.deepEqual(
      routers.map(({ name }) => name),
      ['Router', qualified],
    );
    assert.deepEqual(
      settled.ambiguous.filter(({ rule }) => rule === 'files-differ'),
      [],
    );
  });

  it('read what older versions and copies of the database still have, its own files first', async () => {
    const entries = entriesOf({ '97-A': contractValue('A', 97, { deploymentArgs: undefined }) });
    const copy = (args: Json) => storeOf(entriesOf({ '97-A': contractValue('A', 97, { deploymentArgs: args }) }));
    const also = [
      { path: '/somewhere/backups/july/', content: copy(['july']) },
      { path: '/somewhere/backups/june', content: copy(['june']) },
    ];
    const { file, recovered } = await only({ leveldb: storeOf(entries), also });
    assert.deepEqual(valueAt(file.root, '/extended_A/deploymentArgs'), ['july']);
    assert.deepEqual(recovered, [{ network: 'bsctestnet', contractName: 'A', field: 'deploymentArgs', file: 'july' }]);
    assert.deepEqual(valueAt(file.root, '/extended_A/source/recovered'), { deploymentArgs: { file: 'july' } });
  });
});

describe('sections of several sources', () => {
  it('have every value of all of them, and say of each where it is from', async () => {
    const json = sourceFilesOf('/a/b', { 'bsctestnet.json': v1File(), 'config-bsctestnet.json': configFile() });
    const { file } = await only({ json });
    assert.equal(valueAt(file.root, '/configuration/supplyOracle/reconciliationInterval'), '900 seconds');
    const sources = valueAt(file.root, '/metadata/dataSources') as JsonObject;
    assert.deepEqual(sources['importedFrom'], ['bsctestnet.json', 'config-bsctestnet.json']);
    assert.equal(sources['consolidatedAt'], undefined);
    assert.deepEqual((sources['values'] as JsonObject)['/configuration/protocols/layerZero/endpoint'], {
      kind: 'json',
      file: 'bsctestnet.json',
      path: '/config/layerZeroEndpoint',
    });
    assert.equal(networkFileText(file).includes('/a/b'), false);
  });

  it('keep a section checksum of a 3.0 file, computed anew over what all of them say', async () => {
    const checksums = { configuration: `sha256:${'0'.repeat(64)}` };
    const unified = sealFile(
      unifiedFile({ configuration: { mine: 1 }, verification: { dataIntegrity: { checksums } } }),
    ).root;
    const { file, ambiguous } = await only({
      json: sourceFilesOf('old', { 'bsctestnet.json': v1File() }),
      unified: sourceFilesOf('new', { 'bsctestnet.unified.json': unified }),
    });
    assert.deepEqual([errorsOf(file), ambiguous], [[], []]);
    assert.equal(valueAt(file.root, '/configuration/mine'), 1);
    assert.deepEqual(valueAt(file.root, '/configuration/governance/vault'), address('vault').toLowerCase());
    const there = valueAt(file.root, '/verification/dataIntegrity/checksums/configuration');
    const before = valueAt(unified, '/verification/dataIntegrity/checksums/configuration');
    assert.notEqual(there, undefined);
    assert.notEqual(there, before);
  });
});

describe('a manifest of OpenZeppelin', () => {
  const proxy = { address: address('token proxy'), txHash: codeHash('proxy tx'), kind: 'uups' };
  const implementation = { address: address('token'), txHash: codeHash('code tx') };

  it('adds the transactions, the kind of proxy and, where its key is the hash, the scheme', async () => {
    const { fields } = await token({
      manifest: { proxies: [proxy], impls: { [codeHash(1).slice(2)]: implementation } },
    });
    assert.deepEqual(fields['deployment'], { transactionHash: codeHash('proxy tx') });
    assert.deepEqual([fields['proxyKind'], fields['hashScheme']], ['uups', 'creation-nometa']);
    assert.deepEqual(valueAt(fields, '/source/transactions'), { [address('token')]: codeHash('code tx') });
    assert.deepEqual(valueAt(fields, '/source/fields/deployment'), {
      kind: 'openzeppelin',
      file: 'bsc-testnet.json',
      path: '/proxies/0/txHash',
    });
  });

  it('proves nothing of a hash that is not its own', async () => {
    const { fields } = await token({
      manifest: { proxies: [proxy], impls: { [codeHash(2).slice(2)]: implementation } },
    });
    assert.equal(fields['hashScheme'], undefined);
  });

  it('is reported where it does not know a contract, or says otherwise; what nobody has stays in it, named', async () => {
    const unknown = { ...proxy, address: address('history') };
    const { settled } = await token({
      manifest: { proxies: [unknown, { ...proxy, kind: 'beacon' }], impls: {} },
      leveldb: { proxyKind: 'uups' },
    });
    assert.deepEqual(
      aboutToken(settled).map(({ rule, file, path, kept, other }) => [rule, file, path, kept, other]),
      [
        ['manifest-unknown', '.openzeppelin/bsc-testnet.json', '/impls', address('token'), null],
        ['manifest-differs', '.openzeppelin/bsc-testnet.json', '/proxies/1/kind', 'uups', 'beacon'],
      ],
    );
    assert.deepEqual(
      settled.folded.filter(({ rule }) => rule === 'evidence-only').map(({ path }) => path),
      ['/proxies/0'],
    );
  });

  it('is passed over where it cannot be read or its name is no chain, ignored where nobody speaks of that', async () => {
    const openzeppelin = sourceFilesOf('.openzeppelin', {
      'bsc.json': { manifestVersion: '3.2', proxies: [], impls: {} },
      'bsc-testnet.json': 'no json',
      'what.json': { manifestVersion: '3.2', proxies: [], impls: {} },
    });
    const json = sourceFilesOf('old', { 'bsctestnet.json': v1File() });
    const { passedOver, ignored } = await consolidate(await stateWith(), { ...noSources, json, openzeppelin });
    assert.deepEqual(
      [passedOver, ignored].map((files) => files.map(({ file }) => file)),
      [['.openzeppelin/bsc-testnet.json', '.openzeppelin/what.json'], ['.openzeppelin/bsc.json']],
    );
  });
});

describe('what a consolidation reads', () => {
  it('is one network of each chain over all sources, however they spell it, and the spellings are reported', async () => {
    const entries = entriesOf({ '4242-A': contractValue('A', 4242, { networkName: 'alpha' }) });
    const json = sourceFilesOf('old', { 'beta.json': v1File({ network: 'beta', chainId: 4242 }) });
    const unified = sourceFilesOf('new', { 'gamma.unified.json': unifiedFile({ network: 'gamma', chainId: 4242 }) });
    const { networks, ambiguous } = await consolidate(await stateWith(), {
      ...noSources,
      leveldb: storeOf(entries),
      json,
      unified,
    });
    assert.deepEqual(
      networks.map(({ network, chainId }) => [network, chainId]),
      [['alpha', 4242]],
    );
    assert.deepEqual(
      ambiguous.map(({ rule, path, kept, other }) => [rule, path, kept, other]),
      [['network-spelling', '4242', 'alpha', { alpha: 1, beta: 1, gamma: 1 }]],
    );
  });

  it('are networks of their own for environments of a chain', async () => {
    const json = sourceFilesOf('old', { 'a.json': v1File(), 'b.json': v1File({ network: 'bsctestnet.staging' }) });
    const consolidation = await consolidate(await stateWith(), { ...noSources, json });
    assert.deepEqual(
      consolidation.networks.map(({ network }) => network),
      ['bsctestnet', 'bsctestnet.staging'],
    );
    const [, staging] = consolidation.networks;
    assert.ok(staging !== undefined);
    const { file } = await consolidation.settle(await stateWith(), staging);
    assert.equal(valueAt(file.root, '/environment'), 'staging');
  });

  it('never is the state of a deployment or a backup: they are evidence', async () => {
    const json = sourceFilesOf('old', { 'bsctestnet-1754.json': stateFile(v1File()), 'a.json': v1File() });
    const { ignored, networks } = await consolidate(await stateWith(), { ...noSources, json });
    assert.deepEqual(
      ignored.map(({ file }) => file),
      ['old/bsctestnet-1754.json'],
    );
    assert.equal(networks.length, 1);
  });

  it('has one id for the same content, another one for other content of any source', async () => {
    const entries = entriesOf({ '97-A': contractValue('A', 97), '97-B': contractValue('B', 97) });
    const all: MigrationSources = {
      leveldb: storeOf(entries),
      also: [{ path: 'july', content: storeOf(entries.slice(1)) }],
      json: sourceFilesOf('old', { 'a.json': v1File(), 'b.json': configFile() }),
      unified: sourceFilesOf('new', { 'bsctestnet.unified.json': unifiedFile({}) }),
      openzeppelin: sourceFilesOf('.openzeppelin', { 'bsc-testnet.json': { proxies: [], impls: {} } }),
    };
    const idOf = async (changes: Partial<MigrationSources>): Promise<string> =>
      (await consolidate(await stateWith(), { ...all, ...changes })).id;
    const own = await idOf({});
    assert.match(own, /^[0-9a-f]{12}$/);
    const laidOut = sourceFilesOf('elsewhere', { 'b.json': configFile(), 'a.json': JSON.stringify(v1File(), null, 4) });
    assert.equal(await idOf({ json: laidOut, leveldb: storeOf([...entries].reverse()) }), own);
    const others: Partial<MigrationSources>[] = [
      { leveldb: null },
      { leveldb: storeOf(entries.slice(1)) },
      { also: [] },
      { json: sourceFilesOf('old', { 'a.json': v1File({ deployer: address('x') }), 'b.json': configFile() }) },
      { unified: [] },
      { openzeppelin: [] },
    ];
    const ids = await Promise.all(others.map(idOf));
    assert.equal(new Set([own, ...ids]).size, others.length + 1);
  });
});

describe('a network that is here already', () => {
  it('keeps what no source knows, and is not changed by the same sources again', async () => {
    const there = {
      Old: { fields: { implementation: address('old'), note: 1 } },
      Token: { fields: { proxy: address('token proxy'), note: 'mine' } },
    };
    const base = await stateWith({
      'deployments/unified/bsctestnet.unified.json': networkText('bsctestnet', 97, there),
    });
    const sources = {
      ...noSources,
      json: sourceFilesOf('old', { 'v1.json': v1File(), 'enhanced.json': enhancedFile() }),
    };
    const [first] = await settleAll(await consolidate(base, sources), base);
    assert.ok(first !== undefined);
    assert.equal(first.isChanged, true);
    assert.equal(recordNamed(first.file, 'Token')?.fields['note'], 'mine');
    assert.equal(recordNamed(first.file, 'Old')?.fields['note'], 1);
    const after = await stateWith(stateOf([first]));
    const [again] = await settleAll(await consolidate(after, sources), after);
    assert.deepEqual([again?.isChanged, again?.changed, again?.unchanged], [false, [], first.changed.length]);
  });

  it('is replaced whole by its own file, where that is one of the sources, whatever is wrong with it', async () => {
    const text = JSON.stringify(
      unifiedFile({ contracts: { core: { Token: { address: address('token') } } } }),
      null,
      4,
    );
    const path = 'deployments/unified/bsctestnet.unified.json';
    const base = await stateWith({ [path]: text });
    const unified = sourceFilesOf('deployments/unified', { 'bsctestnet.unified.json': text });
    const settled = await settleAll(await consolidate(base, { ...noSources, unified }), base);
    assert.deepEqual(
      settled.map(({ isChanged, changed }) => [isChanged, changed]),
      [[true, ['Token']]],
    );
    assert.deepEqual(errorsOf(settled[0]?.file), []);
    const other = sourceFilesOf('new', { 'bsctestnet.unified.json': unifiedFile({}) });
    await assert.rejects(
      async () => settleAll(await consolidate(base, { ...noSources, unified: other }), base),
      (error) => error instanceof StateManagerError && error.code === 'STATE_INVALID',
    );
  });

  it('is refused where it is another chain', async () => {
    const consolidation = await consolidate(await stateWith(), {
      ...noSources,
      json: sourceFilesOf('old', { 'a.json': v1File() }),
    });
    const base = await stateWith({ 'deployments/unified/bsctestnet.unified.json': networkText('bsctestnet', 98, {}) });
    await assert.rejects(
      async () => settleAll(consolidation, base),
      (error) => error instanceof StateManagerError && error.code === 'CHAIN_ID_MISMATCH',
    );
  });

  it('takes part of an export that names many', async () => {
    const json = sourceFilesOf('old', { 'export.json': exportFile() });
    const settled = await settleAll(await consolidate(await stateWith(), { ...noSources, json }), await stateWith());
    assert.deepEqual(
      settled.map(({ network, changed }) => [network, changed]),
      [
        ['bscmainnet', ['Router']],
        ['bsctestnet', ['Token']],
      ],
    );
  });
});

describe('the real sources, all together', () => {
  it('carry every row of the acceptance table, settle both names of Sapphire, and change nothing again', async (t) => {
    const sources = await realSources();
    const table = sharedData('lookcoin', 'importer-acceptance.json');
    if (sources === null || table === null) {
      t.skip('shared data is not here');
      return;
    }
    const base = await stateWith();
    const consolidation = await consolidate(base, sources);
    const settled = await settleAll(consolidation, base);
    for (const { file } of settled) assert.deepEqual(errorsOf(file), []);
    const rows = JSON.parse(readFileSync(table, 'utf8')) as Row[];
    const carried = rows.filter((row) => !row.quarantine);
    for (const row of carried) {
      const file = settled.find(({ network }) => network === row.canonicalNetwork)?.file;
      const record = file === undefined ? null : recordNamed(file, row.canonicalName);
      assert.ok(record !== null, row.sourceKey);
      assert.equal(record.category, row.category, row.sourceKey);
      const contract = toContractType(record) as unknown as JsonObject;
      for (const [field, value] of Object.entries(row.mustCarry)) {
        assert.deepEqual(contract[field], value, `${row.sourceKey} ${field}`);
      }
      assert.equal(valueAt(record.fields, '/source/key'), row.sourceKey);
      assert.equal(typeof valueAt(record.fields, '/deployment/transactionHash'), 'string', row.sourceKey);
      assert.equal(contract['contractName'], row.sourceContractName);
    }
    assert.deepEqual([carried.length, rows.length - carried.length], [26, 2]);
    assert.equal(
      settled.reduce((sum, { file }) => sum + recordsOf(file).length, 0),
      26,
      'no twin of any',
    );
    assert.deepEqual(
      consolidation.rejects.map(({ key }) => key),
      rows.filter((row) => row.quarantine).map(({ sourceKey }) => sourceKey),
    );
    const recovered = settled.flatMap((network) => network.recovered);
    assert.deepEqual(
      recovered.map(({ network, field, file }) => [network, field, file]),
      Array(3).fill(['sapphiretestnet', 'deploymentArgs', '000072.ldb']),
    );
    assert.equal(
      settled.reduce((sum, { withoutArguments }) => sum + withoutArguments, 0),
      10,
    );
    const sapphire = consolidation.ambiguous.find(({ path }) => path === '23295');
    assert.deepEqual(
      [sapphire?.kept, sapphire?.other],
      ['sapphiretestnet', { sapphiremainnet: 3, sapphiretestnet: 1 }],
    );
    const rules = [...consolidation.ambiguous, ...settled.flatMap(({ ambiguous }) => ambiguous)].map(
      ({ rule }) => rule,
    );
    assert.deepEqual(counted(rules), {
      'args-empty': 1,
      'files-differ': 8,
      'name-qualified': 2,
      'network-spelling': 5,
    });
    const after = await stateWith(stateOf(settled));
    const again = await settleAll(await consolidate(after, sources), after);
    assert.deepEqual(
      again.map(({ isChanged, changed, unchanged }) => [isChanged, changed, unchanged]),
      settled.map(({ changed }) => [false, [], changed.length]),
    );
  });
});

type Row = {
  readonly sourceKey: string;
  readonly canonicalNetwork: string;
  readonly canonicalName: string;
  readonly category: string;
  readonly mustCarry: JsonObject;
  readonly sourceContractName: string;
  readonly quarantine: boolean;
};

/** `Token` of the samples, as the given sources leave it. */
async function token(given: {
  readonly leveldb?: object;
  readonly v1?: JsonObject;
  readonly unified?: JsonObject;
  readonly manifest?: JsonObject;
}): Promise<{ readonly fields: JsonObject; readonly settled: ConsolidatedNetwork }> {
  const value = contractValue('Token', 97, {
    address: address('token'),
    proxyAddress: address('token proxy'),
    implementationHash: codeHash(1),
    factoryByteCodeHash: codeHash(1),
    deploymentArgs: [1],
    ...given.leveldb,
  });
  const { unified = {}, v1, manifest } = given;
  const isHome = (field: string): boolean => field === 'proxy' || field === 'implementation';
  const own = Object.entries({ proxy: address('token proxy'), ...unified });
  const file = unifiedFile({
    contracts: { core: { Token: Object.fromEntries(own.filter(([field]) => isHome(field))) } },
    extended_Token: Object.fromEntries(own.filter(([field]) => !isHome(field))),
  });
  const settled = await only({
    leveldb: storeOf(entriesOf({ '97-Token': value })),
    json: v1 === undefined ? [] : sourceFilesOf('old', { 'bsctestnet.json': v1 }),
    unified: given.unified === undefined ? [] : sourceFilesOf('new', { 'bsctestnet.unified.json': file }),
    openzeppelin: manifest === undefined ? [] : sourceFilesOf('.openzeppelin', { 'bsc-testnet.json': manifest }),
  });
  assert.deepEqual(errorsOf(settled.file), []);
  const fields = Object.entries(recordNamed(settled.file, 'Token')?.fields ?? {});
  return { fields: Object.fromEntries(fields.filter(([field]) => field !== 'checksum')), settled };
}

/** Of the one network that the sources speak of. */
async function only(sources: Partial<MigrationSources>): Promise<ConsolidatedNetwork> {
  const base = await stateWith();
  const settled = await settleAll(await consolidate(base, { ...noSources, ...sources }), base);
  const [first, ...others] = settled;
  assert.ok(first !== undefined && others.length === 0);
  return first;
}

function unifiedFile(more: JsonObject): JsonObject {
  return {
    schemaVersion: '3.0.0',
    fileVersion: 1,
    network: 'bsctestnet',
    chainId: 97,
    metadata: {},
    contracts: { core: {} },
    configuration: {},
    topology: {},
    ...more,
  };
}

function aboutToken({ ambiguous }: ConsolidatedNetwork): ConsolidatedNetwork['ambiguous'] {
  return ambiguous.filter(({ rule }) => rule !== 'name-qualified');
}

function errorsOf(file: ConsolidatedNetwork['file'] | undefined): unknown[] {
  if (file === undefined) return ['there is no file'];
  const path = `deployments/unified/${file.network}.unified.json`;
  const findings = inspectFile({ path, mode: '100644', bytes: Buffer.from(networkFileText(file)) });
  return findings.filter(({ severity }) => severity === 'error');
}

function counted(rules: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const rule of rules) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return Object.fromEntries([...counts].sort());
}
