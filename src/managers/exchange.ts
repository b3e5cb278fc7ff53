import { equalJson } from '../core/equal.js';
import { isObject, type Json, type JsonObject, member } from '../core/json.js';
import { parseKey } from '../core/legacy/parse-key.js';
import type { ContractType } from '../core/model/contract-type.js';
import { shown } from '../core/shown.js';
import { readText } from '../core/text/read.js';
import { tagBigints, untagBigints } from '../core/values/bigint.js';
import { StateManagerError } from '../errors.js';
import { contractKey } from '../core/compare/contract-key.js';
import type { StoreChange } from './contract-store.js';
import type { ExportOptions } from './istate-manager.js';

/** What `exportAll` writes; bigints tagged. Throws CHAIN_AMBIGUOUS for two contracts that would be one there. */
export function exportText(contracts: readonly ContractType[], source: string, options: ExportOptions): string {
  const format: string = options.format ?? 'json';
  if (format !== 'json') {
    throw new StateManagerError('BAD_USAGE', `exportAll writes json, not ${shown(format)}`, {
      hint: 'leave format out',
    });
  }
  refuseTwins(contracts);
  const root = {
    format,
    exportTime: new Date().toISOString(),
    totalContracts: contracts.length,
    ...(options.includeMetadata === true ? { metadata: { source } } : {}),
    contracts: Object.fromEntries(contracts.map((contract) => [contractKey(contract), tagBigints(contract)])),
  };
  return `${JSON.stringify(root, null, 2)}\n`;
}

/**
 * What `importAll` has to write, given what is there. Throws JSON_PARSE_ERROR, BAD_INPUT, and CONFLICT for contracts that
 * are there with other fields unless they may be overwritten.
 */
export function importChanges(data: string, there: readonly ContractType[], overwrite: boolean): StoreChange[] {
  const contracts = readExport(data);
  const known = new Map(there.map((contract) => [contractKey(contract), tagBigints(contract)]));
  const differing = contracts.filter((contract) => {
    const other = known.get(contractKey(contract));
    return other !== undefined && !equalJson(other, tagBigints(contract));
  });
  if (differing.length > 0 && !overwrite) {
    const keys = differing.map(contractKey);
    throw new StateManagerError('CONFLICT', `${keys.map(shown).join(', ')} would change; nothing was imported`, {
      hint: 'pass overwrite = true where the export is right',
      details: { keys },
    });
  }
  return contracts
    .filter((contract) => differing.includes(contract) || !known.has(contractKey(contract)))
    .map((contract) => ({ kind: 'put', scope: { chainId: contract.chainId }, contract }));
}

/** Of two environments of one chain, the export could hold one, and would lose the other. */
function refuseTwins(contracts: readonly ContractType[]): void {
  const keys = contracts.map(contractKey);
  const twins = [...new Set(keys.filter((key, i) => keys.indexOf(key) !== i))];
  if (twins.length === 0) return;
  throw new StateManagerError('CHAIN_AMBIGUOUS', `${twins.map(shown).join(', ')} stand for two contracts each`, {
    hint: 'export with chainId, by a manager for each of the networks of that chain',
    details: { keys: twins },
  });
}

function readExport(data: string): ContractType[] {
  const read = readText(Buffer.from(data, 'utf8'));
  if (!read.ok) {
    throw new StateManagerError('JSON_PARSE_ERROR', `The export is not readable: ${read.refusal.message}`, {
      hint: 'pass what exportAll returned',
      details: { reference: 'JSON-002' },
    });
  }
  const contracts = isObject(read.value) ? member(read.value, 'contracts') : undefined;
  if (!isObject(contracts)) throw notExport('/contracts', 'an object of contracts');
  return Object.entries(contracts).map(([key, value]) => contractOf(key, value));
}

function contractOf(key: string, value: Json): ContractType {
  const parsed = parseKey(key);
  if (!('form' in parsed) || parsed.form !== 'chain') throw notExport(`/contracts/${key}`, 'a key <chainId>-<Name>');
  if (!isObject(value)) throw notExport(`/contracts/${key}`, 'a contract');
  refuseContradiction(key, value, parsed);
  return { ...(untagBigints(value) as ContractType), chainId: parsed.chainId, contractName: parsed.contractName };
}

function refuseContradiction(
  key: string,
  value: JsonObject,
  { chainId, contractName }: { readonly chainId: number; readonly contractName: string },
): void {
  const saidChain = member(value, 'chainId') ?? chainId;
  const saidName = member(value, 'contractName') ?? contractName;
  if (saidChain === chainId && saidName === contractName) return;
  throw notExport(`/contracts/${key}`, 'a contract that says the same chain and name as its key');
}

function notExport(path: string, expected: string): StateManagerError {
  return new StateManagerError('BAD_INPUT', `The export needs ${expected} at ${path}`, {
    hint: 'pass what exportAll returned',
    details: { path },
  });
}
