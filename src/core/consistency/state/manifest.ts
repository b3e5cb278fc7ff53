import { isObject, type Json, type JsonObject, member } from '../../json.js';
import { pointer } from '../../text/pointer.js';
import { readValue } from '../../text/read.js';
import { isAddressText } from '../../values/address-text.js';
import type { ChainBook } from './chain-book.js';

/** What an OpenZeppelin upgrades manifest (`.openzeppelin/<network>.json`) knows of one chain. */
export type Manifest = {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Null when the file name names no chain that is known. */
  readonly chainId: number | null;
  /** By address in lower case. */
  readonly proxies: ReadonlyMap<string, ManifestEntry>;
  readonly implementations: ReadonlyMap<string, ManifestEntry>;
  /** Why it says nothing; null when it could be read. */
  readonly problem: string | null;
};

export type ManifestEntry = {
  readonly path: string;
  readonly txHash: string | null;
  /** `uups`, `transparent`, `beacon`; proxies only. */
  readonly kind: string | null;
  /** Hash of the creation code without metadata, as `0x…`; implementations only. */
  readonly hash: string | null;
};

export function readManifest(path: string, bytes: Uint8Array, chains: ChainBook): Manifest {
  const read = readValue(bytes);
  const value = read.ok && isObject(read.value) ? read.value : null;
  const problem = read.ok ? formProblem(value) : `${read.refusal.message} (line ${read.refusal.line})`;
  return {
    path,
    bytes,
    chainId: chainOf(path, chains),
    proxies: new Map(problem === null ? proxiesOf(value ?? {}) : []),
    implementations: new Map(problem === null ? implementationsOf(value ?? {}) : []),
    problem,
  };
}

function formProblem(value: JsonObject | null): string | null {
  if (value === null) return 'it holds no object';
  if (!Array.isArray(member(value, 'proxies')) || !isObject(member(value, 'impls')))
    return 'it has no proxies and impls';
  return null;
}

/** `bsc-testnet.json`, `unknown-23295.json`. */
function chainOf(path: string, chains: ChainBook): number | null {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.json$/, '');
  const [, id] = /^unknown-([1-9][0-9]{0,15})$/.exec(name) ?? [];
  return id === undefined ? chains.chainOfName(name) : Number(id);
}

function proxiesOf(value: JsonObject): [string, ManifestEntry][] {
  const list = member(value, 'proxies');
  return (Array.isArray(list) ? (list as readonly Json[]) : []).flatMap((item, at) =>
    isObject(item) ? entriesOf(item, pointer('proxies', at), null) : [],
  );
}

function implementationsOf(value: JsonObject): [string, ManifestEntry][] {
  const implementations = member(value, 'impls');
  return Object.entries(isObject(implementations) ? implementations : {}).flatMap(([hash, item]) =>
    isObject(item) ? entriesOf(item, pointer('impls', hash), /^[0-9a-f]{64}$/.test(hash) ? `0x${hash}` : null) : [],
  );
}

/** An implementation that was deployed again under one hash has its other addresses in `allAddresses`. */
function entriesOf(item: JsonObject, path: string, hash: string | null): [string, ManifestEntry][] {
  const others = member(item, 'allAddresses');
  const addresses = [member(item, 'address'), ...(Array.isArray(others) ? (others as readonly Json[]) : [])];
  const txHash = textIn(item, 'txHash');
  const entry = { path, txHash: txHash?.toLowerCase() ?? null, kind: textIn(item, 'kind'), hash };
  return addresses.flatMap((address) =>
    typeof address === 'string' && isAddressText(address) ? [[address.toLowerCase(), entry]] : [],
  );
}

function textIn(item: JsonObject, key: string): string | null {
  const value = member(item, key);
  return typeof value === 'string' ? value : null;
}
