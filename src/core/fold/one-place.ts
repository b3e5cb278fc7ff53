import { equalJson } from '../equal.js';
import type { Json } from '../json.js';
import { inFileCase } from '../model/checksum.js';
import { knownFields, reservedFields } from '../model/fields.js';
import { homeOf, objectMembers, type PlacedRecord } from '../model/placed-record.js';
import { pointer } from '../text/pointer.js';
import { addressProblem } from '../values/address.js';
import { type FoldLog, noteDoubt } from './fold-log.js';
import type { FoldRecord } from './fold-record.js';

/**
 * The union of entry and extended object (FORMAT §10.4): the copy at home stands; null and `""` of known fields and zero
 * addresses are absent.
 */
export function inOnePlace(placed: PlacedRecord, log: FoldLog): FoldRecord {
  const copies = [...copiesIn(placed, 'entry', log), ...copiesIn(placed, 'extended', log)];
  const record: FoldRecord = {
    placed,
    name: placed.name,
    fields: new Map(),
    aliases: new Map(),
    views: copies.filter(({ field }) => reservedFields.has(field)),
    contractNamePath: placed.extendedPath + pointer('source', 'contractName'),
  };
  const fields = copies.filter(({ field }) => !reservedFields.has(field));
  for (const { field, value, path, at } of fields) {
    if (at === homeOf(field)) record.fields.set(field, { value, path });
  }
  for (const copy of fields) {
    if (copy.at !== homeOf(copy.field)) bringHome(record, copy, log);
  }
  return record;
}

type Copy = {
  readonly field: string;
  readonly value: Json;
  readonly path: string;
  readonly at: 'entry' | 'extended';
};

function copiesIn(placed: PlacedRecord, at: Copy['at'], log: FoldLog): Copy[] {
  const object = at === 'entry' ? placed.entry : placed.extended;
  const base = at === 'entry' ? placed.entryPath : placed.extendedPath;
  return objectMembers(object ?? undefined).flatMap(([field, value]) => {
    const path = base + pointer(field);
    const rule = unknownRule(field, value);
    if (rule === null) return [{ field, value, path, at }];
    log.folded.push({ rule, path });
    return [];
  });
}

const addressViews: ReadonlySet<string> = new Set(['address', 'proxyAddress']);

/** The rule by which a value says nothing, or null. */
function unknownRule(field: string, value: Json): string | null {
  const form = addressViews.has(field) ? 'address' : knownFields.get(field)?.form;
  if (form === undefined && !reservedFields.has(field)) return null;
  if (value === null) return 'field-null';
  if (value === '') return form === 'hash' ? 'hash-empty' : form === 'address' ? 'address-empty' : 'field-empty';
  return form === 'address' && addressProblem(value) === 'address-zero' ? 'address-zero' : null;
}

function bringHome(record: FoldRecord, { field, value, path }: Copy, log: FoldLog): void {
  const atHome = record.fields.get(field);
  if (atHome === undefined) {
    record.fields.set(field, { value, path });
    log.folded.push({ rule: 'field-misplaced', path });
  } else if (equalJson(inFileCase(field, value), inFileCase(field, atHome.value))) {
    log.folded.push({ rule: 'field-twice', path });
  } else {
    noteDoubt(log, 'field-conflict', path, atHome.value);
  }
}
