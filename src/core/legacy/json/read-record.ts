import type { Json } from '../../json.js';
import { kindOf } from '../kind-of.js';
import { isSection, membersOf, type OlderRecord } from './older-part.js';

/** An entry `name → {proxy, implementation, …}`, or `name → address`, as a record; else why it is none. */
export function readRecord(
  { name, value, from }: { readonly name: string; readonly value: Json; readonly from: string },
  category: string | null,
): OlderRecord | { readonly reason: string; readonly from: string } {
  const own = { name, category, from, listed: false };
  if (typeof value === 'string') return { ...own, fields: [{ field: 'address', value, from }] };
  if (!isSection(value)) return { reason: `the entry is ${kindOf(value)}, not a contract`, from };
  return { ...own, fields: membersOf(value, from).map(({ key, ...stated }) => ({ field: key, ...stated })) };
}

export function isRecord(read: OlderRecord | { readonly reason: string }): read is OlderRecord {
  return !('reason' in read);
}
