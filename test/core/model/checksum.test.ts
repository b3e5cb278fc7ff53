import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Json, JsonObject } from '../../../src/core/json.js';
import { recordChecksum, recordPreimage, sealRecord, sectionChecksum } from '../../../src/core/model/checksum.js';
import { normalizeFile } from '../../../src/core/model/normalize.js';
import { recordsOf } from '../../../src/core/model/network-file.js';
import { sealFile } from '../../../src/core/model/seal.js';
import { canonicalize } from '../../../src/core/text/canonical.js';
import { rfc8785 } from '../../../src/core/text/rfc8785.js';
import { sharedData } from '../../support/shared-data.js';
import { shuffled, validRoot } from './arbitrary-network-file.js';

type Vector = {
  name: string;
  input: JsonObject;
  canonical: string;
  records: Record<string, { preimage: string; checksum: string }>;
  sections?: Record<string, string>;
};

const fileOf = (root: JsonObject) => ({ network: root['network'] as string, chainId: Number(root['chainId']), root });

describe('the shared vectors of records', () => {
  const file = sharedData('format-vectors', 'records.json');
  const vectors = file === null ? [] : (JSON.parse(readFileSync(file, 'utf8')) as { vectors: Vector[] }).vectors;

  it('are all here', (t) => {
    if (file === null) {
      t.skip('shared data is not here');
      return;
    }
    assert.ok(vectors.length >= 18);
  });

  for (const vector of vectors) {
    it(`${vector.name}: preimage, checksum, canonical text`, () => {
      const records = recordsOf(fileOf(normalizeFile(vector.input)));
      assert.deepEqual(records.map(({ name }) => name).sort(), Object.keys(vector.records).sort());
      for (const record of records) {
        assert.equal(recordPreimage(record), vector.records[record.name]?.preimage);
        assert.equal(recordChecksum(record), vector.records[record.name]?.checksum);
      }
      const { root, sections, sealed } = sealFile(vector.input);
      assert.equal(canonicalize(root), vector.canonical);
      assert.deepEqual(Object.fromEntries(sections.map(({ key, after }) => [key, after])), vector.sections ?? {});
      assert.deepEqual(
        sealed.map(({ name, before }) => [name, before]),
        records.map(({ name }) => [name, null]),
      );
    });
  }
});

describe('RFC 8785', () => {
  const folder = sharedData('corpora', 'rfc8785', 'testdata');
  it('is what the corpus of its author says', (t) => {
    if (folder === null) {
      t.skip('shared data is not here');
      return;
    }
    const names = readdirSync(join(folder, 'input'));
    assert.equal(names.length, 6);
    for (const name of names) {
      const value = JSON.parse(readFileSync(join(folder, 'input', name), 'utf8')) as Json;
      assert.equal(rfc8785(value), readFileSync(join(folder, 'output', name), 'utf8'), name);
    }
  });
});

describe('checksums', () => {
  const record = {
    network: 'examplenet',
    chainId: 1,
    category: 'core',
    name: 'Token',
    fields: { implementation: '0x7842539CE6B6d2051BEbC7CCF7e3e61f4765998F', timestamp: 5, note: [null] },
  };

  it('change with every field and with the place, not with the checksum itself', () => {
    const own = recordChecksum(record);
    assert.equal(recordChecksum(sealRecord(record)), own);
    assert.equal(
      recordChecksum({
        ...record,
        fields: { ...record.fields, implementation: record.fields.implementation.toLowerCase() },
      }),
      own,
    );
    for (const other of [
      { network: 'n' },
      { chainId: 2 },
      { category: 'c' },
      { name: 'N' },
      { fields: { ...record.fields, note: [] } },
    ]) {
      assert.notEqual(recordChecksum({ ...record, ...other }), own);
    }
  });

  it('of sections cover network, chain id and key', () => {
    const section = { network: 'n', chainId: 1, section: 'topology', value: {} };
    const own = sectionChecksum(section);
    assert.match(own, /^sha256:[0-9a-f]{64}$/);
    for (const other of [{ network: 'm' }, { chainId: 2 }, { section: 'metadata' }, { value: { a: 1 } }]) {
      assert.notEqual(sectionChecksum({ ...section, ...other }), own);
    }
  });

  it('do not depend on key order or on which object holds a field', () => {
    fc.assert(
      fc.property(validRoot, fc.nat(), (root, seed) => {
        const expected = recordsOf(fileOf(root)).map(recordChecksum);
        assert.deepEqual(recordsOf(fileOf(shuffled(root, seed) as JsonObject)).map(recordChecksum), expected);
        assert.deepEqual(recordsOf(fileOf(elsewhere(root, seed))).map(recordChecksum), expected);
      }),
    );
  });
});

/** Every field in the wrong object. */
function elsewhere(root: JsonObject, seed: number): JsonObject {
  const members = new Map(Object.entries(root));
  const contracts = Object.entries(root['contracts'] as JsonObject).map(([category, entries]): [string, Json] => [
    category,
    Object.fromEntries(
      Object.entries(entries as JsonObject).map(([name, entry]): [string, Json] => {
        const extended = members.get(`extended_${name}`) as JsonObject;
        if (seed % 2 === 0) members.set(`extended_${name}`, entry);
        else members.delete(`extended_${name}`);
        return [name, seed % 2 === 0 ? extended : { ...(entry as JsonObject), ...extended }];
      }),
    ),
  ]);
  return { ...Object.fromEntries(members), contracts: Object.fromEntries(contracts) };
}
