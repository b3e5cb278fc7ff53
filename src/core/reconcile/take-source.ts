import { withoutSeal } from '../compare/comparable.js';
import type { SourceContract } from '../compare/source-contracts.js';
import type { Config } from '../config/config.js';
import { isObject, type Json, type JsonObject, member } from '../json.js';
import { categoryOf } from '../model/category.js';
import { sealRecord } from '../model/checksum.js';
import { type ContractType, fromContractType, toContractType } from '../model/contract-type.js';
import { nameForNew } from '../model/lookup.js';
import type { NetworkFile } from '../model/network-file.js';
import type { StateRecord } from '../model/record.js';
import { tagBigints } from '../values/bigint.js';
import { codeFields } from './discrepancy.js';

/**
 * The record with what a LevelDB says of these fields, sealed: its value, or none where it has none. With the code go all code fields,
 * also those that only Git has: they are of other code. Throws RECORD_INVALID, NAME_AMBIGUOUS.
 */
export function takeFields(
  file: NetworkFile,
  record: StateRecord,
  source: SourceContract,
  fields: readonly string[],
): StateRecord {
  const said = jsonOf(source.contract);
  const held = jsonOf(withoutSeal(toContractType(record)));
  const isOther = fields.includes('address') || fields.includes('proxyAddress');
  const stale = staleFields(fields, isOther).filter((field) => isOther || !recoveredFields(held).includes(field));
  const taken = new Set([...fields, ...stale]);
  const members = new Map(Object.entries(held).filter(([field]) => !taken.has(field)));
  for (const field of taken) {
    const value = field === 'source' ? joined(member(held, field), member(said, field)) : member(said, field);
    if (value !== undefined) members.set(field, value);
  }
  const contract = withoutMarks(Object.fromEntries(members), held);
  return sealRecord(fromContractType(file, record.category, contract as ContractType));
}

/** A record that only the LevelDB has, sealed, with where it came from. Throws RECORD_INVALID, NAME_AMBIGUOUS. */
export function takeContract(file: NetworkFile, source: SourceContract, config: Config): StateRecord {
  const said = jsonOf(source.contract);
  const own = member(said, 'source');
  const from = { kind: 'leveldb', key: source.key, ...(isObject(own) ? own : {}) };
  const { name } = nameForNew(file, source.contract.contractName);
  const contract = { ...said, source: from } as unknown as ContractType;
  return sealRecord(fromContractType(file, categoryOf(name, config), contract));
}

/** Code fields that cannot stay beside other code; a hash and the way it was made go together. */
function staleFields(fields: readonly string[], isOther: boolean): readonly string[] {
  if (isOther) return codeFields;
  const isHash = fields.includes('implementationHash') || fields.includes('factoryByteCodeHash');
  return isHash ? ['hashScheme'] : [];
}

/** A mark of a recovered value goes with the value. */
function withoutMarks(contract: JsonObject, before: JsonObject): JsonObject {
  const source = member(contract, 'source');
  const gone = recoveredFields(before).filter((field) => member(contract, field) === undefined);
  if (gone.length === 0 || !isObject(source)) return contract;
  const marks = member(source, 'recovered');
  const kept = isObject(marks) ? Object.entries(marks).filter(([field]) => !gone.includes(field)) : [];
  const rest = Object.entries(source).filter(([name]) => name !== 'recovered');
  const recovered: [string, Json][] = kept.length === 0 ? [] : [['recovered', Object.fromEntries(kept)]];
  return { ...contract, source: Object.fromEntries([...rest, ...recovered]) };
}

function recoveredFields(contract: JsonObject): readonly string[] {
  const source = member(contract, 'source');
  const marks = isObject(source) ? member(source, 'recovered') : undefined;
  return isObject(marks) ? Object.keys(marks) : [];
}

function joined(held: Json | undefined, said: Json | undefined): Json | undefined {
  return isObject(held) && isObject(said) ? { ...held, ...said } : (said ?? held);
}

function jsonOf(contract: ContractType): JsonObject {
  const tagged = tagBigints(contract);
  return isObject(tagged) ? tagged : {};
}
