import { equalJson } from '../equal.js';
import { nextFolded } from '../fold/merge-folded.js';
import { isObject, type Json, type JsonObject, member } from '../json.js';
import { type NextRecord, sameContent } from '../legacy/next-record.js';
import type { NetworkFile } from '../model/network-file.js';

/**
 * What a consolidated contract makes of the one that is there: it replaces, what it does not know stays, and so does what that one
 * says of where a value is from that only it has.
 */
export function nextConsolidated(joined: NetworkFile): NextRecord {
  const next = nextFolded(joined);
  return (file, existing, record, name, config) => {
    const made = next(file, existing, record, name, config);
    if ('reason' in made || existing === undefined) return made;
    const fields = withEarlierMarks(existing.fields, made.record.fields, record.fields);
    return { ...made, record: { ...made.record, fields }, changed: !sameContent(existing.fields, fields) };
  };
}

/** Members of `source` that are about single fields. */
const marks = ['recovered', 'fields'];

function withEarlierMarks(existing: JsonObject, fields: JsonObject, said: JsonObject): JsonObject {
  const source = objectAt(fields, 'source');
  const before = objectAt(existing, 'source');
  const kept = marks.flatMap((mark): [string, Json][] => {
    const earlier = Object.entries(objectAt(before, mark)).filter(([field]) => {
      const value = member(existing, field);
      return member(said, field) === undefined && value !== undefined && equalJson(value, member(fields, field));
    });
    return earlier.length === 0 ? [] : [[mark, { ...Object.fromEntries(earlier), ...objectAt(source, mark) }]];
  });
  return kept.length === 0 ? fields : { ...fields, source: { ...source, ...Object.fromEntries(kept) } };
}

function objectAt(object: JsonObject, key: string): JsonObject {
  const value = member(object, key);
  return isObject(value) ? value : {};
}
