import { StateManagerError } from '../../errors.js';
import { isObject, type Json, type JsonObject, member } from '../json.js';
import { shown } from '../shown.js';
import { isAddressText } from '../values/address-text.js';
import { identityAddress } from './fields.js';
import { recordNameProblem, shortName } from './names.js';
import { type NetworkFile, recordNamed, recordsOf } from './network-file.js';
import type { StateRecord } from './record.js';

/**
 * The record a reader means (FORMAT §5): by address, else name, else alias or `source.contractName`, else the only one
 * with that short name. An address is first that of a proxy or a plain contract, then an implementation behind a proxy.
 * Throws NAME_AMBIGUOUS with `details.candidates`.
 */
export function findRecord(file: NetworkFile, nameOrAddress: string): StateRecord | null {
  const named = recordNamed(file, nameOrAddress);
  if (named !== null) return named;
  const records = recordsOf(file);
  if (isAddressText(nameOrAddress)) return findByAddress(records, nameOrAddress);
  const short = records.filter((record) => shortName(record.name) === nameOrAddress);
  return findByOtherName(records, nameOrAddress) ?? single(short, nameOrAddress);
}

/** The record a write of `name` changes: by name, alias or `source.contractName`, never by short name. Throws NAME_AMBIGUOUS. */
export function findForWrite(file: NetworkFile, name: string): StateRecord | null {
  return recordNamed(file, name) ?? findByOtherName(recordsOf(file), name);
}

/**
 * What a new record is called: a fully-qualified name is cut to its short name, and stands in `source.contractName`, if
 * no name or alias of the file is or ends in that short name (FORMAT §5).
 */
export function nameForNew(file: NetworkFile, name: string): { name: string; contractName?: string } {
  const short = shortName(name);
  if (short === name || recordNameProblem(short) !== null) return { name };
  const taken = recordsOf(file).some((record) => callNames(record).some((other) => shortName(other) === short));
  return taken ? { name } : { name: short, contractName: name };
}

/** `source.contractName`, undefined when there is none. */
export function sourceContractName(fields: JsonObject): string | undefined {
  return text(sourceOf(fields), 'contractName');
}

/** The record's aliases and `source.contractName`: what it answers to beside its name. */
export function otherNames(record: Pick<StateRecord, 'fields'>): string[] {
  const aliases = member(record.fields, 'aliases');
  const contractName = sourceContractName(record.fields);
  return [
    ...(Array.isArray(aliases) ? (aliases as readonly Json[]).filter((alias) => typeof alias === 'string') : []),
    ...(contractName === undefined ? [] : [contractName]),
  ];
}

function findByAddress(records: readonly StateRecord[], address: string): StateRecord | null {
  const wanted = address.toLowerCase();
  const holds = (value: Json | undefined) => typeof value === 'string' && value.toLowerCase() === wanted;
  const owners = records.filter((record) => holds(identityAddress(record.fields)));
  if (owners.length > 0) return single(owners, address);
  return single(
    records.filter((record) => holds(member(record.fields, 'implementation'))),
    address,
  );
}

function findByOtherName(records: readonly StateRecord[], name: string): StateRecord | null {
  return single(
    records.filter((record) => otherNames(record).includes(name)),
    name,
  );
}

function single(matches: readonly StateRecord[], asked: string): StateRecord | null {
  const [first, ...rest] = matches;
  if (first === undefined) return null;
  if (rest.length === 0) return first;
  const candidates = matches.map((record) => record.name);
  throw new StateManagerError(
    'NAME_AMBIGUOUS',
    `${shown(asked)} on ${shown(first.network)} means ${candidates.length} records: ${candidates.map(shown).join(', ')}`,
    { hint: `use one of these names, e.g. ${candidates[0] ?? ''}`, details: { candidates } },
  );
}

function callNames(record: StateRecord): string[] {
  return [record.name, ...otherNames(record)];
}

function sourceOf(fields: JsonObject): JsonObject {
  const source = member(fields, 'source');
  return isObject(source) ? source : {};
}

function text(object: JsonObject, key: string): string | undefined {
  const value = member(object, key);
  return typeof value === 'string' ? value : undefined;
}
