import { StateManagerError } from '../../errors.js';
import { type Json, type JsonObject, member } from '../json.js';
import { shown } from '../shown.js';
import { assertChainId, sourceNetworkName } from './contract-type.js';
import type { FieldProblem } from './field-problems.js';
import { compareFieldNames, reservedFields } from './fields.js';
import { recordOfInput } from './fields-of-input.js';
import { findForWrite, nameForNew, otherNames } from './lookup.js';
import { assertRecordName, categoryNameProblem, shortName } from './names.js';
import type { NetworkFile } from './network-file.js';
import type { StateRecord } from './record.js';

/** A record as `--json` shows it (CONTRACT §5): known fields in the order of FORMAT §4, then the others. */
export function recordView(record: StateRecord): JsonObject {
  const proxy = member(record.fields, 'proxy');
  const address = member(record.fields, 'implementation') ?? proxy;
  const hidden = new Set([...reservedFields, 'proxy', 'implementation']);
  const others = Object.entries(record.fields)
    .filter(([field]) => !hidden.has(field))
    .sort(([a], [b]) => compareFieldNames(a, b));
  return {
    network: record.network,
    chainId: record.chainId,
    category: record.category,
    contractName: record.name,
    networkName: sourceNetworkName(record) ?? record.network,
    ...(address === undefined ? {} : { address }),
    ...(proxy === undefined ? {} : { proxyAddress: proxy }),
    ...Object.fromEntries(others),
  };
}

/** What a `put` knows beside the input. */
export type InputDefaults = {
  /** Where the record goes when the input names no category. */
  readonly category: string;
  /** The user named `category`: another one in the input contradicts. Default false. */
  readonly categoryGiven?: boolean;
  /** Does this spelling mean the file's network? Default: only its own name does. */
  readonly isNetwork?: (spelling: string) => boolean;
};

/** What an input says about the place it belongs to, as far as it says it in the right type. */
export function inputClaims(input: JsonObject): {
  network?: string;
  chainId?: number;
  category?: string;
  contractName?: string;
  networkName?: string;
} {
  const chainId = member(input, 'chainId');
  const texts = ['network', 'category', 'contractName', 'networkName'].flatMap((key) => {
    const value = member(input, key);
    return typeof value === 'string' ? [[key, value] as const] : [];
  });
  return { ...Object.fromEntries(texts), ...(typeof chainId === 'number' ? { chainId } : {}) };
}

/**
 * The record that `put <network> <name> --from` means, unsealed: what `recordView` shows, a ContractType, or
 * `proxy`/`implementation`. It replaces the record that `name` finds. An empty hash is left out, null is refused.
 * Throws RECORD_NAME_INVALID, NAME_AMBIGUOUS, CHAIN_ID_MISMATCH, BAD_INPUT (network, category, contractName contradict),
 * RECORD_INVALID with `details.problems`, CHECKSUM_MISMATCH.
 */
export function recordFromInput(
  file: NetworkFile,
  defaults: InputDefaults,
  name: string,
  input: JsonObject,
): StateRecord {
  assertRecordName(name);
  const existing = findForWrite(file, name);
  const recordName = existing?.name ?? nameForNew(file, name).name;
  const problems: FieldProblem[] = [];
  assertChainId(file, recordName, member(input, 'chainId'));
  assertNetwork(file, defaults, recordName, text(input, 'network', problems));
  const said = text(input, 'contractName', problems);
  assertNames(file, existing, recordName, name, [said, text(input, 'name', problems)]);
  const place = {
    network: file.network,
    chainId: file.chainId,
    category: categoryOfInput(defaults, recordName, text(input, 'category', problems), problems),
    name: recordName,
    contractName: sourceName(existing, recordName, name, said, member(input, 'aliases')),
  };
  return recordOfInput(place, input, { nullIsUnknown: false, problems });
}

function assertNetwork(file: NetworkFile, defaults: InputDefaults, name: string, said: string | undefined): void {
  const isNetwork = defaults.isNetwork ?? ((spelling: string) => spelling === file.network);
  if (said === undefined || said === file.network || isNetwork(said)) return;
  throw contradiction(name, `network ${shown(said)}`, `it is written to ${shown(file.network)}`);
}

function assertNames(
  file: NetworkFile,
  existing: StateRecord | null,
  recordName: string,
  asked: string,
  said: readonly (string | undefined)[],
): void {
  const answersTo = new Set([recordName, asked, ...(existing === null ? [] : otherNames(existing))]);
  for (const name of said) {
    if (name === undefined || answersTo.has(name)) continue;
    if (shortName(name) === recordName && findForWrite(file, name) === null) continue;
    throw contradiction(recordName, `contractName ${shown(name)}`, `it is written as ${shown(recordName)}`);
  }
}

function categoryOfInput(
  defaults: InputDefaults,
  name: string,
  said: string | undefined,
  problems: FieldProblem[],
): string {
  if (said === undefined || said === defaults.category) return defaults.category;
  if (defaults.categoryGiven === true) {
    throw contradiction(name, `category ${shown(said)}`, `it is written to category ${shown(defaults.category)}`);
  }
  const problem = categoryNameProblem(said);
  if (problem !== null) problems.push({ path: '/category', message: `is no category name: ${problem}` });
  return said;
}

/** `source.contractName`: what the input or the user calls the record, where that is neither its name nor an alias. */
function sourceName(
  existing: StateRecord | null,
  recordName: string,
  asked: string,
  said: string | undefined,
  aliases: Json | undefined,
): string | undefined {
  if (said !== undefined && said !== recordName) return isAlias(aliases, said) ? undefined : said;
  if (asked === recordName || isAlias(aliases, asked)) return undefined;
  const wasAlias = existing !== null && isAlias(member(existing.fields, 'aliases'), asked);
  return wasAlias ? undefined : asked;
}

function isAlias(aliases: Json | undefined, name: string): boolean {
  return Array.isArray(aliases) && aliases.includes(name);
}

function text(input: JsonObject, key: string, problems: FieldProblem[]): string | undefined {
  const value = member(input, key);
  if (value === undefined || typeof value === 'string') return value;
  problems.push({ path: `/${key}`, message: 'must be text' });
  return undefined;
}

function contradiction(name: string, said: string, place: string): StateManagerError {
  return new StateManagerError('BAD_INPUT', `The input for ${shown(name)} says ${said}, but ${place}`, {
    hint: 'correct the input, or leave that member out: the command line says where the record goes',
  });
}
