import { type Difference } from '../diff/differences.js';
import { equalJson } from '../equal.js';
import { isObject, type Json, type JsonObject, member } from '../json.js';
import { toContractType } from '../model/contract-type.js';
import type { StateRecord } from '../model/record.js';
import { segments } from '../text/pointer.js';
import { valueAt } from '../text/value-at.js';
import { recased } from '../values/address.js';
import { comparable } from './comparable.js';
import { contractDifferences } from './contract-differences.js';
import type { SourceContract } from './source-contracts.js';

/** One contract of a source beside the record that the target has of it. */
export type RecordComparison = {
  /** What is not the same; `before` is the source's value, `after` the target's. By JSON pointer, ascending. */
  readonly differences: readonly Difference[];
  /** Where other sources had the say: the target holds what all of them together come to. */
  readonly settled: readonly Difference[];
  /** Fields that the target has besides, for a reason that the record itself gives. */
  readonly added: readonly string[];
  /** Field → whether the target holds the source's value. Fields that are settled are left out. */
  readonly held: ReadonlyMap<string, boolean>;
  /** Fields that only the target has, and nothing says where from. */
  readonly unexplained: readonly string[];
};

/** What state in Git has and no old store knew (FORMAT §4); `source` says where a record came from. */
const addedFields: ReadonlySet<string> = new Set(['source', 'aliases', 'hashScheme', 'firstDeployedAt', 'upgrades']);

/**
 * Field by field, both ways. `together` is what all sources come to, where there are several: it explains a value of the target that
 * this source has otherwise or not at all.
 */
export function compareRecord(
  source: SourceContract,
  record: StateRecord,
  together: StateRecord | null = null,
): RecordComparison {
  const view = withoutFinders(comparable(toContractType(record)));
  const said = withoutPlace(withoutFinders(comparable(source.contract)), source, record);
  const target = seenFrom(said, view);
  const all = together === null ? {} : comparable(toContractType(together));
  const differences: Difference[] = [];
  const settled: Difference[] = [];
  const added: string[] = [];
  for (const difference of contractDifferences(said, target).map(inFileForm)) {
    const field = fieldOf(difference);
    if (member(said, field) === undefined) {
      const isShared = equalJson(member(all, field), member(target, field));
      if (isAdded(field, record, target) || isShared) added.push(field);
      else differences.push(difference);
      continue;
    }
    // Nothing is settled by a value that is not there: a lost one stays lost.
    const decided = valueAt(all, difference.path);
    if (decided !== undefined && equalJson(decided, valueAt(target, difference.path))) settled.push(difference);
    else differences.push(difference);
  }
  const wrong = new Set(differences.map(fieldOf));
  const decided = new Set(settled.map(fieldOf));
  return {
    differences,
    settled,
    added,
    held: new Map(
      Object.keys(said)
        .filter((field) => wrong.has(field) || !decided.has(field))
        .map((field) => [field, !wrong.has(field)]),
    ),
    unexplained: [...wrong].filter((field) => member(said, field) === undefined),
  };
}

/** Fields of a source's contract that are to be held, of one that the target has nothing of. */
export function fieldsOf(source: SourceContract): string[] {
  return Object.keys(withoutFinders(comparable(source.contract)));
}

/** The member of a contract that a difference lies in. */
export function fieldOf({ path }: Difference): string {
  return segments(path)[0] ?? '';
}

/** Addresses as people know them: `comparable` has them in lower case. */
function inFileForm({ path, before, after }: Difference): Difference {
  const shown = (value: Json) => (path === '/address' || path === '/proxyAddress' ? addressForm(value) : value);
  return {
    path,
    ...(before === undefined ? {} : { before: shown(before) }),
    ...(after === undefined ? {} : { after: shown(after) }),
  };
}

function addressForm(value: Json): Json {
  return typeof value === 'string' ? recased(value) : value;
}

/** Chain and name are what the record was found by: to count them as held would flatter. */
function withoutFinders(contract: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(contract).filter(([field]) => field !== 'contractName' && field !== 'chainId'),
  );
}

/** What a value says of its own place (FORMAT §4.2) is no field of a record: where it is right it is held by the place. */
function withoutPlace(said: JsonObject, source: SourceContract, record: StateRecord): JsonObject {
  const accepted: ReadonlyMap<string, readonly Json[]> = new Map([
    ['network', [record.network, ...source.spellings]],
    ['category', [record.category]],
    ['name', [record.name, source.contract.contractName]],
  ]);
  return Object.fromEntries(
    Object.entries(said).filter(([field, value]) => accepted.get(field)?.includes(value) !== true),
  );
}

/**
 * The target as this source may see it: `source` cut to what the contract says there itself, and no address where the source
 * names the proxy alone.
 */
function seenFrom(said: JsonObject, view: JsonObject): JsonObject {
  const own = member(said, 'source');
  const held = member(view, 'source');
  const seen: JsonObject = {
    ...view,
    ...(isObject(own) && isObject(held) ? { source: cutTo(own, held) } : {}),
  };
  const isProxyAlone =
    member(said, 'address') === undefined && member(view, 'address') === member(view, 'proxyAddress');
  return isProxyAlone ? Object.fromEntries(Object.entries(seen).filter(([field]) => field !== 'address')) : seen;
}

function cutTo(own: JsonObject, held: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(held).filter(([name]) => member(own, name) !== undefined));
}

function isAdded(field: string, record: StateRecord, target: JsonObject): boolean {
  if (addedFields.has(field)) return true;
  const source = member(record.fields, 'source');
  const recovered = isObject(source) ? member(source, 'recovered') : undefined;
  return isObject(recovered) && member(recovered, field) !== undefined && member(target, field) !== undefined;
}
