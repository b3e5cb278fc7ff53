import { compareText, equalJson } from '../equal.js';
import type { Json } from '../json.js';
import { member } from '../json.js';
import { type NetworkFile, recordsOf } from '../model/network-file.js';
import type { StateRecord } from '../model/record.js';

/** A record that source and target have, and the fields in which they differ. */
type Mismatch = {
  readonly network: string;
  readonly contract: string;
  readonly fields: readonly { readonly field: string; readonly source: Json | null; readonly target: Json | null }[];
};

export type Comparison = {
  readonly matches: number;
  readonly mismatches: readonly Mismatch[];
  /** `network/contract` that the source has and the target lacks. */
  readonly missing: readonly string[];
  readonly extra: readonly string[];
};

/** Two versions of a network, record by record and field by field; `category` counts as a field. */
export function compareNetwork(source: NetworkFile, target: NetworkFile | null): Comparison {
  const there = new Map((target === null ? [] : recordsOf(target)).map((record) => [record.name, record]));
  const wanted = recordsOf(source);
  const mismatches: Mismatch[] = [];
  const missing: string[] = [];
  for (const record of wanted) {
    const other = there.get(record.name);
    there.delete(record.name);
    if (other === undefined) missing.push(`${source.network}/${record.name}`);
    else {
      const fields = differingFields(record, other);
      if (fields.length > 0) mismatches.push({ network: source.network, contract: record.name, fields });
    }
  }
  return {
    matches: wanted.length - mismatches.length - missing.length,
    mismatches,
    missing,
    extra: [...there.keys()].map((name) => `${source.network}/${name}`).sort(compareText),
  };
}

function differingFields(source: StateRecord, target: StateRecord): Mismatch['fields'] {
  const names = [...new Set([...Object.keys(source.fields), ...Object.keys(target.fields)])].sort(compareText);
  const fields = names
    .filter((field) => !equalJson(member(source.fields, field), member(target.fields, field)))
    .map((field) => ({
      field,
      source: member(source.fields, field) ?? null,
      target: member(target.fields, field) ?? null,
    }));
  if (source.category === target.category) return fields;
  return [{ field: 'category', source: source.category, target: target.category }, ...fields];
}
