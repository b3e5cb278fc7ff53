import { compareText, equalJson } from '../equal.js';
import { isObject, type Json, type JsonObject, member } from '../json.js';
import { shownValue } from '../inspect/complaint.js';
import { pointer } from '../text/pointer.js';
import { marksKey } from '../model/marks.js';
import type { Difference } from './committed-differences.js';
import { sectionOfChecksum } from './merge-section-checksums.js';

/**
 * Members that are not as they should be, as deep as objects go; what lies at, in or around an open place may be anything, and so may
 * the marks of a migration, which its cutover takes away in the merge.
 */
export function committedMembers(expected: JsonObject, found: JsonObject, open: readonly string[]): Difference[] {
  const free = [...open, pointer(marksKey)];
  return differences(expected, found, []).filter(({ path }) => !free.some((place) => touches(path, place)));
}

function differences(expected: Json | undefined, found: Json | undefined, path: readonly string[]): Difference[] {
  if (equalJson(expected, found)) return [];
  if ((isObject(expected) || expected === undefined) && (isObject(found) || found === undefined)) {
    const [wanted, there] = [expected ?? {}, found ?? {}];
    const keys = [...new Set([...Object.keys(wanted), ...Object.keys(there)])].sort(compareText);
    const inner = keys.flatMap((key) => differences(member(wanted, key), member(there, key), [...path, key]));
    if (inner.length > 0) return inner;
  }
  const place = pointer(...path);
  const message = `${place}: the merge by record has ${valueText(expected)}, the commit ${valueText(found)}`;
  return [{ contract: null, path: place, message }];
}

export function valueText(value: Json | undefined): string {
  return value === undefined ? 'nothing' : shownValue(value);
}

function touches(path: string, place: string): boolean {
  if (path === place || path.startsWith(`${place}/`) || place.startsWith(`${path}/`)) return true;
  // The checksum of a section follows the section.
  const section = sectionOfChecksum(path);
  return section !== null && touches(pointer(section), place);
}
