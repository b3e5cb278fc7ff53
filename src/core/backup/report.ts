import { member } from '../json.js';
import { canonicalize } from '../text/canonical.js';
import { readText } from '../text/read.js';
import type { BackupManifest } from './manifest.js';

/** What was counted while a backup was verified; nothing in it is assumed. */
export type Proof = {
  /** Files read again and equal to the manifest. */
  readonly files: number;
  readonly bytes: number;
  /** Refs of a clone that was made from the bundle and passed `git fsck`. */
  readonly refs: number;
  /** State files that equal those of the commit in that clone, and are valid. */
  readonly stateFiles: number;
  readonly networks: number;
  readonly records: number;
};

/** The text of VERIFICATION_REPORT.json; it carries the digest of the manifest. `verifiedAt` is ISO 8601. */
export function reportText(manifest: BackupManifest, manifestSha256: string, verifiedAt: string, proof: Proof): string {
  const { files, bytes, refs, stateFiles, networks, records } = proof;
  return canonicalize({
    formatVersion: 1,
    id: manifest.id,
    verifiedAt,
    manifestSha256,
    success: true,
    checks: [
      { name: 'files', says: 'read again: size and SHA-256 as in the manifest', files, bytes },
      { name: 'bundle', says: 'cloned from the bundle: git fsck is clean, every ref as in the manifest', refs },
      { name: 'state', says: 'unified-json equals the state files of the commit in that clone', files: stateFiles },
      { name: 'valid', says: 'no state file has an error', networks, records },
    ],
  });
}

/** When a report says that it was made; null when these bytes are no report. */
export function reportTime(bytes: Uint8Array): string | null {
  const read = readText(bytes);
  const time = read.ok ? member(read.value, 'verifiedAt') : null;
  return typeof time === 'string' ? time : null;
}
