import type { Finding } from '../finding.js';
import { isObject, type Json, type JsonObject } from '../json.js';
import { recordAt } from '../legacy/settle-network.js';
import { parentPointer, segments } from '../text/pointer.js';
import { valueAt } from '../text/value-at.js';
import { type FoldLog, noteDoubt } from './fold-log.js';
import type { FoldSource } from './fold-source.js';

/** What inspection found wrong after folding: entries as a whole, and places of sections; pointer into the source → rule. */
export type Refusals = { readonly records: Map<string, string>; readonly places: Map<string, string> };

/** Where a source has its records: name in the result → pointers of entry and extended object. */
export type Origins = ReadonlyMap<string, { readonly entryPath: string; readonly extendedPath: string }>;

export function noRefusals(): Refusals {
  return { records: new Map(), places: new Map() };
}

/** Adds what a finding is about: its record, else the section's member. */
export function refuseFound(
  { rule, contract, path }: Finding,
  source: FoldSource,
  origins: Origins,
  { records, places }: Refusals,
): void {
  const name = contract ?? recordAt(path);
  const origin = name === undefined ? undefined : origins.get(name);
  if (origin !== undefined) {
    if (!records.has(origin.entryPath)) records.set(origin.entryPath, rule);
    return;
  }
  // An item cannot be taken out of an array without moving the others: the member that holds it goes.
  let place = path;
  while (place !== '' && Array.isArray(valueAt(source.root, parentPointer(place)))) place = parentPointer(place);
  if (place !== '' && valueAt(source.root, place) !== undefined) places.set(place, rule);
}

/** The root without the places that are refused; their values go to quarantine. */
export function withoutPlaces(root: JsonObject, places: Refusals['places'], log: FoldLog): JsonObject {
  let rest: Json = root;
  for (const [path, rule] of places) {
    rest = without(rest, segments(path));
    noteDoubt(log, rule, path, null);
  }
  return isObject(rest) ? rest : {};
}

function without(value: Json, [key = '', ...deeper]: readonly string[]): Json {
  const isLast = deeper.length === 0;
  if (Array.isArray(value)) {
    return (value as readonly Json[]).map((item, at) => (String(at) === key ? without(item, deeper) : item));
  }
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([name]) => name !== key || !isLast);
  return Object.fromEntries(kept.map(([name, item]) => [name, name === key ? without(item, deeper) : item]));
}
