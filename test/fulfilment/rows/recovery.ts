import type { Row } from '../row.js';

/** Backups, rollback, recovery. */
export const rows: readonly Row[] = [
  {
    id: 'R126',
    says: 'A backup is one folder with a manifest, checksums, a report, a rollback script, LevelDB, older JSON and unified files',
    code: 'src/commands/backup-create.ts#createBackup',
    test: 'test/e2e/backup.test.ts › holds everything, verifies here and by sha256sum, and leaves its sources and git as they were',
  },
  {
    id: 'R127',
    says: 'What was done can be undone by a command, by restoring a backup, by git, and by hand',
    code: 'src/commands/rollback.ts#rollback',
    test: 'test/e2e/writes.test.ts › of the commit that made the first file takes the file away',
  },
  {
    id: 'R128',
    says: 'One script takes everything back in an emergency, checks it first, and keeps what it replaces',
    code: 'src/core/backup/rollback-script.ts#rollbackScript',
    test: 'test/e2e/backup.test.ts › takes LevelDB, legacy JSON and state back, keeps what it replaces, and asks first',
  },
  {
    id: 'R129',
    says: 'What a write replaces is kept first, and a backup can be verified at any time',
    code: 'src/commands/backup-verify.ts#verifyBackup',
    test: 'test/e2e/backup.test.ts › fails to verify when a file is gone, added, cut off, appended to, or a link',
  },
  {
    id: 'R130',
    says: 'A write is whole or absent, whenever it is killed, and another side answers where one fails',
    code: 'src/managers/dual-write/read-either.ts#fallBack',
    test: 'test/managers/dual-write/dual-contracts.test.ts › falls back where the primary fails, and says so',
  },
  {
    id: 'R131',
    says: 'A backup is restored byte for byte, and proves itself before it appears',
    code: 'src/commands/backup-restore.ts#restoreBackup',
    test: 'test/e2e/backup.test.ts › is restored byte for byte, with branches and tags, into a clone that validates',
  },
  {
    id: 'R132',
    says: 'What can be repaired without a decision is repaired, and no value is changed by it',
    code: 'src/core/model/normalize.ts#normalizeFile',
    test: 'test/core/model/normalize.test.ts › fmt changes no checksum input, is idempotent, and undoes every repairable finding',
  },
  {
    id: 'R133',
    says: 'Which side is right is decided by evidence: files that are whole, checksums, commits, times, manifests',
    code: 'src/core/reconcile/evidence.ts#evidenceOf',
    test: 'test/core/reconcile/decide-side.test.ts › speaks for the LevelDB where all of its files are whole, and not where a place in them is odd',
  },
  {
    id: 'R134',
    says: 'Differences are reconciled by a rule or by a person, as one commit, and compared again',
    code: 'src/commands/migration/reconcile.ts#reconcile',
    test: 'test/commands/migration/reconcile.test.ts › brings what the LevelDB is right about into Git as one commit, and nothing differs any more',
  },
];
