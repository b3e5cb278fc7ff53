import type { Json } from '../json.js';
import { recordNameProblem } from '../model/names.js';
import { shown } from '../shown.js';
import { pointer } from '../text/pointer.js';
import { readValue } from '../text/read.js';
import { readMembers, type SourceMember } from '../text/read-members.js';
import type { Refused } from '../text/refusal.js';
import { recased } from '../values/address.js';
import { addressReason } from './address-reason.js';
import type { LegacyRecord, LegacyReject } from './legacy-record.js';
import { isReject } from './read-entry.js';

/** What a map says, in its own order. Which chain it is about, the map does not know: every `chainId` is null. */
export type AddressMap = { readonly records: readonly LegacyRecord[]; readonly rejects: readonly LegacyReject[] };

/**
 * A JSON object name → address, `deployments/<network>.json` of many projects. `key` is the pointer of the entry. A
 * name that stands twice with different values is believed in neither place: parsers take the last, people read the
 * first. Refused when it is no JSON object at all.
 */
export function readAddressMap(bytes: Uint8Array): ({ readonly ok: true } & AddressMap) | Refused {
  const read = readMembers(bytes);
  if (!read.ok) return read;
  const entries = [...byName(read.members.map(readMember)).values()].flatMap(settleName);
  return {
    ok: true,
    records: entries.flatMap((entry) => (isReject(entry) ? [] : [entry])),
    rejects: entries.filter(isReject),
  };
}

type Named = { readonly name: string; readonly entry: LegacyRecord | LegacyReject };

function readMember({ name, source }: SourceMember): Named {
  const value = valueOf(source);
  const found = { key: keyOf(name), raw: Buffer.from(source), value: value.value, chainId: null };
  const problem = recordNameProblem(name);
  if (problem !== null) {
    return { name, entry: { ...found, reason: `${shown(name)} cannot name a record: ${problem}` } };
  }
  const reason = value.problem ?? addressReason('the value', value.value);
  if (reason !== null || typeof value.value !== 'string') return { name, entry: { ...found, reason: reason ?? '' } };
  const fields = { address: recased(value.value) };
  return { name, entry: { ...found, network: null, spelling: null, contractName: name, fields } };
}

/** A value that cannot be kept as a value is reported as the text it is. */
function valueOf(source: string): { readonly value: Json; readonly problem: string | null } {
  const read = readValue(Buffer.from(source));
  return read.ok
    ? { value: read.value, problem: null }
    : { value: source, problem: `the value cannot be read: ${read.refusal.message}` };
}

/** Half a surrogate pair cannot be written down as UTF-8: it is named by its escape. */
function keyOf(name: string): string {
  return pointer(name.replace(/\p{Surrogate}/gu, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`));
}

function byName(entries: readonly Named[]): ReadonlyMap<string, readonly Named['entry'][]> {
  const groups = new Map<string, Named['entry'][]>();
  for (const { name, entry } of entries) {
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [entry]);
    else group.push(entry);
  }
  return groups;
}

function settleName(entries: readonly Named['entry'][]): readonly Named['entry'][] {
  const said = new Map(entries.map((entry) => [saying(entry), entry]));
  if (said.size < 2) return [...said.values()];
  const reason = `the name stands ${entries.length} times in the file, with different values`;
  return [...said.values()].map(({ key, raw, value, chainId }) => ({ key, raw, value, chainId, reason }));
}

/** The same for two values that mean the same address, else for the same text only. */
function saying(entry: Named['entry']): string {
  return isReject(entry) ? `text ${Buffer.from(entry.raw).toString()}` : `address ${JSON.stringify(entry.fields)}`;
}
