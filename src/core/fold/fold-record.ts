import { isObject, type Json, member } from '../json.js';
import { sourceContractName } from '../model/lookup.js';
import type { PlacedRecord } from '../model/placed-record.js';

/** A value and where the source has it. */
export type Sourced = { readonly value: Json; readonly path: string };

/** A record on its way to normal form. The steps of FORMAT §10 change it in place. */
export type FoldRecord = {
  readonly placed: PlacedRecord;
  /** Changes when a fully-qualified name gives way to its short form. */
  name: string;
  /** The union of the two objects, without `aliases`. */
  readonly fields: Map<string, Sourced>;
  /** Alias → pointer into the source. */
  readonly aliases: Map<string, string>;
  /** Reserved names (FORMAT §4.2), which are no fields. */
  readonly views: { readonly field: string; readonly value: Json; readonly path: string }[];
  /** Where `source.contractName` comes from. */
  contractNamePath: string;
};

export function contractNameOf(record: FoldRecord): string | undefined {
  const source = record.fields.get('source');
  return source === undefined ? undefined : sourceContractName({ source: source.value });
}

export function setContractName(record: FoldRecord, contractName: string, path: string): void {
  setSourceMember(record, 'contractName', contractName, path);
  record.contractNamePath = path;
}

export function setSourceMember(record: FoldRecord, name: string, value: Json, path: string): void {
  const source = record.fields.get('source');
  const members = isObject(source?.value) ? source.value : {};
  record.fields.set('source', { value: { ...members, [name]: value }, path: source?.path ?? path });
}

/** `source` goes with its last member. */
export function dropContractName(record: FoldRecord): void {
  const source = record.fields.get('source');
  if (source === undefined || !isObject(source.value)) return;
  const rest = Object.entries(source.value).filter(([name]) => name !== 'contractName');
  if (rest.length === 0) record.fields.delete('source');
  else record.fields.set('source', { ...source, value: Object.fromEntries(rest) });
}

export function sourceMember(record: FoldRecord, name: string): Json | undefined {
  const source = record.fields.get('source')?.value;
  return isObject(source) ? member(source, name) : undefined;
}

/** Everything a record answers to (FORMAT §5). */
export function callsOf(record: FoldRecord): string[] {
  const contractName = contractNameOf(record);
  return [record.name, ...record.aliases.keys(), ...(contractName === undefined ? [] : [contractName])];
}
