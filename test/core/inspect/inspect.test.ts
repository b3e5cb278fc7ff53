import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { inspectFile, inspectTree, lostChecksums } from '../../../src/core/inspect/inspect.js';
import { quarantineId } from '../../../src/core/inspect/quarantine.js';
import type { Json, JsonObject } from '../../../src/core/json.js';
import { sealFile } from '../../../src/core/model/seal.js';
import { canonicalize } from '../../../src/core/text/canonical.js';
import { shuffled, validRoot } from '../model/arbitrary-network-file.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const path = 'deployments/unified/examplenet.unified.json';
const inspected = (root: JsonObject, mode = '100644') => inspectFile({ path, mode, bytes: bytes(canonicalize(root)) });
const rulesAndPaths = (root: JsonObject) => inspected(root).map(({ rule, path: at }) => [rule, at]);

const first = '0x7842539CE6B6d2051BEbC7CCF7e3e61f4765998F';
const second = '0x15D6b732A0328A2Dd925bec8359F1e4936e1F5FB';

/** A sealed file with these records; fields by name. */
function fileWith(records: Record<string, JsonObject>, more: JsonObject = {}): JsonObject {
  const entries = Object.keys(records).map((name): [string, Json] => [name, { implementation: first }]);
  const extended = Object.entries(records).map(([name, fields]): [string, Json] => [`extended_${name}`, fields]);
  return sealFile({
    schemaVersion: '3.0.0',
    fileVersion: 1,
    network: 'examplenet',
    chainId: 4242,
    metadata: {},
    configuration: {},
    topology: {},
    contracts: { core: Object.fromEntries(entries) },
    ...Object.fromEntries(extended),
    ...more,
  }).root;
}

describe('inspecting one file', () => {
  it('finds nothing in a sealed file, and says who and where when it does', () => {
    assert.deepEqual(inspected(fileWith({ Token: {} })), []);
    const [finding] = inspected({ ...fileWith({ Token: {} }), chainId: 1 });
    assert.deepEqual(
      { ...finding, message: '' },
      {
        rule: 'checksum-mismatch',
        severity: 'error',
        network: 'examplenet',
        contract: 'Token',
        file: path,
        line: 12,
        column: 17,
        path: '/extended_Token/checksum',
        message: '',
        hint: `meant it?  stateroot seal ${path}, git add, commit again\ndid not?   git restore -SW ${path}`,
      },
    );
  });

  it('wants a plain file, and says nothing about what a link holds', () => {
    assert.deepEqual(
      inspected(fileWith({}), '100755').map(({ rule }) => rule),
      ['file-mode'],
    );
    assert.deepEqual(
      inspectFile({ path, mode: '120000', bytes: bytes('elsewhere') }).map(({ rule }) => rule),
      ['file-mode'],
    );
    assert.deepEqual(
      inspectFile({ path, mode: '100755', bytes: bytes('{') }).map(({ rule }) => rule),
      ['file-mode', 'json-syntax'],
    );
  });

  it('keeps aliases, contract names and record names apart', () => {
    const clash = (records: Record<string, JsonObject>) => rulesAndPaths(fileWith(records));
    assert.deepEqual(clash({ A: { aliases: ['B', 'C'] }, D: { source: { contractName: 'x/D.sol:D' } } }), []);
    assert.deepEqual(clash({ A: { aliases: ['X'] }, B: { aliases: ['X'] } }), [
      ['alias-clash', '/extended_B/aliases/0'],
    ]);
    assert.deepEqual(clash({ A: { aliases: ['x:B'] }, B: { source: { contractName: 'x:B' } } }), [
      ['alias-clash', '/extended_B/source/contractName'],
    ]);
    assert.deepEqual(clash({ A: { source: { contractName: 'A' } } }), [
      ['alias-clash', '/extended_A/source/contractName'],
    ]);
    assert.deepEqual(clash({ A: { aliases: ['A'] } }), [['alias-order', '/extended_A/aliases']]);
    assert.deepEqual(clash({ A: { aliases: ['x:A'], source: { contractName: 'x:A' } } }), [
      ['alias-order', '/extended_A/aliases'],
    ]);
    assert.deepEqual(clash({ A: { aliases: ['B', 'B'] } }), [['alias-order', '/extended_A/aliases']]);
    assert.deepEqual(clash({ A: { aliases: [] } }), [['field-type', '/extended_A/aliases']]);
    assert.deepEqual(clash({ A: { aliases: ['a b'] } }), [['field-type', '/extended_A/aliases/0']]);
    assert.deepEqual(clash({ A: { aliases: ['constructor'] } }), [['field-type', '/extended_A/aliases/0']]);
  });

  it('judges a field where it stands, even outside its home', () => {
    const root = fileWith({ Token: {} });
    const misplaced = {
      ...root,
      contracts: { core: { Token: { implementation: first, hashScheme: 5, timestamp: null } } },
    };
    assert.deepEqual(rulesAndPaths(misplaced), [
      ['field-misplaced', '/contracts/core/Token/hashScheme'],
      ['field-type', '/contracts/core/Token/hashScheme'],
      ['field-misplaced', '/contracts/core/Token/timestamp'],
      ['field-null', '/contracts/core/Token/timestamp'],
      ['checksum-mismatch', '/extended_Token/checksum'],
    ]);
  });

  it('judges the second entry of a name by its addresses only', () => {
    const root = fileWith({ Token: {} });
    const twice = {
      ...root,
      contracts: { core: { Token: { implementation: first } }, other: { Token: { proxy: '0x1' } } },
    };
    assert.deepEqual(rulesAndPaths(twice), [
      ['record-duplicate', '/contracts/other/Token'],
      ['address-format', '/contracts/other/Token/proxy'],
    ]);
  });

  it('accepts copies that differ in case only as one field', () => {
    const root = fileWith({ Token: {} });
    const extended = root['extended_Token'] as JsonObject;
    assert.deepEqual(rulesAndPaths({ ...root, extended_Token: { ...extended, implementation: first.toLowerCase() } }), [
      ['field-twice', '/extended_Token/implementation'],
    ]);
    assert.deepEqual(rulesAndPaths({ ...root, extended_Token: { ...extended, implementation: second } }), [
      ['field-conflict', '/extended_Token/implementation'],
    ]);
  });

  it('reports sections, extended objects and checksums of the wrong type once', () => {
    const root = fileWith({ Token: {} });
    assert.deepEqual(
      rulesAndPaths({
        ...root,
        extended_Token: [],
        fileVersion: -1,
        verification: 5,
        operations: null,
        networkTier: 3,
      }),
      [
        ['section-type', '/extended_Token'],
        ['section-type', '/fileVersion'],
        ['section-type', '/networkTier'],
        ['section-type', '/operations'],
        ['section-type', '/verification'],
      ],
    );
    assert.deepEqual(rulesAndPaths({ ...root, contracts: { core: [], x: 5 } }), [
      ['section-type', '/contracts/core'],
      ['section-type', '/contracts/x'],
      ['extended-orphan', '/extended_Token'],
    ]);
  });

  it('finds malformed bigints anywhere, and only where _type says bigint', () => {
    const values = [
      { _type: 'bigint', _value: '-0' },
      { _type: 'bigint' },
      { _type: 'other' },
      { _type: 'bigint', _value: '0' },
    ];
    assert.deepEqual(
      inspected(fileWith({}, { 'x-note': values })).map(({ path: at }) => at),
      ['/x-note/0', '/x-note/1'],
    );
  });

  it('puts file names that need it in quotes', () => {
    const [finding] = inspectFile({
      path: "it's here/deployments/unified/examplenet.unified.json",
      mode: '100644',
      bytes: bytes(`\u{feff}${canonicalize(fileWith({ Token: {} }))}`),
    });
    assert.match(finding?.hint ?? '', /'it'\\''s here\/deployments/);
  });

  it('finds the same in any order of keys, but for places', () => {
    fc.assert(
      fc.property(validRoot, fc.nat(), (root, seed) => {
        const broken = { ...root, chainId: 'x', configuration: { a: { _type: 'bigint' } } };
        const rules = (value: JsonObject) =>
          inspectFile({ path, mode: '100644', bytes: bytes(JSON.stringify(value)) })
            .map(({ rule, path: at }) => `${rule} ${at}`)
            .sort();
        assert.deepEqual(rules(shuffled(broken, seed) as JsonObject), rules(broken));
      }),
    );
  });

  it('never throws, whatever a file holds', () => {
    const anyMember = fc.tuple(
      fc.constantFrom(
        'contracts',
        'verification',
        'extended_T',
        'network',
        'chainId',
        'schemaVersion',
        '$schema',
        'environment',
      ),
      fc.oneof(
        fc.jsonValue(),
        fc.constantFrom<Json>(
          { core: { T: {} } },
          { core: { T: { proxy: null, implementation: null } } },
          { legacy: { T: { currentName: 5 } } },
          '3.0.0',
          '3.1.0',
          { implementationHashes: { T: 1 }, dataIntegrity: { checksums: { a: 'sha256:1' } } },
          { aliases: [1, null], source: [], checksum: 'x' },
        ),
      ),
    );
    fc.assert(
      fc.property(fc.array(anyMember, { maxLength: 8 }), (members) => {
        const text = JSON.stringify({ schemaVersion: '3.0.0', ...Object.fromEntries(members) });
        const findings = inspectFile({ path, mode: '100644', bytes: bytes(text) });
        assert.ok(findings.length > 0);
        for (const { line, column } of findings) assert.ok((line ?? 0) >= 1 && (column ?? 0) >= 1);
      }),
    );
  });
});

describe('inspecting a state root', () => {
  const item = { key: '1-T', reason: 'address-format', source: 'leveldb', raw: '{}' };
  const quarantine = (records: JsonObject) => canonicalize({ schemaVersion: '3.0.0', records });
  const tree = (files: Record<string, string>, root = '') =>
    inspectTree(
      Object.entries(files).map(([at, text]) => ({ path: at, mode: '100644', bytes: bytes(text) })),
      root,
    ).map(({ file, rule, path: at }) => [file, rule, at]);

  it('judges network files, quarantine and configuration of that root only', () => {
    const files = {
      'deployments/unified/a.unified.json': '[]',
      'deployments/unified/a.unified.json.backup': '[]',
      'deployments/quarantine/1.json': quarantine({ [quarantineId(item)]: item }),
      'deployments/quarantine/2.json': '{"records":{},"schemaVersion":"3.0.0"}',
      'stateroot.config.json': '{ "networks": [] }',
      'packages/x/deployments/unified/b.unified.json': '{}',
      'packages/x/stateroot.config.json': '{"networks": 5, "x-own": 1, "other": 1}',
    };
    assert.deepEqual(tree(files), [
      ['deployments/quarantine/2.json', 'text-canonical', ''],
      ['deployments/unified/a.unified.json', 'json-root', ''],
    ]);
    assert.deepEqual(tree(files, 'packages/x'), [
      ['packages/x/deployments/unified/b.unified.json', 'schema-version', '/schemaVersion'],
      ['packages/x/stateroot.config.json', 'config-form', '/networks'],
      ['packages/x/stateroot.config.json', 'config-form', '/other'],
    ]);
  });

  it('wants plain files, and says how to get one', () => {
    const links = ['stateroot.config.json', 'deployments/quarantine/1.json', 'deployments/unified/a.unified.json'];
    for (const at of [...links, 'deployments/unified']) {
      for (const mode of ['120000', '160000']) {
        const found = inspectTree([{ path: at, mode, bytes: bytes('{}') }], '');
        assert.deepEqual(
          found.map(({ rule, file }) => [rule, file]),
          [['file-mode', at]],
        );
        assert.match(found[0]?.hint ?? '', /^git rm --cached /);
      }
    }
    const executable = inspectTree([{ path: links[2] ?? '', mode: '100755', bytes: bytes('[]') }], '');
    assert.match(executable.find(({ rule }) => rule === 'file-mode')?.hint ?? '', /--chmod=-x/);
  });

  it('wants each quarantined item whole, and under the id of its content', () => {
    const of = (records: JsonObject) => tree({ 'deployments/quarantine/1.json': quarantine(records) });
    const id = quarantineId(item);
    assert.deepEqual(of({ [id]: { ...item, raw: 'edited' } }), [
      ['deployments/quarantine/1.json', 'quarantine-form', `/records/${id}`],
    ]);
    const both = { ...item, rawBase64: 'AA==' };
    assert.notDeepEqual(of({ [quarantineId(both)]: both }), []);
    const neither = { key: 'k', reason: 'r', source: 's' };
    assert.notDeepEqual(of({ [quarantineId(neither)]: neither }), []);
    assert.deepEqual(tree({ 'deployments/quarantine/1.json': '{' }), [
      ['deployments/quarantine/1.json', 'json-syntax', ''],
    ]);
  });
});

describe('losing a checksum', () => {
  it('is found against the base, with the place where it should be', () => {
    const base = fileWith({ Token: {}, Other: {} });
    const head = { ...base, extended_Token: {} };
    const file = (root: JsonObject) => ({ network: 'examplenet', chainId: 4242, root });
    const [finding, ...rest] = lostChecksums(file(base), file(head), path, canonicalize(head));
    assert.deepEqual(rest, []);
    assert.deepEqual(
      [finding?.rule, finding?.severity, finding?.path, finding?.line, finding?.column],
      ['checksum-lost', 'error', '/extended_Token/checksum', 17, 21],
    );
    assert.deepEqual(lostChecksums(file(head), file(head), path), []);
    assert.equal(lostChecksums(file(base), file(head), path)[0]?.line, undefined);
  });
});
