import { equalJson } from '../equal.js';
import { isObject, type Json, type JsonObject, member } from '../json.js';
import type { LegacyRecord } from '../legacy/legacy-record.js';
import { mergeFields } from '../legacy/merge-fields.js';
import { type NextRecord, sameContent } from '../legacy/next-record.js';
import { mergeSectionChecksums } from '../merge/merge-section-checksums.js';
import { otherNames, sourceContractName } from '../model/lookup.js';
import { type NetworkFile, recordNamed, recordsOf } from '../model/network-file.js';
import { remainderOf, withRemainder } from '../model/remainder.js';
import { isTaggedBigint } from '../values/bigint.js';
import type { FoldedFile } from './fold.js';
import { recordAside } from './fold-log.js';
import type { FoldSource } from './fold-source.js';

/** The records of a folded file as those of a source, for a network that has a file here. */
export function foldedRecords({ file, origins }: FoldedFile, source: FoldSource): LegacyRecord[] {
  return recordsOf(file).flatMap(({ name, chainId, fields }) => {
    const origin = origins.get(name);
    if (origin === undefined) return [];
    const { key, raw, value } = recordAside(source, origin.entryPath, origin.extendedPath, '');
    return [{ key, raw: Buffer.from(raw), value, chainId, network: null, spelling: null, contractName: name, fields }];
  });
}

/** What a folded record makes of the one that is there: it replaces, what it does not know stays, aliases are a set. */
export function nextFolded(folded: NetworkFile): NextRecord {
  return (file, existing, record, name) => {
    const category = existing?.category ?? recordNamed(folded, record.contractName)?.category ?? 'core';
    const merged = mergeFields(existing?.fields ?? {}, record.fields);
    // Under which names it was known here, and what the source calls it: it must be found by all of them again.
    const names = [...(existing === undefined ? [] : otherNames(existing)), ...otherNames(record), record.contractName];
    const fields = withNames(calledBefore(merged, record.contractName, name), name, names);
    const next = { network: file.network, chainId: file.chainId, category, name, fields };
    return { record: next, changed: existing === undefined || !sameContent(existing.fields, fields) };
  };
}

/** The file with the sections of both, those of the folded file where both say something; records stay as they are. */
export function mergeSections(existing: NetworkFile, folded: NetworkFile): NetworkFile {
  const before = remainderOf(existing);
  const own = ['schemaVersion', 'fileVersion', 'network', 'chainId'];
  const said = Object.entries(remainderOf(folded)).filter(([key]) => !own.includes(key) || !Object.hasOwn(before, key));
  const merged = withRemainder(existing, merge(before, Object.fromEntries(said)));
  return mergeSectionChecksums(merged, { base: undefined, ours: existing, theirs: folded }).file;
}

function calledBefore(fields: JsonObject, contractName: string, name: string): JsonObject {
  if (contractName === name || sourceContractName(fields) !== undefined) return fields;
  const source = member(fields, 'source');
  return { ...fields, source: { ...(isObject(source) ? source : {}), contractName } };
}

function withNames(fields: JsonObject, name: string, names: readonly string[]): JsonObject {
  const own = [name, sourceContractName(fields)];
  const kept = [...new Set(names)].filter((alias) => !own.includes(alias)).sort();
  const rest = Object.entries(fields).filter(([field]) => field !== 'aliases');
  return Object.fromEntries<Json>(kept.length === 0 ? rest : [...rest, ['aliases', kept]]);
}

function merge(before: JsonObject, said: JsonObject): JsonObject {
  const merged = new Map(Object.entries(before));
  for (const [key, value] of Object.entries(said)) {
    const there = merged.get(key);
    merged.set(
      key,
      there !== undefined && areSections(there, value) ? merge(there as JsonObject, value as JsonObject) : value,
    );
  }
  return Object.fromEntries(merged);
}

/** A bigint is a value, not an object of two members. */
function areSections(a: Json, b: Json): boolean {
  return isObject(a) && isObject(b) && !isTaggedBigint(a) && !isTaggedBigint(b) && !equalJson(a, b);
}
