import { isObject, type Json, type JsonObject, member } from '../json.js';
import { type NetworkFile, ownedEntries } from './network-file.js';
import { extendedPrefix } from './placed-record.js';

/**
 * Everything of a network file that belongs to no record: sections, unknown root keys, orphans, and under `contracts`
 * what is there beside records (alias statements). `contracts` is left out when nothing is.
 */
export function remainderOf(file: NetworkFile): JsonObject {
  const blocks = recordBlocks(file);
  const contracts = member(file.root, 'contracts');
  const rest = Object.entries(file.root).filter(([key]) => key !== 'contracts' && !blocks.extended.has(key));
  const beside = isObject(contracts) ? besideRecords(contracts, blocks.entries) : contracts;
  const nothing = beside === undefined || (isObject(beside) && Object.keys(beside).length === 0);
  return nothing ? Object.fromEntries(rest) : { ...Object.fromEntries(rest), contracts: beside };
}

/** The file with the records it has and another remainder. */
export function withRemainder(file: NetworkFile, remainder: JsonObject): NetworkFile {
  const blocks = recordBlocks(file);
  const contracts = new Map<string, JsonObject>([['core', {}]]);
  const beside = member(remainder, 'contracts');
  const statements = Object.entries(isObject(beside) ? beside : {}).flatMap(([category, entries]) =>
    isObject(entries) ? [[category, entries] as const] : [],
  );
  for (const [category, entries] of [...statements, ...blocks.entries]) {
    contracts.set(category, { ...contracts.get(category), ...entries });
  }
  const extended = Object.entries(file.root).filter(([key]) => blocks.extended.has(key));
  const root = { ...remainder, ...Object.fromEntries(extended), contracts: Object.fromEntries(contracts) };
  const network = member(remainder, 'network');
  const chainId = member(remainder, 'chainId');
  return {
    network: typeof network === 'string' ? network : file.network,
    chainId: typeof chainId === 'number' ? chainId : file.chainId,
    root,
  };
}

/** The parts of a file that its records own: entries by category, and the keys of their extended objects. */
function recordBlocks(file: NetworkFile): {
  entries: ReadonlyMap<string, JsonObject>;
  extended: ReadonlySet<string>;
} {
  const owned = ownedEntries(file);
  const listed = new Map<string, [string, Json][]>();
  for (const { category, name, entry } of owned) {
    const entries = listed.get(category) ?? [];
    listed.set(category, entries);
    entries.push([name, entry ?? {}]);
  }
  const entries = new Map([...listed].map(([category, members]) => [category, Object.fromEntries(members)]));
  return { entries, extended: new Set(owned.map(({ name }) => extendedPrefix + name)) };
}

function besideRecords(contracts: JsonObject, records: ReadonlyMap<string, JsonObject>): JsonObject {
  const beside = Object.entries(contracts).flatMap(([category, entries]): [string, Json][] => {
    if (!isObject(entries)) return [[category, entries]];
    const owned = records.get(category) ?? {};
    const rest = Object.entries(entries).filter(([name]) => !Object.hasOwn(owned, name));
    return rest.length === 0 ? [] : [[category, Object.fromEntries(rest)]];
  });
  return Object.fromEntries(beside);
}
