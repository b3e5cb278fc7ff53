import { equalJson } from '../equal.js';
import { type Json, type JsonObject, member } from '../json.js';
import { knownFields } from '../model/fields.js';
import { pointer } from '../text/pointer.js';
import type { Claim } from './group-records.js';
import { databaseName, type Told } from './layer.js';
import { keyOf } from './layer-of-leveldb.js';
import { fieldPath } from './note-other.js';
import type { JoinedField } from './origin.js';

type Fields = Map<string, JoinedField>;

/** Whether a 3.0 file has a later deployment of the same proxy than the database, with other code. */
export function isUpgrade(fields: ReadonlyMap<string, JoinedField>, { layer, record }: Claim): boolean {
  const before = fields.get('timestamp');
  const after = member(record.fields, 'timestamp');
  const proxy = fields.get('proxy')?.value;
  if (layer.kind !== 'unified' || before?.from?.layer.kind !== 'leveldb') return false;
  if (typeof before.value !== 'number' || typeof after !== 'number' || after <= before.value) return false;
  const isOtherCode = ['implementation', 'implementationHash', 'factoryByteCodeHash'].some((field) => {
    const said = member(record.fields, field);
    return said !== undefined && !equalJson(said, fields.get(field)?.value);
  });
  return isOtherCode && proxy !== undefined && equalJson(proxy, member(record.fields, 'proxy'));
}

/**
 * The code of the database gives way to the newer one and stands under `upgrades` from then on, whole. Arguments are of the proxy:
 * they stay where the newer record has none.
 */
export function upgrade(
  fields: Fields,
  claim: Claim,
  { told, to }: { readonly told: Told; readonly to: (field: string) => string },
): void {
  const entry = new Map<string, Json>();
  const before = fields.get('timestamp')?.from ?? null;
  const upgrades = listOf(member(claim.record.fields, 'upgrades'), fields.get('upgrades')?.value);
  const at = to('upgrades') + pointer(upgrades.length);
  for (const [field, there] of [...fields]) {
    const said = member(claim.record.fields, field);
    if (knownFields.get(field)?.mergeClass !== 'code' || keepsBefore(field, said)) continue;
    entry.set(field, there.value);
    if (equalJson(said, there.value)) continue;
    if (there.from !== null) {
      const { file = databaseName, path } = there.from.layer.place(fieldPath(there.from.record, field));
      told.folded.push({ rule: 'upgraded', file, path, to: at + pointer(field) });
    }
    if (said === undefined) fields.delete(field);
    else fields.set(field, { value: said, from: claim });
  }
  const source: JsonObject =
    before === null ? {} : { kind: 'leveldb', key: keyOf(before.layer, before.record.name) ?? '' };
  fields.set('upgrades', { value: [...upgrades, { ...Object.fromEntries(entry), source }], from: null });
}

/** Scripts wrote an empty list for arguments that they did not know. */
function keepsBefore(field: string, said: Json | undefined): boolean {
  return field === 'deploymentArgs' && (said === undefined || (Array.isArray(said) && said.length === 0));
}

function listOf(...values: readonly (Json | undefined)[]): Json[] {
  return values.flatMap((value) => (Array.isArray(value) ? (value as readonly Json[]) : []));
}
