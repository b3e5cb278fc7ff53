import { type Json, member } from '../json.js';
import { homeOf, unionOf } from '../model/placed-record.js';
import { type NetworkFile, ownedEntries, recordNamed } from '../model/network-file.js';
import { pointer } from '../text/pointer.js';
import { locate } from '../text/position.js';
import { type Difference, differences } from './differences.js';

/** A place of a text whose value is not the one it was. */
export type ChangedPlace = {
  readonly line: number;
  readonly column: number;
  /** Absent when the value is new. */
  readonly before?: Json;
  /** Absent when the value is gone: the position is that of the object above it. */
  readonly after?: Json;
};

/**
 * Where a record differs from its base, down to the items of arrays and members of objects, by position. `text` is what
 * `head` was read from. The checksum counts only when nothing else changed: it follows from the rest.
 */
export function changedPlaces(base: NetworkFile, head: NetworkFile, text: string, name: string): ChangedPlace[] {
  const placed = ownedEntries(head).find((entry) => entry.name === name);
  const before = recordNamed(base, name);
  if (placed === undefined || before === null) return [];
  const find = locate(text);
  const now = unionOf(placed);
  const changes = [...new Set([...Object.keys(before.fields), ...now.keys()])].flatMap((field) => {
    const at = now.get(field)?.at ?? homeOf(field);
    const path = (at === 'entry' ? placed.entryPath : placed.extendedPath) + pointer(field);
    return differences(path, member(before.fields, field), now.get(field)?.value);
  });
  const isChecksum = ({ path }: Difference) => path === placed.extendedPath + pointer('checksum');
  const told = changes.every(isChecksum) ? changes : changes.filter((change) => !isChecksum(change));
  return told
    .map(({ path, ...values }) => ({ ...find(path, 'value'), ...values }))
    .sort((a, b) => a.line - b.line || a.column - b.column);
}
