import { nextFolded } from '../../fold/merge-folded.js';
import { type Json, type JsonObject, member } from '../../json.js';
import { otherNames } from '../../model/lookup.js';
import type { NetworkFile } from '../../model/network-file.js';
import type { NextRecord } from '../next-record.js';

/**
 * What a contract of older files makes of the record that is there: it replaces, what it does not know stays. Where that
 * came from stays too, and the list of version 1 that calls an address a proxy does not make one of a plain contract.
 */
export function nextOlder(folded: NetworkFile, sourced: ReadonlySet<string>): NextRecord {
  const next = nextFolded(folded);
  return (file, existing, record, name, config) => {
    if (existing === undefined) return next(file, existing, record, name, config);
    const isOurs = sourced.has(record.contractName);
    const isPlain = saysOnlyItsAddress(existing.fields, record.fields);
    const fields = Object.fromEntries(
      Object.entries(isOurs ? withoutSource(record.fields) : record.fields).filter(
        ([field]) => !(field === 'proxy' && isPlain),
      ),
    );
    return next(file, existing, { ...record, fields }, name, config);
  };
}

/** What the source called it is one more of its names. */
function withoutSource(fields: JsonObject): JsonObject {
  const names = otherNames({ fields });
  const rest = Object.entries(fields).filter(([field]) => field !== 'source' && field !== 'aliases');
  return Object.fromEntries<Json>(names.length === 0 ? rest : [...rest, ['aliases', [...new Set(names)].sort()]]);
}

function saysOnlyItsAddress(existing: JsonObject, said: JsonObject): boolean {
  const proxy: Json | undefined = member(said, 'proxy');
  return (
    member(existing, 'proxy') === undefined &&
    member(said, 'implementation') === undefined &&
    proxy === member(existing, 'implementation')
  );
}
