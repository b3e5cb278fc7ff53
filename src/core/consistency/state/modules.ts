import { foldSpelling } from '../../config/spelling.js';
import type { CheckedNetwork } from './checked-network.js';
import type { CheckedRecord } from './checked-record.js';

/** Every protocol that a network names in its lists or settings, folded. */
export function protocolNames(networks: readonly CheckedNetwork[]): Set<string> {
  return new Set(
    networks.flatMap(({ enabled, deployed, configured, settings }) => [
      ...[...(enabled ?? []), ...(deployed ?? []), ...(configured ?? [])].map(({ folded }) => folded),
      ...settings.keys(),
    ]),
  );
}

/**
 * The contract of each protocol on a network, by folded protocol: a record whose name begins with that of the protocol and
 * ends in Module (`CelerIMModule` is celer's).
 */
export function modulesOf({ records }: CheckedNetwork, protocols: ReadonlySet<string>): Map<string, CheckedRecord> {
  return new Map(
    records.flatMap((record) => {
      const name = foldSpelling(record.contract);
      if (!name.endsWith('module')) return [];
      for (let length = name.length - 'module'.length; length > 0; length -= 1) {
        const protocol = name.slice(0, length);
        if (protocols.has(protocol)) return [[protocol, record] as const];
      }
      return [];
    }),
  );
}
