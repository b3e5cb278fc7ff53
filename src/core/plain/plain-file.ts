import { isObject, type Json, type JsonObject, member } from '../json.js';
import { shown } from '../shown.js';
import { isAddressText } from '../values/address-text.js';

/**
 * How a plain deployment file of one network keeps contracts: `v1` by name with hashes beside them (document 001), `v2` by
 * address (document 000, `version` 2.0.0), `enhanced` by category (`schemaVersion` 2.x), which is only read.
 */
type PlainForm = 'v1' | 'v2' | 'enhanced';

export type PlainFile = {
  readonly form: PlainForm;
  readonly network: string;
  readonly chainId: number;
  /** As the file has it, in its order; big integers tagged. */
  readonly root: JsonObject;
};

/** Why something of a file cannot be read as what it should be; `path` is an RFC 6901 pointer. */
export type PlainProblem = { readonly path: string; readonly message: string };

/** The file a JSON value is, or why it is none. Members that are not known here stay in `root`. */
export function plainFile(root: Json): PlainFile | PlainProblem {
  if (!isObject(root)) return { path: '', message: 'is no object' };
  const version = member(root, 'schemaVersion') ?? member(root, 'version');
  if (version !== undefined && !isVersion2(version)) return { path: versionPath(root), message: unreadable(version) };
  const contracts = member(root, 'contracts');
  if (!isObject(contracts)) return { path: '/contracts', message: 'is no object of contracts' };
  const network = member(root, 'network');
  if (typeof network !== 'string' || network === '') return { path: '/network', message: 'names no network' };
  const chainId = member(root, 'chainId');
  if (typeof chainId !== 'number' || !Number.isSafeInteger(chainId) || chainId < 1) {
    return { path: '/chainId', message: 'is no chain id (a whole number from 1 on)' };
  }
  return { form: formOf(root, contracts), network, chainId, root };
}

/**
 * Without contracts. `timestamp` is ISO 8601; the schema of 2.0.0 demands it, v1 takes it where it is known. Document
 * 000 has no form in which nothing was deployed yet, so it stands for the making of the file.
 */
export function emptyPlainFile(
  form: 'v1' | 'v2',
  { network, chainId, timestamp }: { network: string; chainId: number; timestamp?: string | undefined },
): PlainFile {
  const time = timestamp === undefined ? {} : { timestamp };
  const root: JsonObject =
    form === 'v1'
      ? { network, chainId, ...time, contracts: {}, implementationHashes: {} }
      : { version: '2.0.0', network, chainId, ...time, contracts: {} };
  return { form, network, chainId, root };
}

/** The text of a plain file: members in their order, two spaces, final newline. */
export function plainText({ root }: PlainFile): string {
  return `${JSON.stringify(root, null, 2)}\n`;
}

function isVersion2(version: Json): boolean {
  return typeof version === 'string' && /^2\.\d+\.\d+$/.test(version);
}

function versionPath(root: JsonObject): string {
  return member(root, 'schemaVersion') === undefined ? '/version' : '/schemaVersion';
}

function unreadable(version: Json): string {
  const text = typeof version === 'string' ? shown(version) : JSON.stringify(version);
  return `is ${text}; a plain deployment file has none, or 2.0.0 (import unified reads 3.0.0)`;
}

/** A file keyed by address is v2 even where it does not say so: as v1 its addresses would be names. */
function formOf(root: JsonObject, contracts: JsonObject): PlainForm {
  if (member(root, 'schemaVersion') !== undefined) return 'enhanced';
  if (member(root, 'version') !== undefined) return 'v2';
  const keys = Object.keys(contracts);
  return keys.length > 0 && keys.every(isAddressText) ? 'v2' : 'v1';
}
