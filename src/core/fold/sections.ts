import { type Json, type JsonObject, member } from '../json.js';
import { emptyNetworkFile } from '../model/network-file.js';
import { extendedPrefix } from '../model/placed-record.js';
import { isObject } from '../json.js';
import { pointer } from '../text/pointer.js';
import type { FoldLog } from './fold-log.js';
import type { FoldPlace } from './identity.js';

/** The root without records, with every part that each network file has (FORMAT §10.9, §3). */
export function foldSections(
  root: JsonObject,
  verification: Json | undefined,
  place: FoldPlace,
  log: FoldLog,
): JsonObject {
  const kept = Object.entries(root).filter(([key]) => key !== 'contracts' && !key.startsWith(extendedPrefix));
  const own = new Map(kept);
  if (verification !== undefined) own.set('verification', verification);
  const named: ReadonlySet<string> = new Set(['network', 'chainId']);
  for (const [key, value] of Object.entries(emptyNetworkFile(place).root)) {
    if (own.has(key) && !named.has(key)) continue;
    // Where a file says its network is reported by itself.
    if (!Object.hasOwn(root, key) && !named.has(key)) log.folded.push({ rule: 'section-missing', path: pointer(key) });
    own.set(key, value);
  }
  const contracts = member(root, 'contracts');
  if (isObject(contracts) && !Object.hasOwn(contracts, 'core')) {
    log.folded.push({ rule: 'section-missing', path: '/contracts/core' });
  }
  return Object.fromEntries(own);
}
