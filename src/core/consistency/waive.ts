import type { Waiver } from '../config/config.js';
import { isObject, type Json, type JsonObject, member } from '../json.js';
import { canonicalize } from '../text/canonical.js';

/** What a waiver is compared with. */
type Waivable = { readonly rule: string; readonly network: string; readonly contract?: string; readonly path: string };

/** Its last day is over, UTC. Without a clock nothing expires. */
export function isExpired({ until }: Waiver, now: number | null): boolean {
  return now !== null && new Date(now).toISOString().slice(0, 10) > until;
}

export function covers(waiver: Waiver, { rule, network, contract, path }: Waivable): boolean {
  return (
    waiver.rule === rule &&
    (waiver.network === undefined || waiver.network === network) &&
    (waiver.contract === undefined || waiver.contract === contract) &&
    (waiver.path === undefined || waiver.path === path)
  );
}

/** Do two entries cover the same: rule, network, record and path? */
export function isSameScope(a: Waiver | JsonObject, b: Waiver): boolean {
  const entry = a as JsonObject;
  return (['rule', 'network', 'contract', 'path'] as const).every((key) => member(entry, key) === b[key]);
}

/**
 * The text of a configuration with this waiver, canonical. One of the same rule, network, record and path is renewed in
 * its place. `root` is a configuration that its schema accepts; null when there is none.
 */
export function withWaiver(root: JsonObject | null, waiver: Waiver): string {
  const known = member(root ?? {}, 'waivers');
  const waivers = Array.isArray(known) ? [...(known as readonly Json[])] : [];
  const at = waivers.findIndex((each) => isObject(each) && isSameScope(each, waiver));
  const renewed = at < 0 ? undefined : waivers[at];
  const entry = { ...(isObject(renewed) ? renewed : {}), ...waiver };
  if (at < 0) waivers.push(entry);
  else waivers[at] = entry;
  return canonicalize({ ...root, waivers });
}
