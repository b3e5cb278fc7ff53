import type { Folded } from '../../fold/fold-log.js';
import type { Json } from '../../json.js';
import { shortName } from '../../model/names.js';
import { membersOf, type OlderPart, type OlderRecord } from './older-part.js';
import { unknownFieldRule } from './unknown-value.js';

/**
 * A map name → implementation hash beside the records: each hash goes into the record it names, by name or by the only
 * one of that short name; those of no record are kept aside.
 */
export function readHashes(
  records: readonly OlderRecord[],
  hashes: Json | undefined,
  at: string,
  aside: readonly string[],
): Pick<OlderPart, 'records' | 'sections' | 'dropped'> {
  const dropped: Folded[] = [];
  const sections: OlderPart['sections'][number][] = [];
  const added = new Map<OlderRecord, OlderRecord['fields'][number][]>();
  for (const { key, value, from } of membersOf(hashes, at)) {
    const rule = unknownFieldRule('implementationHash', value);
    const owner = ownerOf(records, key);
    if (rule !== null) dropped.push({ rule, path: from, value });
    else if (owner === undefined) sections.push({ value, from, to: [...aside, key] });
    else added.set(owner, [...(added.get(owner) ?? []), { field: 'implementationHash', value, from }]);
  }
  const whole = records.map((record) => ({ ...record, fields: [...record.fields, ...(added.get(record) ?? [])] }));
  return { records: whole, sections, dropped };
}

function ownerOf(records: readonly OlderRecord[], name: string): OlderRecord | undefined {
  const exact = records.find((record) => record.name === name);
  if (exact !== undefined) return exact;
  const short = records.filter((record) => shortName(record.name) === shortName(name));
  return short.length === 1 ? short[0] : undefined;
}
