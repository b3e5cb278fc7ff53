import fc from 'fast-check';
import { isObject, type Json, type JsonObject, member } from '../../src/core/json.js';
import type { ThreeTexts } from '../../src/core/merge/merged-file.js';
import { sealRecord, sectionChecksum } from '../../src/core/model/checksum.js';
import {
  type NetworkFile,
  networkFileText,
  recordsOf,
  withoutRecord,
  withRecord,
} from '../../src/core/model/network-file.js';
import { address, arbitraryFile, arbitraryRecord, hash } from './arbitrary-state.js';

export const mergedPath = 'deployments/unified/examplenet.unified.json';

type Edit = (file: NetworkFile) => NetworkFile;

/** How an edit of a record leaves its checksum: as a write does, as a careless hand does, or without one. */
const seals = fc.constantFrom('renewed', 'renewed', 'renewed', 'renewed', 'renewed', 'renewed', 'stale', 'none');
const which = fc.nat({ max: 4 });

/** Three texts of one network file: a base, and two lists of edits of it; sometimes a side is absent or refused. */
export function arbitraryMerge(): fc.Arbitrary<ThreeTexts> {
  const edits = fc.array(arbitraryEdit(), { maxLength: 4 });
  const fate = fc.integer({ min: 0, max: 59 });
  return fc
    .tuple(fc.tuple(arbitraryFile(), edits), edits, edits, edits, fc.tuple(fate, fate, fate))
    .map(([[start, early], both, mine, other, [a, b, c]]) => {
      const base = applied(start, early);
      const common = applied(base, both.slice(2));
      return {
        base: textOf(a === 2 ? common : base, a),
        ours: textOf(applied(common, mine), b),
        theirs: textOf(applied(common, other), c),
      };
    });
}

function textOf(file: NetworkFile, fate: number): Uint8Array | null {
  if (fate === 0) return null;
  return Buffer.from(fate === 1 ? `<<<<<<< HEAD\n${networkFileText(file)}` : networkFileText(file));
}

function applied(file: NetworkFile, edits: readonly Edit[]): NetworkFile {
  return edits.reduce((edited, edit) => edit(edited), file);
}

function arbitraryEdit(): fc.Arbitrary<Edit> {
  return fc.oneof(
    {
      weight: 4,
      arbitrary: arbitraryRecord().map(
        (record): Edit =>
          (file) =>
            withRecord(file, record),
      ),
    },
    {
      weight: 2,
      arbitrary: which.map(
        (at): Edit =>
          (file) =>
            withoutRecord(file, nameAt(file, at)),
      ),
    },
    {
      weight: 10,
      arbitrary: fc.tuple(which, fc.array(fieldEdit(), { minLength: 1, maxLength: 2 }), seals).map(edited),
    },
    { weight: 1, arbitrary: fc.tuple(which, fc.constantFrom('core', 'protocol', 'legacy')).map(moved) },
    { weight: 4, arbitrary: sectionEdit() },
    {
      weight: 1,
      arbitrary: fc.boolean().map(
        (isOld): Edit =>
          (file) =>
            sectionsSealed(file, isOld),
      ),
    },
  );
}

type FieldEdit = readonly [field: string, value: Json | undefined];

function fieldEdit(): fc.Arbitrary<FieldEdit> {
  const of = (field: string, ...values: readonly (Json | undefined)[]) =>
    fc.constantFrom(...values).map((value): FieldEdit => [field, value]);
  return fc.oneof(
    of('implementation', address(0), address(1), address(2), address(3)),
    of('implementationHash', hash(1), hash(2), hash(3), undefined),
    of('timestamp', 1754079530058, 1754079530059),
    of('proxy', address(4), address(5)),
    of('deploymentArgs', [], [1], [2], undefined),
    of('firstDeployedAt', 1754079520000, 1754079520001, undefined),
    of('aliases', ['A'], ['A', 'B'], ['B', 'C'], ['C', 'D'], undefined),
    of('artifact', 'a.sol:A', 'c.sol:C', undefined),
    of('source', { kind: 'leveldb' }, { kind: 'foundry', commit: 'c' }),
    of('upgrades', [], [{ implementation: address(1), timestamp: 1 }]),
    of('observed', { blockNumber: 3 }, { blockNumber: 4, timestamp: 1 }),
    of('note', 'y', { deep: [2] }, null, undefined),
    of('toString', 1, 2),
    of('aliases', 'text', ['A', 5]),
    of('firstDeployedAt', 'soon'),
  );
}

function edited([at, fields, seal]: readonly [number, readonly FieldEdit[], string]): Edit {
  return (file) => {
    const record = recordsOf(file)[at];
    if (record === undefined) return file;
    const changed = fields.reduce((all, [field, value]) => withMember(all, field, value), record.fields);
    const addressed = Object.hasOwn(changed, 'proxy') || Object.hasOwn(changed, 'implementation');
    const next = { ...record, fields: addressed ? changed : record.fields };
    if (seal === 'renewed') return withRecord(file, sealRecord(next));
    return withRecord(
      file,
      seal === 'stale' ? next : { ...next, fields: withMember(next.fields, 'checksum', undefined) },
    );
  };
}

function moved([at, category]: readonly [number, string]): Edit {
  return (file) => {
    const record = recordsOf(file)[at];
    return record === undefined ? file : withRecord(file, sealRecord({ ...record, category }));
  };
}

function sectionEdit(): fc.Arbitrary<Edit> {
  const values = fc.constantFrom<Json | undefined>(1, 2, [1], [1, 2], { c: 1 }, { c: 2, d: 1 }, { d: null }, undefined);
  const places = fc.constantFrom('a', 'b', 'c', 'toString');
  return fc
    .tuple(fc.constantFrom('configuration', 'topology', 'x-own'), places, values, fc.integer({ min: 0, max: 9 }))
    .map(
      ([key, name, value, care]): Edit =>
        (file) => {
          const section = member(file.root, key);
          const changed = withMember(isObject(section) ? section : {}, name, value);
          const next = { ...file, root: { ...file.root, [key]: changed } };
          return care === 0 || !Object.hasOwn(checksumsOf(file), key) ? next : sealed(next, key);
        },
    );
}

/** Full checksums of two sections, or one of the old form that nobody can recompute. */
function sectionsSealed(file: NetworkFile, isOld: boolean): NetworkFile {
  if (isOld) return withChecksum(file, 'configuration', '0123456789abcdef');
  return sealed(sealed(file, 'configuration'), 'topology');
}

function sealed(file: NetworkFile, section: string): NetworkFile {
  const value = member(file.root, section);
  if (value === undefined) return file;
  const { network, chainId } = file;
  return withChecksum(file, section, sectionChecksum({ network, chainId, section, value }));
}

function withChecksum(file: NetworkFile, section: string, checksum: string): NetworkFile {
  const checksums = { ...checksumsOf(file), [section]: checksum };
  return { ...file, root: { ...file.root, verification: { dataIntegrity: { checksums } } } };
}

function checksumsOf(file: NetworkFile): JsonObject {
  const path = ['verification', 'dataIntegrity', 'checksums'];
  const found = path.reduce<Json | undefined>(
    (value, key) => (isObject(value) ? member(value, key) : undefined),
    file.root,
  );
  return isObject(found) ? found : {};
}

function nameAt(file: NetworkFile, at: number): string {
  return recordsOf(file)[at]?.name ?? '';
}

function withMember(object: JsonObject, key: string, value: Json | undefined): JsonObject {
  const others = Object.entries(object).filter(([name]) => name !== key);
  return Object.fromEntries(value === undefined ? others : [...others, [key, value]]);
}
