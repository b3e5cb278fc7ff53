import { isObject, type Json, type JsonObject, member } from '../json.js';
import { type NetworkFile, recordNamed, withoutRecord, withRecord } from '../model/network-file.js';
import type { StateRecord } from '../model/record.js';
import { remainderOf, withRemainder } from '../model/remainder.js';
import { segments } from '../text/pointer.js';
import type { Conflict } from './conflict.js';
import type { ThreeFiles } from './merge-network.js';
import { isWhole } from './merge-record.js';
import { unitsOf } from './units.js';

/** A person's decision of one conflict: the unit that holds this place is taken from this side. */
export type Choice = Pick<Conflict, 'contract' | 'path' | 'reason'> & { readonly side: 'ours' | 'theirs' };

/**
 * The base that makes the merge come out as chosen: in the place in question it gets what the other side has, so that only
 * the chosen side has moved. So a decision is data like any other, and there is one merge, with decisions or without.
 */
export function settle(sides: ThreeFiles, choice: Choice): NetworkFile | undefined {
  const { base, ours, theirs } = sides;
  const other = choice.side === 'ours' ? theirs : ours;
  if (ours === undefined || theirs === undefined || (choice.contract === null && choice.path === '')) return other;
  const start = base ?? { ...ours, root: { contracts: { core: {} } } };
  if (choice.contract === null) {
    const value = valueAt(remainderOf(other ?? start), segments(choice.path));
    return withRemainder(start, replaced(remainderOf(start), segments(choice.path), value));
  }
  const record = settledRecord(choice.contract, choice, { base: start, ours, theirs });
  return record === undefined ? withoutRecord(start, choice.contract) : withRecord(start, record);
}

function settledRecord(
  name: string,
  { side, path, reason }: Choice,
  files: Readonly<Record<'base' | 'ours' | 'theirs', NetworkFile>>,
): StateRecord | undefined {
  const [base, ours, theirs] = [files.base, files.ours, files.theirs].map(
    (file) => recordNamed(file, name) ?? undefined,
  );
  const other = side === 'ours' ? theirs : ours;
  const sides = { base, ours, theirs };
  const isRecord = path === 'checksum' || path === 'category' || reason !== undefined;
  if (ours === undefined || theirs === undefined || other === undefined || isRecord || isWhole(sides)) return other;
  const fields = { base: base?.fields ?? {}, ours: ours.fields, theirs: theirs.fields };
  const unit = unitsOf(fields).find((names) => names.includes(path)) ?? [path];
  const kept = Object.entries(fields.base).filter(([field]) => !unit.includes(field));
  const moved = Object.entries(other.fields).filter(([field]) => unit.includes(field));
  return { ...(base ?? other), fields: Object.fromEntries([...kept, ...moved]) };
}

export function valueAt(root: Json, path: readonly string[]): Json | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return root;
  const value = isObject(root) ? member(root, key) : undefined;
  return value === undefined ? undefined : valueAt(value, rest);
}

/** The object with another value at this place, or none; objects on the way are made where a value has to stand. */
export function replaced(root: JsonObject, path: readonly string[], value: Json | undefined): JsonObject {
  const [key = '', ...rest] = path;
  const inner = member(root, key);
  const next = rest.length === 0 ? value : replacedInner(inner, rest, value);
  const others = Object.entries(root).filter(([name]) => name !== key);
  return Object.fromEntries(next === undefined ? others : [...others, [key, next]]);
}

function replacedInner(inner: Json | undefined, path: readonly string[], value: Json | undefined): Json | undefined {
  if (isObject(inner)) return replaced(inner, path, value);
  return value === undefined ? inner : replaced({}, path, value);
}
