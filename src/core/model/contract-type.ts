import { StateManagerError } from '../../errors.js';
import { isObject, type Json, type JsonObject, member } from '../json.js';
import { shown } from '../shown.js';
import { tagBigints, untagBigints } from '../values/bigint.js';
import type { FieldProblem } from './field-problems.js';
import { knownFields, reservedFields } from './fields.js';
import { recordOfInput } from './fields-of-input.js';
import { findForWrite, nameForNew, sourceContractName } from './lookup.js';
import { assertRecordName } from './names.js';
import type { NetworkFile } from './network-file.js';
import type { StateRecord } from './record.js';

/**
 * A contract as the design documents know it (FORMAT §8). Addresses and hashes as 0x text, `timestamp` in ms since 1970;
 * native bigints are allowed wherever a value is free. Other fields are kept under their own names.
 */
export type ContractType = {
  contractName: string;
  chainId: number;
  networkName?: string | undefined;
  /** The implementation; of a contract without proxy, its address. */
  address?: string | null | undefined;
  proxyAddress?: string | null | undefined;
  factoryByteCodeHash?: string | null | undefined;
  implementationHash?: string | null | undefined;
  deploymentArgs?: readonly unknown[] | null | undefined;
  timestamp?: number | null | undefined;
  [field: string]: unknown;
};

/**
 * The record a write of `contract` makes of it, unsealed; under the name of the record that is there, by name, alias or
 * `source.contractName` (FORMAT §5, §8).
 * Throws RECORD_NAME_INVALID, NAME_AMBIGUOUS, CHAIN_ID_MISMATCH, BAD_INPUT, RECORD_INVALID, CHECKSUM_MISMATCH.
 */
export function fromContractType(file: NetworkFile, category: string, contract: ContractType): StateRecord {
  const input = tagBigints(contract);
  if (!isObject(input)) throw new StateManagerError('BAD_INPUT', 'A contract must be an object');
  const contractName = member(input, 'contractName');
  if (typeof contractName !== 'string') {
    throw new StateManagerError('RECORD_INVALID', 'A contract must have a contractName', {
      details: { problems: [{ path: '/contractName', message: 'must be text' }] },
    });
  }
  assertRecordName(contractName);
  assertChainId(file, contractName, member(input, 'chainId'));
  const name = findForWrite(file, contractName)?.name ?? nameForNew(file, contractName).name;
  const place = {
    network: file.network,
    chainId: file.chainId,
    category,
    name,
    contractName: contractName === name ? undefined : contractName,
  };
  const problems = [
    ...contradiction(input, 'network', [file.network]),
    ...contradiction(input, 'category', [category]),
    ...contradiction(input, 'name', [name, contractName]),
  ];
  return recordOfInput(place, input, { nullIsUnknown: true, problems });
}

/** The way back (FORMAT §8): names as the source had them, tagged bigints native, `checksum` among the other fields. */
export function toContractType(record: StateRecord): ContractType {
  const { fields } = record;
  const proxy = member(fields, 'proxy');
  const networkName = sourceNetworkName(record);
  const shownFirst = new Set(['proxy', 'implementation', 'factoryByteCodeHash', 'source']);
  const others = Object.entries(fields).filter(([field]) => !shownFirst.has(field) && !reservedFields.has(field));
  const view: JsonObject = {
    contractName: sourceContractName(fields) ?? record.name,
    chainId: record.chainId,
    networkName: networkName ?? record.network,
    ...optional('address', member(fields, 'implementation') ?? proxy),
    ...optional('proxyAddress', proxy),
    factoryByteCodeHash: member(fields, 'factoryByteCodeHash') ?? '',
    ...Object.fromEntries(others.filter(([field]) => knownFields.has(field))),
    ...sourceWithoutNames(record),
    ...Object.fromEntries(others.filter(([field]) => !knownFields.has(field))),
  };
  return untagBigints(view) as ContractType;
}

/** What the source called the network, undefined when that was the network's name here. */
export function sourceNetworkName(record: StateRecord): string | undefined {
  const source = member(record.fields, 'source');
  const name = isObject(source) ? member(source, 'networkName') : undefined;
  return typeof name === 'string' && name !== '' && name !== record.network ? name : undefined;
}

/** Throws CHAIN_ID_MISMATCH when the input names another chain than the file is about. */
export function assertChainId(file: NetworkFile, name: string, chainId: Json | undefined): void {
  if (chainId === undefined || chainId === file.chainId) return;
  throw new StateManagerError(
    'CHAIN_ID_MISMATCH',
    `${shown(name)} is given for chain ${shown(JSON.stringify(chainId))}, but ${shown(file.network)} is chain ${file.chainId}`,
    {
      hint: 'name the network of that chain, or leave chainId out',
      details: { network: file.network, expected: file.chainId, actual: chainId },
    },
  );
}

/** What stood for a name in `source` is a field of its own here; the rest of `source` stays, unless nothing is left. */
function sourceWithoutNames(record: StateRecord): JsonObject {
  const source = member(record.fields, 'source');
  if (source === undefined || !isObject(source)) return optional('source', source);
  const carried = new Set<string>();
  if (sourceContractName(record.fields) !== undefined && sourceContractName(record.fields) !== record.name) {
    carried.add('contractName');
  }
  if (sourceNetworkName(record) !== undefined) carried.add('networkName');
  const rest = Object.entries(source).filter(([key]) => !carried.has(key));
  return rest.length === 0 && carried.size > 0 ? {} : { source: Object.fromEntries(rest) };
}

function contradiction(input: JsonObject, field: string, accepted: readonly string[]): FieldProblem[] {
  const said = member(input, field);
  if (said === undefined || (typeof said === 'string' && accepted.includes(said))) return [];
  return [{ path: `/${field}`, message: `contradicts the place of the record (${accepted.map(shown).join(' or ')})` }];
}

function optional(key: string, value: Json | undefined): JsonObject {
  return value === undefined ? {} : { [key]: value };
}
