import { createHash } from 'node:crypto';

/** The oid git gives a blob with these bytes, without filters. */
export function blobOid(bytes: Uint8Array, format: 'sha1' | 'sha256'): string {
  return createHash(format).update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
