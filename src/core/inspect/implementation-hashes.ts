import { isObject, type Json, type JsonObject, member } from '../json.js';
import { objectMembers, type PlacedRecord, unionOf } from '../model/placed-record.js';
import { pointer } from '../text/pointer.js';
import { type Complaint, shownValue } from './complaint.js';

/** Hashes under `verification.implementationHashes`, which belong in the records (FORMAT §7). Keys that name no record are unknown data. */
export function inspectImplementationHashes(root: JsonObject, records: readonly PlacedRecord[]): Complaint[] {
  const verification = member(root, 'verification');
  const hashes = isObject(verification) ? objectMembers(member(verification, 'implementationHashes')) : [];
  if (hashes.length === 0) return [];
  const byName = namesOf(records);
  return hashes.flatMap(([name, hash]) => {
    const record = byName.get(name);
    const path = pointer('verification', 'implementationHashes', name);
    return record === undefined ? [] : [{ path, contract: record.name, ...compare(record, hash) }];
  });
}

function compare(record: PlacedRecord, hash: Json): { rule: string; message: string } {
  const own = unionOf(record).get('implementationHash')?.value;
  const { name } = record;
  const there = 'verification.implementationHashes';
  if (own === undefined)
    return {
      rule: 'hash-misplaced',
      message: `${name} has no implementationHash, ${there} has ${shownValue(hash)} for it`,
    };
  if (foldCase(own) === foldCase(hash))
    return { rule: 'hash-twice', message: `${name} has its implementationHash in ${there} too` };
  return {
    rule: 'hash-conflict',
    message: `${name} has the implementationHash ${shownValue(own)}, ${there} says ${shownValue(hash)}`,
  };
}

function namesOf(records: readonly PlacedRecord[]): ReadonlyMap<string, PlacedRecord> {
  const names = new Map<string, PlacedRecord>();
  for (const record of records) {
    const union = unionOf(record);
    const aliases = union.get('aliases')?.value;
    const source = union.get('source')?.value;
    const others = [
      ...(Array.isArray(aliases) ? (aliases as readonly Json[]) : []),
      isObject(source) ? member(source, 'contractName') : undefined,
    ];
    for (const other of others) if (typeof other === 'string' && !names.has(other)) names.set(other, record);
  }
  for (const record of records) names.set(record.name, record);
  return names;
}

function foldCase(value: Json): Json {
  return typeof value === 'string' ? value.toLowerCase() : value;
}
