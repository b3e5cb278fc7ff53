import { byteReader, fixed32, safeNumber } from './byte-reader.js';
import { damage } from './damage.js';
import type { StoredVersion } from './internal-key.js';

/** A record of a log: some writes with consecutive sequence numbers. */
export type WriteBatch = { readonly sequence: number; readonly versions: readonly StoredVersion[] };

const headerSize = 12;

/** Throws damage when the count is not the number of writes or anything is left over. */
export function writeBatch(bytes: Uint8Array): WriteBatch {
  const sequence = safeNumber(fixed32(bytes, 0), fixed32(bytes, 4), 0);
  const count = fixed32(bytes, 8);
  const reader = byteReader(bytes, headerSize);
  const versions: StoredVersion[] = [];
  while (!reader.atEnd()) {
    const type = reader.byte();
    if (type > 1) throw damage('structure', `a write is of the unknown type ${type}`, reader.offset() - 1);
    const key = reader.prefixed();
    const value = type === 1 ? reader.prefixed() : null;
    versions.push({ key, sequence: sequence + versions.length, value });
  }
  if (versions.length !== count) throw damage('structure', `holds ${versions.length} writes and claims ${count}`);
  return { sequence, versions };
}
