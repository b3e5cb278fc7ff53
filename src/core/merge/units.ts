import { type JsonObject, member } from '../json.js';
import { compareFieldNames, identityAddress, knownFields } from '../model/fields.js';

/** The fields of one record on three sides. */
export type ThreeFields = { readonly base: JsonObject; readonly ours: JsonObject; readonly theirs: JsonObject };

/**
 * The fields that move as one, in the order people see (FORMAT §4.6): the code fields, and each other field alone. Identity
 * and code are one unit where the identity differs anywhere: new code never meets an old proxy.
 */
export function unitsOf(sides: ThreeFields): string[][] {
  const all = [sides.base, sides.ours, sides.theirs];
  const isOneContract = new Set(all.map(identityText)).size === 1;
  const isPlain = all.some((fields) => member(fields, 'proxy') === undefined);
  const code = [...knownFields].filter(([, field]) => field.mergeClass === 'code').map(([name]) => name);
  const bound = isOneContract && !isPlain ? [['proxy'], code] : [['proxy', ...code]];
  const taken = new Set(['proxy', 'checksum', ...code]);
  const single = [...new Set(all.flatMap((fields) => Object.keys(fields)))].filter((name) => !taken.has(name));
  return [...bound, ...single.sort(compareFieldNames).map((name) => [name])];
}

/** The address that makes the contract what it is, whatever its case; `''` without one. */
export function identityText(fields: JsonObject): string {
  const address = identityAddress(fields);
  return typeof address === 'string' ? address.toLowerCase() : '';
}
