import { compareText, equalJson } from '../equal.js';
import { type Json, type JsonObject, member } from '../json.js';
import { compareFieldNames, identityAddress } from '../model/fields.js';
import type { StateRecord } from '../model/record.js';
import {
  type ChangeKind,
  type ContractChange,
  type Danger,
  type FieldChange,
  fieldChange,
  worstDanger,
} from './change.js';
import { controlDanger } from './control-danger.js';

/** Fields whose change is an upgrade; a timestamp alone is metadata, so that a corrected date is not one. */
const codeFields = ['implementation', 'factoryByteCodeHash', 'implementationHash', 'hashScheme', 'deploymentArgs'];
const hexFields: ReadonlySet<string> = new Set(['implementation', 'factoryByteCodeHash', 'implementationHash']);

/** The change from one state of a record to another, null when there is none. */
export function diffRecord(before: StateRecord | undefined, after: StateRecord | undefined): ContractChange | null {
  const fields = fieldChanges(before, after);
  if (before === undefined) return after === undefined ? null : change(after, 'added', 'deploy', null, fields);
  if (after === undefined) return change(before, 'removed', 'remove', 'removed', fields);
  if (fields.length === 0 && isSealedAlike(before, after)) return null;
  const kind = kindOf(before.fields, after.fields);
  const control = fields.map((field) => controlDanger([field.path], field.before, field.after));
  const danger = worstDanger([identityDanger(kind), codeDanger(before.fields, after.fields), ...control]);
  return change(after, 'modified', kind, danger, fields);
}

/** A checksum covers the name of the network: under another name it is another one, and says nothing else. */
function isSealedAlike(before: StateRecord, after: StateRecord): boolean {
  const old = member(before.fields, 'checksum');
  const now = member(after.fields, 'checksum');
  const isRenamed = before.network !== after.network && old !== undefined && now !== undefined;
  return isRenamed || equalJson(old, now);
}

function change(
  record: StateRecord,
  status: ContractChange['status'],
  kind: ChangeKind,
  danger: Danger | null,
  fields: readonly FieldChange[],
): ContractChange {
  return { name: record.name, category: record.category, status, kind, danger, fields };
}

function fieldChanges(before: StateRecord | undefined, after: StateRecord | undefined): FieldChange[] {
  const old = before?.fields ?? {};
  const now = after?.fields ?? {};
  const names = new Set([...Object.keys(old), ...Object.keys(now)]);
  names.delete('checksum');
  const changes = [...names]
    .filter((name) => !equalJson(member(old, name), member(now, name)))
    .sort((a, b) => compareFieldNames(a, b) || compareText(a, b))
    .map((name) => fieldChange(name, member(old, name), member(now, name)));
  const isMoved = before !== undefined && after !== undefined && before.category !== after.category;
  return isMoved ? [fieldChange('category', before.category, after.category), ...changes] : changes;
}

function kindOf(before: JsonObject, after: JsonObject): ChangeKind {
  if (!sameHex(identityAddress(before), identityAddress(after))) return 'redeploy';
  const isUpgrade = codeFields.some((field) => !sameCode(field, member(before, field), member(after, field)));
  return isUpgrade ? 'upgrade' : 'metadata';
}

function identityDanger(kind: ChangeKind): Danger | null {
  return kind === 'redeploy' ? 'proxy-changed' : null;
}

/** New code behind a proxy that is recorded with the hash of the old code: one of the two is wrong or missing. */
function codeDanger(before: JsonObject, after: JsonObject): Danger | null {
  const hash = member(after, 'implementationHash');
  const isProxied = member(before, 'proxy') !== undefined && member(after, 'proxy') !== undefined;
  const old = member(before, 'implementation');
  const now = member(after, 'implementation');
  if (!isProxied || old === undefined || now === undefined || sameHex(old, now)) return null;
  return hash !== undefined && sameHex(member(before, 'implementationHash'), hash) ? 'same-code-hash' : null;
}

function sameCode(field: string, before: Json | undefined, after: Json | undefined): boolean {
  return hexFields.has(field) ? sameHex(before, after) : equalJson(before, after);
}

/** Hexadecimal text says the same in any case; re-casing it changes no contract. */
function sameHex(a: Json | undefined, b: Json | undefined): boolean {
  if (typeof a === 'string' && typeof b === 'string') return a.toLowerCase() === b.toLowerCase();
  return equalJson(a, b);
}
