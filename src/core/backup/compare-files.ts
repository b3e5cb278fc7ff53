import type { Finding } from '../finding.js';
import type { BackupManifest } from './manifest.js';
import { backupNames } from './names.js';
import { backupProblem } from './problem.js';

/** One thing in the folder of a backup, folders apart. */
export type PresentFile = {
  readonly path: string;
  readonly kind: 'file' | 'link' | 'other';
  /** Of a file; 0 and '' for anything else. */
  readonly size: number;
  readonly sha256: string;
  readonly executable: boolean;
};

/** What the manifest does not list, because each of them is written after it. */
const above: readonly string[] = [backupNames.manifest, backupNames.report, backupNames.sums];

/** Is exactly there what the manifest lists, byte for byte? One finding for each file that is not. */
export function compareFiles(manifest: BackupManifest, present: readonly PresentFile[]): Finding[] {
  const found = new Map(present.map((file) => [file.path, file]));
  const listed = new Set(manifest.files.map(({ path }) => path));
  const missing = above.filter((path) => !found.has(path)).map(missingFile);
  const changed = manifest.files.flatMap(({ path, size, sha256 }) => {
    const file = found.get(path);
    if (file === undefined) return [missingFile(path)];
    if (file.kind !== 'file' || (file.sha256 === sha256 && file.size === size)) return [];
    const why = file.size === size ? `SHA-256 is ${file.sha256}` : `${file.size} bytes instead of ${size}`;
    return [backupProblem('backup/changed', path, `This is not the file that was backed up: ${why}.`)];
  });
  const extra = present
    .filter(({ path }) => !listed.has(path) && !above.includes(path))
    .map(({ path }) => backupProblem('backup/extra', path, 'This file is not part of the backup.'));
  return [...missing, ...changed, ...extra, ...present.flatMap(kindProblem)];
}

function missingFile(path: string): Finding {
  return backupProblem('backup/missing', path, 'This file of the backup is gone.');
}

function kindProblem({ path, kind, executable }: PresentFile): Finding[] {
  if (kind !== 'file') {
    const what = kind === 'link' ? 'a link' : 'no regular file';
    return [backupProblem('backup/not-a-file', path, `This is ${what}; a backup consists of files.`)];
  }
  if (path !== backupNames.script || executable) return [];
  return [backupProblem('backup/script-mode', path, 'The script is not executable; run it with sh.', 'warning')];
}
