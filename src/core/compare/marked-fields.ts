import { isObject, type JsonObject, member } from '../json.js';

/** What `source` says field by field: which were recovered, and which another source of a migration gave. */
export const fieldMarks: readonly string[] = ['recovered', 'fields'];

/** Fields of a record whose origin it names itself. */
export function markedFields(fields: JsonObject): ReadonlySet<string> {
  const source = member(fields, 'source');
  if (!isObject(source)) return new Set();
  const marks = fieldMarks.map((name) => member(source, name)).filter((value) => isObject(value));
  return new Set(marks.flatMap((mark) => Object.keys(mark)));
}

/** What a record calls a field of the view. */
export function storedName(field: string): string {
  if (field === 'address') return 'implementation';
  return field === 'proxyAddress' ? 'proxy' : field;
}
