import { defaultConfig } from '../../core/config/config.js';
import { networkOfName } from '../../core/config/resolve-network.js';
import { type JsonObject, member } from '../../core/json.js';
import { fromContractInfo } from '../../core/legacy/contract-info.js';
import { type LegacyKey, parseKey } from '../../core/legacy/parse-key.js';
import { readStoredValue } from '../../core/legacy/stored-value.js';
import type { ContractType } from '../../core/model/contract-type.js';
import { networkNameProblem } from '../../core/model/names.js';
import { decodeUtf8 } from '../../core/text/utf8.js';
import { untagBigints } from '../../core/values/bigint.js';

/** A key that names a contract, as text and taken apart. */
export type StoredKey = LegacyKey & { readonly key: string };

/** What stands under such a key. The key says which contract it is; a value that says otherwise is not believed. */
export type Stored = {
  readonly key: string;
  /** Null where only the network's name is known, and no chain by that name. */
  readonly chainId: number | null;
  /** Of a `<network>:<address>` key, else null. */
  readonly network: string | null;
  readonly contractName: string;
  readonly value: JsonObject;
};

export type Unreadable = Pick<Stored, 'key' | 'chainId' | 'network'> & { readonly reason: string };

export function chainKey(chainId: number, contractName: string): Uint8Array {
  return Buffer.from(`${chainId}-${contractName}`, 'utf8');
}

/** Null for a key that is no contract's. */
export function keyOf(bytes: Uint8Array): StoredKey | null {
  const key = decodeUtf8(bytes);
  const parsed = key.ok ? parseKey(key.text) : null;
  return !key.ok || parsed === null || 'reason' in parsed ? null : { ...parsed, key: key.text };
}

export function readStored(parsed: StoredKey, bytes: Uint8Array): Stored | Unreadable {
  const { key } = parsed;
  const network = parsed.form === 'network' ? parsed.network : null;
  const chainId = parsed.form === 'chain' ? parsed.chainId : chainOfName(parsed.network);
  const read = readStoredValue(bytes);
  if ('reason' in read) return { key, chainId, network, reason: read.reason };
  if (parsed.form === 'network') return readAddressed(parsed, chainId, read.value);
  return { key, chainId, network, contractName: parsed.contractName, value: read.value };
}

/** As `get` gave it to deploy scripts, but with native bigints; a member of the wrong type is not repaired. */
export function contractOf({ contractName, network, value }: Stored, chainId: number): ContractType {
  const named = network === null ? {} : { networkName: network };
  return { ...named, ...(untagBigints(value) as object), contractName, chainId };
}

/** The chain of a network by its name alone; null for one that nobody knows. */
function chainOfName(network: string): number | null {
  if (networkNameProblem(network.toLowerCase()) !== null) return null;
  return networkOfName(network, { files: [], config: defaultConfig }).chainId;
}

function readAddressed(
  { key, network, address }: Extract<StoredKey, { form: 'network' }>,
  known: number | null,
  stored: JsonObject,
): Stored | Unreadable {
  const isInfo = !Object.hasOwn(stored, 'contractName');
  const read = isInfo ? fromContractInfo(stored, address) : { contract: stored };
  if ('reason' in read) return { key, chainId: known, network, reason: read.reason };
  const { contract: value } = read;
  const said = member(value, 'chainId');
  const chainId = typeof said === 'number' ? said : known;
  const contractName = member(value, 'contractName');
  if (typeof contractName !== 'string' || contractName === '') {
    return { key, chainId, network, reason: 'the record has no name' };
  }
  return { key, chainId, network, contractName, value };
}
