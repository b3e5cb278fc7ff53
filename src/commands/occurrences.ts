import { isObject, type Json } from '../core/json.js';
import { type NetworkFile, recordsOf } from '../core/model/network-file.js';
import { pointer } from '../core/text/pointer.js';

/** One place of a record that holds a value. */
export type Occurrence = {
  readonly network: string;
  readonly contractName: string;
  readonly category: string;
  /** The field, and the way into it: `implementation`, `deploymentArgs/0`, `pendingImplementation/implementation`. */
  readonly field: string;
  /** As it is written there. */
  readonly value: string;
};

/** Everywhere in the records of a file where this text stands as a whole value, without case. By record, then in file order. */
export function occurrencesIn(file: NetworkFile, text: string): Occurrence[] {
  const wanted = text.toLowerCase();
  return recordsOf(file).flatMap(({ network, category, name, fields }) =>
    texts(fields, [])
      .filter(({ value }) => value.toLowerCase() === wanted)
      .map(({ path, value }) => ({ network, contractName: name, category, field: pointer(...path).slice(1), value })),
  );
}

function texts(value: Json, path: readonly string[]): { path: readonly string[]; value: string }[] {
  if (typeof value === 'string') return [{ path, value }];
  if (isObject(value)) return Object.entries(value).flatMap(([key, item]) => texts(item, [...path, key]));
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap((item, i) => texts(item, [...path, String(i)]));
  return [];
}
