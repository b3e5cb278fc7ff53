import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { consolidate } from '../../../src/commands/migration/consolidate.js';
import type { ConsolidatedNetwork, Consolidation } from '../../../src/commands/migration/consolidation.js';
import { equalJson } from '../../../src/core/equal.js';
import { readFoldSource } from '../../../src/core/fold/fold-source.js';
import { inspectFile } from '../../../src/core/inspect/inspect.js';
import { isObject, type Json, type JsonObject, member } from '../../../src/core/json.js';
import { shortName } from '../../../src/core/model/names.js';
import { networkFileText } from '../../../src/core/model/network-file.js';
import { pointer, segments } from '../../../src/core/text/pointer.js';
import { valueAt } from '../../../src/core/text/value-at.js';
import type { SourceFile } from '../../../src/ports/source-files.js';
import { accountFor, homesOf, leavesOf, type Leaf } from '../../support/account-for.js';
import { address, codeHash } from '../../support/deployments.js';
import { entriesOf } from '../../support/leveldb-store.js';
import {
  noSources,
  realSources,
  settleAll,
  sourceFilesOf,
  stateOf,
  stateWith,
  storeOf,
} from '../../support/migration-sources.js';
import { configFile, enhancedFile, v1File } from '../../support/older-files.js';
import { strange } from '../../support/strange-json.js';

let DEBUG = '';
process.on('exit', () => writeFileSync('/tmp/debug.json', DEBUG));
describe('no value of any source', () => {
  it('is dropped: each is in a network file, or named in the report', async () => {
    await fc.assert(
      fc.asyncProperty(contradicting, async (given) => {
        const base = await stateWith();
        const sources = {
          ...noSources,
          leveldb: storeOf(entriesOf(given.entries)),
          json: sourceFilesOf('old', {
            'v1.json': given.v1,
            'config.json': given.config,
            'enhanced.json': given.enhanced,
          }),
          unified: sourceFilesOf('new', {
            'bsctestnet.unified.json': given.unified,
            'other.unified.json': given.other,
          }),
          openzeppelin: sourceFilesOf('oz', { 'bsc-testnet.json': given.manifest }),
        };
        const consolidation = await consolidate(base, sources);
        const settled = await settleAll(consolidation, base);
        const report = reportOf(consolidation, settled);
        DEBUG = JSON.stringify([
          given,
          settled.map((n) => [
            n.file.root,
            n.ambiguous,
            n.rejects.map((r) => [r.key, r.reason, r.file, r.value]),
            n.folded,
          ]),
        ]);
        for (const { file } of settled) assert.deepEqual(errorsOf(file), []);
        for (const [key, value] of Object.entries(given.entries)) assert.deepEqual(lostOfEntry(key, value, report), []);
        for (const [at, form] of (['v1', 'config', 'enhanced'] as const).entries()) {
          assert.deepEqual(lostOfOlder(sources.json[at], form, report), [], form);
        }
        for (const file of sources.unified) assert.deepEqual(lostOfUnified(file, report), [], file.name);
        for (const file of sources.openzeppelin) assert.deepEqual(lostOfManifest(file, report), []);
        const after = await stateWith(stateOf(settled));
        const again = await settleAll(await consolidate(after, sources), after);
        assert.deepEqual(
          again.map(({ isChanged, changed }) => [isChanged, changed]),
          settled.map(() => [false, []]),
          'the same sources again change nothing',
        );
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });

  it('of the real ones is dropped', async (t) => {
    const sources = await realSources();
    if (sources === null) {
      t.skip('shared data is not here');
      return;
    }
    const base = await stateWith();
    const consolidation = await consolidate(base, sources);
    const report = reportOf(consolidation, await settleAll(consolidation, base));
    for (const { key, value } of sources.leveldb?.entries ?? []) {
      const [name, read] = [Buffer.from(key).toString(), JSON.parse(Buffer.from(value).toString()) as JsonObject];
      assert.deepEqual(lostOfEntry(name, read, report), []);
    }
    for (const file of sources.json) {
      assert.deepEqual(lostOfOlder(file, file.name.startsWith('config-') ? 'config' : 'v1', report), [], file.name);
    }
    for (const file of sources.unified) assert.deepEqual(lostOfUnified(file, report), [], file.name);
    for (const file of sources.openzeppelin) assert.deepEqual(lostOfManifest(file, report), [], file.name);
  });
});

/** Made of few names, addresses and hashes, so that sources speak of the same things and contradict each other. */
const anAddress = fc.constantFrom('token proxy', 'token', 'router proxy', 'router', 'lz proxy', 'other').map(address);
const aHash = fc.constantFrom(1, 2, 3).map(codeHash);
const names = ['Token', 'CelerIMModule', 'Router', 'contracts/xchain/Router.sol:Router', 'a/b.sol:Token', 'FeeManager'];
const fieldsOfRecord = {
  factoryByteCodeHash: aHash,
  implementationHash: aHash,
  deploymentArgs: fc.constantFrom<Json>([], [1], ['a', { b: null }]),
  timestamp: fc.constantFrom(1754079530056, 1754079530999, 1754079530001),
  note: fc.constantFrom<Json>(null, 'mine', { deep: [1] }),
  hashScheme: fc.constantFrom('creation-nometa', 'runtime-nometa'),
  proxyKind: fc.constantFrom('uups', 'beacon'),
};
const entry = fc.record(
  {
    networkName: fc.constantFrom('bsctestnet', 'bscTestnet', 'BSC Testnet'),
    address: anAddress,
    proxyAddress: anAddress,
    ...fieldsOfRecord,
  },
  { requiredKeys: ['address'], noNullPrototype: true },
);
const entries = fc
  .dictionary(fc.constantFrom(...names), entry, { maxKeys: 5, noNullPrototype: true })
  .map((all) =>
    Object.fromEntries(
      Object.entries(all).map(([name, value]) => [
        `97-${name}`,
        { contractName: name, chainId: 97, ...value } as JsonObject,
      ]),
    ),
  );
const unified = fc
  .tuple(
    fc.dictionary(
      fc.constantFrom(...names),
      fc.record({ proxy: anAddress, implementation: anAddress }, { requiredKeys: ['proxy'], noNullPrototype: true }),
      { maxKeys: 4, noNullPrototype: true },
    ),
    fc.dictionary(
      fc.constantFrom(...names),
      fc.record(
        { ...fieldsOfRecord, source: fc.constantFrom<Json>({ kind: 'hand' }, { contractName: 'x.sol:Old' }) },
        { requiredKeys: [], noNullPrototype: true },
      ),
      { maxKeys: 4, noNullPrototype: true },
    ),
    fc.constantFrom('core', 'protocol', 'other'),
    fc.constantFrom(1, 4),
  )
  .map(([contracts, extended, category, fileVersion]): JsonObject => {
    const { schemaVersion, ...enhanced } = enhancedFile({ verification: {}, performance: {}, legacy: {} });
    assert.equal(schemaVersion, '2.0.0');
    return {
      ...enhanced,
      schemaVersion: '3.0.0',
      fileVersion,
      contracts: { core: {}, [category]: contracts },
      ...Object.fromEntries(Object.entries(extended).map(([name, value]) => [`extended_${name}`, value])),
    };
  })
  .chain((root) => strange(root));
const manifest = fc
  .tuple(
    fc.array(fc.record({ address: anAddress, txHash: aHash, kind: fc.constantFrom('uups', 'beacon') }), {
      maxLength: 3,
    }),
    fc.dictionary(
      aHash.map((hash) => hash.slice(2)),
      fc.record({ address: anAddress, txHash: aHash }),
      { maxKeys: 3, noNullPrototype: true },
    ),
  )
  .map(([proxies, impls]) => ({ manifestVersion: '3.2', proxies, impls }) as unknown as JsonObject);
const contradicting = fc.record({
  entries,
  v1: strange(v1File()),
  config: strange(configFile()),
  enhanced: strange(enhancedFile()),
  unified,
  other: unified,
  manifest,
});

type Report = {
  readonly data: Parameters<typeof accountFor>[2];
  readonly roots: readonly JsonObject[];
};

/** In the shape of an import's answer. What is of no file is of the file ''. */
function reportOf({ rejects, ambiguous }: Consolidation, settled: readonly ConsolidatedNetwork[]): Report {
  const all = [...rejects, ...settled.flatMap((network) => network.rejects)];
  return {
    data: {
      branch: null,
      commits: [],
      imported: [],
      unchanged: 0,
      quarantined: all.map(({ key, reason, value, file = '' }) => ({ key, reason, value, file })),
      recovered: [],
      folded: settled.flatMap((network) => network.folded),
      ambiguous: [...ambiguous, ...settled.flatMap((network) => network.ambiguous)].map((one) => ({
        file: '',
        ...one,
      })),
    },
    roots: settled.map(({ file }) => file.root),
  };
}

function lostOfOlder(
  file: SourceFile | undefined,
  form: Parameters<typeof homesOf>[0],
  { data, roots }: Report,
): Leaf[] {
  if (file === undefined) return [{ path: '', value: 'no such file' }];
  const inUpgrades = (path: string, root: JsonObject): readonly string[] => [...homesOf(form)(path, root)];
  return accountFor(file.path, leavesIn(file), data, roots, inUpgrades).lost;
}

function leavesIn({ bytes }: SourceFile): Leaf[] {
  const read = readFoldSource(bytes);
  assert.ok(read.ok);
  return leavesOf(read.source.root);
}

function lostOfUnified(file: SourceFile, { data, roots }: Report): Leaf[] {
  // Checksums of ours are derived, and what is empty says nothing of a contract.
  const leaves = leavesIn(file).filter(({ path, value }) => {
    const isEmptyRecord = isObject(value) && /^\/(contracts|extended_)/.test(path) && Object.keys(value).length === 0;
    return !isEmptyRecord && (typeof value !== 'string' || !value.startsWith('sha256:'));
  });
  const { lost } = accountFor(file.path, leaves, data, roots, unifiedHomes);
  // What is wrong about a record as a whole names its entry; its extended object goes with it.
  const statements = data.folded.filter((one) => one.file === file.path && one.rule === 'legacy-alias');
  return lost.filter(({ path, value }) => {
    if (statements.some((one) => path.startsWith(`${one.path}/`))) return false;
    const [first = '', ...below] = segments(path);
    const name = first.slice('extended_'.length);
    return (
      !data.quarantined.some((one) => {
        const isEntry = one.file === file.path && first.startsWith('extended_') && segments(one.key)[2] === name;
        const extended = isEntry && isObject(one.value) ? member(one.value, 'extended') : undefined;
        return extended !== undefined && equalJson(valueAt(extended, pointer(...below)), value);
      }) && !isInEntry(path, value, data, file.path)
    );
  });
}

/** An entry that was set aside whole is repeated under `entry`. */
function isInEntry(path: string, value: Json, { quarantined }: Report['data'], file: string): boolean {
  return quarantined.some((one) => {
    const isBelow = one.file === file && (path === one.key || path.startsWith(`${one.key}/`));
    const own = isBelow && isObject(one.value) ? member(one.value, 'entry') : undefined;
    return own !== undefined && equalJson(valueAt(own, path.slice(one.key.length)), value);
  });
}

function unifiedHomes(path: string, root: JsonObject): string[] {
  const [first = '', , third = '', ...rest] = segments(path);
  const isExtended = first.startsWith('extended_');
  if (!isExtended && first !== 'contracts') return [path];
  const name = isExtended ? first.slice('extended_'.length) : third;
  const field = isExtended ? segments(path).slice(1) : rest;
  const views = new Map([
    ['address', 'implementation'],
    ['proxyAddress', 'proxy'],
  ]);
  const categories = Object.keys(objectAt(root, '/contracts'));
  return calledLike(name, root).flatMap((own) => [
    pointer(`extended_${own}`, ...field),
    ...(['networkName', 'contractName'].includes(field[0] ?? '')
      ? [pointer(`extended_${own}`, 'source', ...field)]
      : []),
    ...aliasPlaces(own, field, root),
    ...categories.flatMap((category) => [
      pointer('contracts', category, own, ...field),
      pointer('contracts', category, own, views.get(field[0] ?? '') ?? field[0] ?? ''),
      // A proxy that is its own implementation is a plain contract.
      ...(field.length === 1 ? [pointer('contracts', category, own, 'implementation')] : []),
    ]),
  ]);
}

/** Names are a set: the contract name of one source may be an alias of another's. */
function aliasPlaces(own: string, field: readonly string[], root: JsonObject): string[] {
  const isName =
    field[0] === 'aliases' || field[0] === 'contractName' || (field[0] === 'source' && field[1] === 'contractName');
  const aliases = valueAt(root, pointer(`extended_${own}`, 'aliases'));
  if (!isName) return [];
  const items = Array.isArray(aliases) ? (aliases as readonly Json[]) : [];
  return [
    pointer(`extended_${own}`, 'source', 'contractName'),
    ...items.map((_, at) => pointer(`extended_${own}`, 'aliases', at)),
  ];
}

function calledLike(name: string, root: JsonObject): string[] {
  const all = Object.keys(root)
    .filter((key) => key.startsWith('extended_'))
    .map((key) => key.slice('extended_'.length));
  return all.filter((other) => {
    const aliases = valueAt(root, pointer(`extended_${other}`, 'aliases'));
    return (
      shortName(other) === shortName(name) || (Array.isArray(aliases) && (aliases as readonly Json[]).includes(name))
    );
  });
}

function lostOfEntry(key: string, value: JsonObject, { data, roots }: Report): Leaf[] {
  const isSetAside = data.quarantined.some((one) => one.file === '' && one.key === key && equalJson(one.value, value));
  if (isSetAside) return [];
  return leavesOf(value).filter(({ path, value: leaf }) => {
    const [field = '', ...rest] = segments(path);
    if (leaf === null || leaf === '' || field === 'chainId') return false;
    if (field === 'contractName' && roots.some((root) => isOwnName(key, leaf, root))) return false;
    const isOther = data.ambiguous.some(
      (one) => one.path === [key, field].join('/') && equalJson(valueAt({ [field]: one.other }, path), leaf),
    );
    if (isOther) return false;
    const isTold = data.folded.some((one) => {
      const to = one.path === [key, field].join('/') ? one.to : undefined;
      return to !== undefined && roots.some((root) => equalJson(valueAt(root, to + pointer(...rest)), leaf));
    });
    return (
      !isTold &&
      !roots.some((root) =>
        entryHomes(key, field, root).some((home) => isSame(valueAt(root, home + pointer(...rest)), leaf)),
      )
    );
  });
}

function isOwnName(key: string, name: Json, root: JsonObject): boolean {
  const owners = Object.keys(root).filter((own) => {
    const aliases = valueAt(root, pointer(own, 'aliases'));
    return Array.isArray(aliases) && (aliases as readonly Json[]).includes(name);
  });
  if (owners.length > 0) return true;
  return valueAt(root, `${pointer(`extended_${String(name)}`)}/source/key`) === key;
}

/** A record says which entry it is of. */
function entryHomes(key: string, field: string, root: JsonObject): string[] {
  const categories = Object.keys(objectAt(root, '/contracts'));
  return Object.keys(root).flatMap((own) => {
    const name = own.slice('extended_'.length);
    // Of two entries of one contract the other one is named as its source.
    const isOwn = valueAt(root, `${pointer(own)}/source/key`) === key || shortName(name) === shortName(key.slice(3));
    if (!isOwn) return [];
    const entries = categories.map((category) => pointer('contracts', category, name));
    if (field === 'networkName') return ['/network', pointer(own, 'source', 'networkName')];
    if (field === 'contractName') return [pointer(own, 'source', 'contractName')];
    if (field === 'address' || field === 'proxyAddress')
      return entries.flatMap((at) => [`${at}/proxy`, `${at}/implementation`]);
    return [pointer(own, field)];
  });
}

function lostOfManifest(file: SourceFile, { data, roots }: Report): Leaf[] {
  const text = roots.map((root) => JSON.stringify(root)).join() + JSON.stringify(data.ambiguous);
  return leavesIn(file).filter(({ path, value }) => {
    const [list = '', at = '', field = ''] = segments(path);
    const isEntry = (list === 'proxies' || list === 'impls') && ['address', 'txHash', 'kind'].includes(field);
    const isNamed = data.folded.some((one) => one.file === file.path && one.path === pointer(list, at));
    return isEntry && !isNamed && !text.toLowerCase().includes(String(value).toLowerCase());
  });
}

function isSame(a: Json | undefined, b: Json): boolean {
  return typeof a === 'string' && typeof b === 'string' ? a.toLowerCase() === b.toLowerCase() : equalJson(a, b);
}

function objectAt(root: JsonObject, path: string): JsonObject {
  const value = valueAt(root, path);
  return isObject(value) ? value : {};
}

function errorsOf({ root, network, chainId }: ConsolidatedNetwork['file']): unknown[] {
  const bytes = Buffer.from(networkFileText({ root, network, chainId }));
  const findings = inspectFile({ path: `deployments/unified/${network}.unified.json`, mode: '100644', bytes });
  return findings.filter(({ severity }) => severity === 'error');
}
