import { foldSpelling } from '../../config/spelling.js';
import type { Json } from '../../json.js';
import { pointer } from '../../text/pointer.js';
import type { ProtocolSettings } from './checked-network.js';
import { isZeroAddress } from './zero-address.js';

/** The contract of a protocol that every module needs, by folded protocol: its member in `configuration.protocols`. */
const endpointKeys: ReadonlyMap<string, string> = new Map([
  ['celer', 'messageBus'],
  ['hyperlane', 'mailbox'],
  ['layerzero', 'endpoint'],
]);

export type ProtocolEndpoint = { readonly key: string; readonly path: string; readonly value: Json | undefined };

/** Null for a protocol whose endpoint has no known name. */
export function endpointOf({ folded, path, value }: ProtocolSettings): ProtocolEndpoint | null {
  const wanted = endpointKeys.get(folded);
  if (wanted === undefined) return null;
  const key = Object.keys(value).find((each) => foldSpelling(each) === foldSpelling(wanted)) ?? wanted;
  return { key, path: path + pointer(key), value: Object.hasOwn(value, key) ? value[key] : undefined };
}

/** An endpoint that is there, and not only as a placeholder. */
export function isUsable(endpoint: ProtocolEndpoint): boolean {
  return typeof endpoint.value === 'string' && endpoint.value !== '' && !isZeroAddress(endpoint.value);
}
