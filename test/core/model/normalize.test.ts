import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Json, JsonObject } from '../../../src/core/json.js';
import { hasErrors } from '../../../src/core/finding.js';
import { inspectFile } from '../../../src/core/inspect/inspect.js';
import { recordPreimage } from '../../../src/core/model/checksum.js';
import { recordsOf } from '../../../src/core/model/network-file.js';
import { normalizeFile } from '../../../src/core/model/normalize.js';
import { sealFile } from '../../../src/core/model/seal.js';
import { canonicalize } from '../../../src/core/text/canonical.js';
import { shuffled, validRoot } from './arbitrary-network-file.js';

const inspected = (text: string) =>
  inspectFile({
    path: 'deployments/unified/examplenet.unified.json',
    mode: '100644',
    bytes: new TextEncoder().encode(text),
  });

const upper = '0x7842539CE6B6D2051BEBC7CCF7E3E61F4765998F';
const eip55 = '0x7842539CE6B6d2051BEbC7CCF7e3e61f4765998F';

describe('normal form', () => {
  it('moves fields home, drops equal copies and empty categories, and sets case', () => {
    const root = {
      contracts: { core: { T: { timestamp: 5, implementation: upper, note: upper } }, empty: {} },
      extended_T: { timestamp: 5, implementationHash: `0x${'AB'.repeat(32)}` },
    };
    assert.deepEqual(normalizeFile(root), {
      contracts: { core: { T: { implementation: eip55 } } },
      extended_T: { timestamp: 5, implementationHash: `0x${'ab'.repeat(32)}`, note: upper },
    });
  });

  it('decides no conflict, moves no reserved name, adopts no orphan', () => {
    const root = {
      contracts: {
        core: { T: { implementation: eip55, timestamp: 1, name: 'x' } },
        legacy: { Old: { currentName: 'T' } },
      },
      extended_T: { timestamp: 2 },
      extended_Old: { timestamp: 3 },
      extended_Gone: { proxy: upper },
    };
    assert.deepEqual(normalizeFile(root), root);
  });

  it('leaves what it does not understand', () => {
    for (const contracts of [5, [], { core: 5 }, { core: { T: [] } }, { core: {} }] as Json[]) {
      assert.deepEqual(normalizeFile({ contracts, extended_T: 'x' }), { contracts, extended_T: 'x' });
    }
    assert.deepEqual(normalizeFile({}), {});
  });

  it('never touches addresses in arguments, sections and unknown fields', () => {
    const root = {
      configuration: { proxy: upper },
      contracts: { core: { T: { implementation: eip55 } } },
      extended_T: { deploymentArgs: [upper], note: { implementation: upper } },
    };
    assert.deepEqual(normalizeFile(root), root);
  });
});

describe('sealing', () => {
  it('lists what changed and is idempotent', () => {
    const root = {
      network: 'n',
      chainId: 1,
      contracts: { core: { T: { implementation: eip55 } } },
      extended_T: { checksum: 'sha256:00' },
    };
    const once = sealFile(root);
    assert.deepEqual(
      once.sealed.map(({ category, name, before }) => [category, name, before]),
      [['core', 'T', 'sha256:00']],
    );
    const twice = sealFile(once.root);
    assert.deepEqual(twice, { root: once.root, sealed: [], sections: [] });
  });

  it('leaves records whose fields are undecided, and files that do not say where they are', () => {
    const conflict = {
      network: 'n',
      chainId: 1,
      contracts: { core: { T: { implementation: eip55, timestamp: 1 }, U: { proxy: eip55, address: 'x' } } },
      extended_T: { timestamp: 2 },
    };
    assert.deepEqual(sealFile(conflict), { root: conflict, sealed: [], sections: [] });
    const nowhere = { contracts: { core: { T: { implementation: eip55 } } } };
    assert.deepEqual(sealFile(nowhere).sealed, []);
  });

  it('renews full section checksums, and no others', () => {
    const old = `sha256:${'0'.repeat(64)}`;
    const checksums = { topology: old, metadata: '45f234821a877218', contracts: old, nowhere: old, network: old };
    const { root, sections } = sealFile({
      network: 'n',
      chainId: 1,
      topology: {},
      metadata: {},
      contracts: {},
      verification: { a: 1, dataIntegrity: { b: 2, checksums } },
    });
    assert.deepEqual(
      sections.map(({ key, before }) => [key, before]),
      [['topology', old]],
    );
    assert.deepEqual(root['verification'], {
      a: 1,
      dataIntegrity: { b: 2, checksums: { ...checksums, topology: sections[0]?.after } },
    });
  });
});

describe('laws of fmt and seal', () => {
  const fileOf = (root: JsonObject) => ({ network: 'examplenet', chainId: Number(root['chainId']), root });

  it('valid files have no finding', () => {
    fc.assert(
      fc.property(validRoot, (root) => {
        assert.deepEqual(inspected(canonicalize(root)), []);
      }),
    );
  });

  it('fmt changes no checksum input, is idempotent, and undoes every repairable finding', () => {
    fc.assert(
      fc.property(
        validRoot,
        fc.array(damage, { minLength: 1, maxLength: 4 }),
        fc.nat(),
        fc.constantFrom(undefined, 1, '\t'),
        (valid, damages, seed, space) => {
          const damaged = shuffled(
            damages.reduce<JsonObject>((root, hurt) => hurt(root), valid),
            seed,
          ) as JsonObject;
          const before = recordsOf(fileOf(damaged)).map(recordPreimage);
          const formatted = normalizeFile(damaged);
          assert.deepEqual(recordsOf(fileOf(formatted)).map(recordPreimage), before);
          assert.equal(canonicalize(normalizeFile(formatted)), canonicalize(formatted));
          assert.equal(canonicalize(formatted), canonicalize(valid));
          for (const finding of inspected(JSON.stringify(damaged, null, space))) {
            assert.ok(
              [
                'text-canonical',
                'category-empty',
                'field-misplaced',
                'field-twice',
                'address-case',
                'hash-case',
              ].includes(finding.rule),
              finding.rule,
            );
          }
        },
      ),
    );
  });

  it('seal after any edit of values is idempotent and leaves no error about checksums', () => {
    fc.assert(
      fc.property(validRoot, fc.nat(), (valid, chainId) => {
        const edited = { ...valid, chainId: chainId + 1 };
        const { root } = sealFile(edited);
        assert.deepEqual(inspected(canonicalize(root)), []);
        assert.equal(canonicalize(sealFile(root).root), canonicalize(root));
        const records = recordsOf(fileOf(valid)).length;
        assert.equal(hasErrors(inspected(canonicalize(edited))), edited.chainId !== valid['chainId'] && records > 0);
      }),
    );
  });
});

type Damage = (root: JsonObject) => JsonObject;

/** What a hand or a tool may do to a file that fmt undoes. */
const damage: fc.Arbitrary<Damage> = fc.constantFrom<Damage>(
  (root) => ({ ...root, contracts: { ...(root['contracts'] as JsonObject), spare: {} } }),
  (root) => mapRecords(root, (entry, extended) => [recased(entry, 'toLowerCase'), extended]),
  (root) => mapRecords(root, (entry, extended) => [recased(entry, 'toUpperCase'), extended]),
  (root) => mapRecords(root, (entry, extended) => [entry, recased(extended, 'toUpperCase')]),
  (root) =>
    mapRecords(root, (entry, extended) => (isWhole(entry) ? [{ ...extended, ...entry }, {}] : [entry, extended])),
  (root) => mapRecords(root, (entry, extended) => [{ ...extended, ...entry }, extended]),
  (root) => mapRecords(root, (entry, extended) => [entry, { ...extended, ...entry }]),
);

function isWhole(entry: JsonObject): boolean {
  return Object.keys(entry).every((field) => field === 'proxy' || field === 'implementation');
}

function recased(object: JsonObject, how: 'toLowerCase' | 'toUpperCase'): JsonObject {
  const cased = ['proxy', 'implementation', 'factoryByteCodeHash', 'implementationHash'];
  return Object.fromEntries(
    Object.entries(object).map(([field, value]) => [
      field,
      cased.includes(field) && typeof value === 'string' ? `0x${value.slice(2)[how]()}` : value,
    ]),
  );
}

function mapRecords(
  root: JsonObject,
  change: (entry: JsonObject, extended: JsonObject) => [JsonObject, JsonObject],
): JsonObject {
  const members = new Map(Object.entries(root));
  const contracts = Object.entries(root['contracts'] as JsonObject).map(([category, entries]): [string, Json] => [
    category,
    Object.fromEntries(
      Object.entries(entries as JsonObject).map(([name, entry]) => {
        const [nextEntry, nextExtended] = change(entry as JsonObject, members.get(`extended_${name}`) as JsonObject);
        members.set(`extended_${name}`, nextExtended);
        return [name, nextEntry];
      }),
    ),
  ]);
  return { ...Object.fromEntries(members), contracts: Object.fromEntries(contracts) };
}
