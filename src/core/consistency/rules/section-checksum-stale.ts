import { createHash } from 'node:crypto';
import { isObject, type Json, member } from '../../json.js';
import { sectionChecksums } from '../../model/section-checksums.js';
import type { ConsistencyRule, Problem } from '../rule.js';
import { placeIn } from '../state/checked-network.js';

export const sectionChecksumStale: ConsistencyRule = {
  id: 'section/checksum-stale',
  severity: 'warning',
  title: 'A section checksum of the old form does not hold',
  meaning:
    '16 hex digits of SHA-256 over the section in source key order (FORMAT §7): it was not renewed when the section was edited. Only told where the section still stands in its source order; a full checksum is judged by `validate` (section-checksum-mismatch).',
  remedy: '`stateroot import unified` drops it; compare the section with its source first.',
  fires: {
    networks: {
      bsctestnet: {
        configuration: { b: 1, a: 1 },
        verification: { dataIntegrity: { checksums: { configuration: '0123456789abcdef' } } },
      },
    },
  },
  silent: {
    networks: {
      bsctestnet: {
        configuration: { b: 1, a: 1 },
        verification: { dataIntegrity: { checksums: { configuration: 'd347334b81cc0a6a' } } },
      },
    },
  },
  find: ({ networks }) =>
    networks.flatMap((network) =>
      sectionChecksums(network.root).flatMap(({ key, path, value, form }): Problem[] => {
        const section = member(network.root, key);
        if (form !== 'old' || section === undefined || !isInSourceOrder(section) || oldChecksum(section) === value)
          return [];
        return [
          {
            place: placeIn(network, path),
            message: `${key} of ${network.name} was changed since its checksum was made`,
          },
        ];
      }),
    ),
};

/** Sorted keys say nothing: they may have been sorted since. */
function isInSourceOrder(value: Json): boolean {
  if (Array.isArray(value)) return (value as readonly Json[]).some(isInSourceOrder);
  if (!isObject(value)) return false;
  const keys = Object.keys(value);
  return keys.some((key, at) => key < (keys[at - 1] ?? '')) || Object.values(value).some(isInSourceOrder);
}

function oldChecksum(section: Json): string {
  return createHash('sha256').update(JSON.stringify(section)).digest('hex').slice(0, 16);
}
