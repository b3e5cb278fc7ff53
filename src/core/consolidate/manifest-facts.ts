import type { Manifest, ManifestEntry } from '../consistency/state/manifest.js';
import { hashEvidence } from '../deployment/hash-evidence.js';
import { isObject, type Json, type JsonObject, member } from '../json.js';
import type { JoinedRecord } from './join-record.js';
import type { Told } from './layer.js';
import { baseName, type JoinedField, type ValueOrigin } from './origin.js';

/**
 * What OpenZeppelin's manifests of its chain know of a contract: the transactions that deployed it, the kind of its proxy, the
 * scheme of its hash where that is a key of theirs. What they say otherwise, or do not know of a proxied contract, is reported; the
 * record stands. `used` takes the entries that were asked.
 */
export function withManifests(
  record: JoinedRecord,
  manifests: readonly Manifest[],
  { chainId, told, used }: { readonly chainId: number; readonly told: Told; readonly used: Set<string> },
): { readonly record: JoinedRecord; readonly transactions: JsonObject } {
  const [first] = manifests;
  const proxy = addressOf(record, 'proxy');
  const implementation = addressOf(record, 'implementation');
  if (first === undefined) return { record, transactions: {} };
  const asProxy = found(manifests, proxy, 'proxies', used);
  const asCode = found(manifests, implementation, 'implementations', used);
  const fields = new Map(record.fields);
  const doubt = (rule: string, at: Found | null, path: string, kept: Json, other: Json): void => {
    const file = at?.manifest.path ?? first.path;
    told.ambiguous.push({ rule, file, path: (at?.entry.path ?? '') + path, kept, other });
  };
  if (proxy !== null && asProxy === null) doubt('manifest-unknown', null, '/proxies', proxy, null);
  if (proxy !== null && implementation !== null && asCode === null) {
    doubt('manifest-unknown', null, '/impls', implementation, null);
  }
  const add = (field: string, at: Found, path: string, value: Json): void => {
    const origin: ValueOrigin = {
      kind: 'openzeppelin',
      file: baseName(at.manifest.path),
      path: at.entry.path + path,
    };
    fields.set(field, { value, from: null, origin });
  };
  const kind = fields.get('proxyKind')?.value;
  if (asProxy !== null && asProxy.entry.kind !== null) {
    if (kind === undefined) add('proxyKind', asProxy, '/kind', asProxy.entry.kind);
    else if (kind !== asProxy.entry.kind) doubt('manifest-differs', asProxy, '/kind', kind, asProxy.entry.kind);
  }
  const transactions = new Map<string, Json>();
  const own = proxy === null ? asCode : asProxy;
  const deployed = deploymentOf(fields);
  if (own?.entry.txHash != null) {
    if (deployed === null) add('deployment', own, '/txHash', { transactionHash: own.entry.txHash });
    else if (!isSaid(deployed, [asProxy, asCode])) {
      doubt('manifest-differs', own, '/txHash', deployed, own.entry.txHash);
    }
  }
  if (proxy !== null && implementation !== null && asCode?.entry.txHash != null) {
    transactions.set(implementation, asCode.entry.txHash);
  }
  const hash = fields.get('implementationHash')?.value;
  const scheme = fields.get('hashScheme')?.value;
  const code = asCode?.entry.hash ?? null;
  if (typeof hash === 'string' && scheme === undefined && asCode !== null) {
    const evidence = hashEvidence(manifests, chainId, implementation);
    if (evidence.isCreationHash(hash)) add('hashScheme', asCode, '', 'creation-nometa');
  } else if (scheme === 'creation-nometa' && asCode !== null && code !== null && hash !== undefined && hash !== code) {
    doubt('manifest-differs', asCode, '', hash, code);
  }
  return { record: { ...record, fields }, transactions: Object.fromEntries(transactions) };
}

/** Entries that no contract of today has: history, which stays in the manifest. */
export function noteUnused(manifests: readonly Manifest[], used: ReadonlySet<string>, told: Told): void {
  for (const { path: file, proxies, implementations } of manifests) {
    const paths = new Set([...proxies.values(), ...implementations.values()].map(({ path }) => path));
    for (const path of paths) {
      if (!used.has(`${file} ${path}`)) told.folded.push({ rule: 'evidence-only', file, path });
    }
  }
}

type Found = { readonly manifest: Manifest; readonly entry: ManifestEntry };

function found(
  manifests: readonly Manifest[],
  address: string | null,
  list: 'proxies' | 'implementations',
  used: Set<string>,
): Found | null {
  if (address === null) return null;
  for (const manifest of manifests) {
    const entry = manifest[list].get(address.toLowerCase());
    if (entry === undefined) continue;
    used.add(`${manifest.path} ${entry.path}`);
    return { manifest, entry };
  }
  return null;
}

function addressOf({ fields }: JoinedRecord, field: string): string | null {
  const value = fields.get(field)?.value;
  return typeof value === 'string' ? value : null;
}

/** What the record says of its deployment; `{}` where that has no transaction. */
function deploymentOf(fields: ReadonlyMap<string, JoinedField>): JsonObject | null {
  const value = fields.get('deployment')?.value;
  return isObject(value) ? value : null;
}

function isSaid(deployment: JsonObject, entries: readonly (Found | null)[]): boolean {
  const hash = member(deployment, 'transactionHash');
  return typeof hash !== 'string' || entries.some((one) => one !== null && one.entry.txHash === hash.toLowerCase());
}
