/** What stands where in a backup; every path is relative to its folder and uses `/`. */
export const backupNames = {
  manifest: 'BACKUP_MANIFEST.json',
  report: 'VERIFICATION_REPORT.json',
  sums: 'checksums/SHA256SUMS',
  script: 'EMERGENCY_ROLLBACK.sh',
  bundle: 'repository.bundle',
  state: 'unified-json',
  leveldb: 'leveldb/current',
  legacy: 'legacy-json',
} as const;

/** `20261121T093000Z-3945cb9`: when, and of which commit. Safe in a shell, a ref and a file name. */
export function backupId(time: Date, commit: string): string {
  const stamp = time
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:]/g, '');
  return `${stamp}-${commit.slice(0, 7)}`;
}
