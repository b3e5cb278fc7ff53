import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspectFile, inspectTree, lostChecksums } from '../../../src/core/inspect/inspect.js';
import { rules } from '../../../src/core/inspect/rules.js';
import { isObject, type Json, type JsonObject } from '../../../src/core/json.js';
import { blendFindings } from '../../../src/core/merge/blend.js';
import { parseNetworkFile } from '../../../src/core/model/network-file.js';
import { sealFile } from '../../../src/core/model/seal.js';
import { canonicalize } from '../../../src/core/text/canonical.js';
import { segments } from '../../../src/core/text/pointer.js';

const path = 'deployments/unified/examplenet.unified.json';
const address = '0x7842539CE6B6d2051BEbC7CCF7e3e61f4765998F';
const other = '0x15D6b732A0328A2Dd925bec8359F1e4936e1F5FB';
const hash = `0x${'a'.repeat(64)}`;

/** Each rule with files that break it; they may break others too. */
const examples: Readonly<Record<string, readonly (() => string[])[]>> = {
  'text-size': [() => found(new Uint8Array(67_108_865))],
  'text-encoding': [() => found(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x7d))],
  'json-conflict': [() => foundIn(sealed().replace('{\n', '{\n<<<<<<< HEAD\n'))],
  'json-syntax': [
    () => foundIn(''),
    () => foundIn('{ // no\n}'),
    () => foundIn('{"a":1,}'),
    () => foundIn('{"a":"\t"}'),
  ],
  'json-root': [
    () => foundBeside('stateroot.config.json', []),
    () => foundIn('[]'),
    () => foundIn('null'),
    () => foundIn('"{}"'),
  ],
  'json-depth': [() => foundIn(nested(64)), () => foundIn(nested(5000))],
  'json-key': [() => foundIn('{"__proto__":{}}'), () => foundIn('{"a":[{"\\u005f_proto__":1}]}')],
  'json-duplicate-key': [() => foundIn('{"a":1,"\\u0061":1}')],
  'json-surrogate': [() => foundIn('{"a":"\\ud800"}'), () => foundIn('{"\\udc00":1}')],
  'json-number': [
    () => foundIn('{"a":9007199254740993}'),
    () => foundIn('{"a":-0}'),
    () => foundIn('{"a":1e400}'),
    () => foundIn('{"a":0.1000000000000000055}'),
  ],
  'schema-version': [() => edited({ '/schemaVersion': '2.0.0' }), () => edited({ '/schemaVersion': undefined })],
  'schema-newer': [() => edited({ '/schemaVersion': '3.1.0' })],
  'text-canonical': [() => foundIn(`\u{feff}${sealed()}`), () => foundIn(sealed().replaceAll('\n', '\r\n'))],
  'file-mode': [
    () => inTree('deployments/unified', '120000'),
    () => foundIn(sealed(), '100755'),
    () => foundIn('x', '120000'),
    () => foundIn('x', '160000'),
  ],
  'section-missing': [() => edited({ '/topology': undefined }), () => edited({ '/contracts': undefined })],
  'section-type': [
    () => edited({ '/metadata': [] }),
    () => edited({ '/contracts/core': 5 }),
    () => edited({ '/$schema': 'https://example.org/x' }),
  ],
  'network-name': [
    () => inTree('deployments/Unified/examplenet.unified.json', '100644'),
    () => named('con'),
    () => named('Upper'),
    () => named('a.backup'),
    () => named(''),
    () => named(5),
  ],
  'network-file': [() => edited({ '/network': 'elsewhere' })],
  'environment-name': [() => edited({ '/environment': 'No' }), () => edited({ '/environment': 5 })],
  'chain-id': [() => edited({ '/chainId': 0 }), () => edited({ '/chainId': '1' }), () => edited({ '/chainId': 1.5 })],
  'category-name': [() => edited({ '/contracts/Core': { B: { implementation: address } } })],
  'category-empty': [() => edited({ '/contracts/more': {} })],
  'record-type': [() => edited({ '/contracts/core/Token': 5 })],
  'record-name': [
    () => edited({ '/contracts/core/': { implementation: address } }),
    () => edited({ '/contracts/core/a b': { implementation: address } }),
    () => edited({ '/contracts/core/constructor': { implementation: address } }),
    () => edited({ '/contracts/core/a~1..~1b': { implementation: address } }),
    () => edited({ [`/contracts/core/${other}`]: { implementation: address } }),
    () => edited({ [`/contracts/core/${'x'.repeat(201)}`]: { implementation: address } }),
  ],
  'record-duplicate': [() => edited({ '/contracts/more': { Token: { implementation: address } } })],
  'record-address': [() => edited({ '/contracts/core/Token': {} })],
  'extended-orphan': [() => edited({ '/extended_Nobody': {} })],
  'field-misplaced': [
    () => edited({ '/contracts/core/Token/note': 1 }),
    () => edited({ '/extended_Token/proxy': other }),
  ],
  'field-twice': [() => edited({ '/extended_Token/implementation': address })],
  'field-conflict': [() => edited({ '/extended_Token/implementation': other })],
  'field-reserved': [() => edited({ '/extended_Token/chainId': 1 })],
  'field-null': [
    () => edited({ '/extended_Token/timestamp': null }),
    () => edited({ '/extended_Token/checksum': null }),
  ],
  'field-type': [() => edited({ '/extended_Token/artifact': 5 }), () => edited({ '/extended_Token/aliases': [5] })],
  'address-format': [() => edited({ [token]: '0x12' }), () => edited({ [token]: 5 })],
  'address-hash': [() => edited({ [token]: hash })],
  'address-zero': [() => edited({ [token]: `0x${'0'.repeat(40)}` })],
  'address-case': [() => edited({ [token]: address.toLowerCase() })],
  'address-checksum': [() => edited({ [token]: address.replace('78425', '78426') })],
  'address-same': [() => edited({ '/contracts/core/Token/proxy': address })],
  'hash-format': [() => edited({ '/extended_Token/implementationHash': 'pending' })],
  'hash-case': [() => edited({ '/extended_Token/implementationHash': hash.toUpperCase().replace('0X', '0x') })],
  'hash-twice': [() => hashes(hash)],
  'hash-misplaced': [() => edited({ '/verification': { implementationHashes: { Token: hash } } })],
  'hash-conflict': [() => hashes(`0x${'b'.repeat(64)}`)],
  'timestamp-range': [
    () => edited({ '/extended_Token/timestamp': -1 }),
    () => edited({ '/extended_Token/timestamp': 1.5 }),
    () => edited({ '/extended_Token/firstDeployedAt': 100_000_000_000_000 }),
    () => edited({ '/extended_Token/timestamp': '1755000000000' }),
  ],
  'timestamp-unit': [() => edited({ '/extended_Token/timestamp': 1_755_000_000 })],
  'bigint-form': [() => edited({ '/metadata/limits': [{ _type: 'bigint', _value: '007' }] })],
  'alias-order': [
    () => edited({ '/extended_Token/aliases': ['b', 'a'] }),
    () => edited({ '/extended_Token/aliases': ['Token'] }),
  ],
  'alias-clash': [
    () => edited({ '/contracts/core/B': { implementation: other }, '/extended_B': { aliases: ['Token'] } }),
    () => edited({ '/extended_Token/source': { contractName: 'Token' } }),
  ],
  'legacy-alias': [() => edited({ '/contracts/legacy': { Old: { currentName: 'Token' } } })],
  'checksum-missing': [() => edited({ '/extended_Token/checksum': undefined })],
  'checksum-form': [
    () => edited({ '/extended_Token/checksum': 'sha256:00' }),
    () => edited({ '/extended_Token/checksum': 7 }),
  ],
  'checksum-algorithm': [() => edited({ '/extended_Token/checksum': `md5:${'0'.repeat(32)}` })],
  'checksum-mismatch': [() => edited({ '/extended_Token/note': 'changed' })],
  'checksum-lost': [() => lost()],
  'merge-blend': [() => blended()],
  'section-checksum-scope': [() => section('contracts'), () => section('chainId'), () => section('extended_Token')],
  'section-checksum-mismatch': [() => edited({ '/verification': integrity('metadata') })],
  'section-checksum-legacy': [
    () => edited({ '/verification': { dataIntegrity: { checksums: { metadata: '0123456789abcdef' } } } }),
  ],
  'quarantine-form': [
    () => foundBeside('deployments/quarantine/1.json', { schemaVersion: '3.0.0', records: [] }),
    () =>
      foundBeside('deployments/quarantine/1.json', {
        schemaVersion: '3.0.0',
        records: { '0123456789abcdef': { key: 'k', reason: 'r', source: 'leveldb', raw: 'x' } },
      }),
  ],
  'config-form': [() => foundBeside('stateroot.config.json', { networks: 5 })],
};

describe('every rule', () => {
  it('has an example, and every example a rule', () => {
    assert.deepEqual(Object.keys(examples).sort(), rules.map(({ id }) => id).sort());
  });

  it('is silent about a sealed file', () => {
    assert.deepEqual(foundIn(sealed()), []);
  });

  for (const [rule, files] of Object.entries(examples)) {
    it(`${rule} is found in ${files.length === 1 ? 'its example' : `its ${files.length} examples`}`, () => {
      for (const [index, rulesFound] of files.entries()) assert.ok(rulesFound().includes(rule), `example ${index + 1}`);
    });
  }
});

const token = '/contracts/core/Token/implementation';

function sealed(): string {
  return canonicalize(sealFile(root()).root);
}

function root(): JsonObject {
  return {
    schemaVersion: '3.0.0',
    fileVersion: 1,
    network: 'examplenet',
    chainId: 4242,
    metadata: {},
    configuration: {},
    topology: {},
    contracts: { core: { Token: { implementation: address } } },
    extended_Token: {},
  };
}

function found(bytes: Uint8Array, mode = '100644'): string[] {
  return inspectFile({ path, mode, bytes }).map(({ rule }) => rule);
}

function foundIn(text: string, mode?: string): string[] {
  return found(new TextEncoder().encode(text), mode);
}

function foundBeside(file: string, value: Json): string[] {
  return inTree(file, '100644', canonicalize(value));
}

function inTree(file: string, mode: string, text = 'x'): string[] {
  return inspectTree([{ path: file, mode, bytes: new TextEncoder().encode(text) }], '').map(({ rule }) => rule);
}

/** The sealed file with members set, or taken out. */
function edited(edits: Readonly<Record<string, Json | undefined>>): string[] {
  const value = Object.entries(edits).reduce<JsonObject>(
    (before, [at, to]) => withMember(before, segments(at), to),
    sealFile(root()).root,
  );
  return foundIn(canonicalize(value));
}

function withMember(value: JsonObject, [key = '', ...deeper]: readonly string[], to: Json | undefined): JsonObject {
  const inner = Object.hasOwn(value, key) ? value[key] : {};
  const changed = deeper.length === 0 ? to : withMember(isObject(inner) ? inner : {}, deeper, to);
  const rest = Object.entries(value).filter(([name]) => name !== key);
  return Object.fromEntries(changed === undefined ? rest : [...rest, [key, changed]]);
}

function nested(depth: number): string {
  return `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`;
}

function named(network: Json): string[] {
  return edited({ '/network': network });
}

function hashes(text: string): string[] {
  return edited({
    '/extended_Token/implementationHash': hash,
    '/verification': { implementationHashes: { Token: text } },
  });
}

function integrity(key: string): JsonObject {
  return { dataIntegrity: { checksums: { [key]: `sha256:${'0'.repeat(64)}` } } };
}

function section(key: string): string[] {
  return edited({ '/verification': integrity(key) });
}

/** A merge commit with the text of one side, which is not even JSON. */
function blended(): string[] {
  const [base, other] = [sealed(), sealed()].map((text) => Buffer.from(text));
  const parents = [base ?? null, other ?? null];
  return blendFindings({ path, bases: [base ?? null], parents, committed: Buffer.from('{') }).map(({ rule }) => rule);
}

function lost(): string[] {
  const head = canonicalize(root());
  return lostChecksums(parsed(sealed()), parsed(head), path, head).map(({ rule }) => rule);
}

function parsed(text: string) {
  const read = parseNetworkFile(new TextEncoder().encode(text));
  assert.ok(read.ok);
  return read.file;
}
