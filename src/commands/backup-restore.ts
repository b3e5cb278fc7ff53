import type { BackupManifest } from '../core/backup/manifest.js';
import { backupNames } from '../core/backup/names.js';
import { hasErrors } from '../core/finding.js';
import { StateManagerError } from '../errors.js';
import type { BackupFolders } from '../ports/backup-folders.js';
import type { Bundles } from '../ports/bundles.js';
import { type Contents, checkContents } from './backup-contents.js';
import { verifyBackup } from './backup-verify.js';

export type RestoredBackup = Omit<Contents, 'findings'> & {
  readonly id: string;
  readonly into: string;
  readonly commit: string;
  readonly branch: string | null;
  /** Files put back beside what git brings. */
  readonly artefacts: number;
};

/**
 * Makes a repository of a backup in a folder that is absent or empty: verified first, built and judged beside it, then
 * moved into place. Throws OUTPUT_EXISTS, VALIDATION_FAILED with the findings, BAD_INPUT.
 */
export async function restoreBackup(
  folders: BackupFolders,
  bundles: Bundles,
  { backup, into }: { readonly backup: string; readonly into: string },
): Promise<RestoredBackup> {
  return folders.build(into, async (place) => {
    const manifest = await requireVerified(folders, bundles, backup);
    const { findings, ...contents } = await checkContents(bundles, folders, { backup, clone: place }, manifest);
    if (hasErrors(findings)) throw failed(backup, findings);
    const { id, repository } = manifest;
    const artefacts = await putBack(folders, backup, place, manifest);
    return { ...contents, id, into, commit: repository.commit, branch: repository.branch, artefacts };
  });
}

async function requireVerified(folders: BackupFolders, bundles: Bundles, backup: string): Promise<BackupManifest> {
  const { manifest, findings, proof } = await verifyBackup(folders, bundles, backup);
  if (manifest === null || proof === null) throw failed(backup, findings);
  return manifest;
}

async function putBack(
  folders: BackupFolders,
  backup: string,
  place: string,
  manifest: BackupManifest,
): Promise<number> {
  const artefacts = manifest.files.filter(({ restoreTo }) => restoreTo !== undefined);
  const stores = new Set(
    artefacts
      .filter(({ category }) => category === 'leveldb')
      .map(({ restoreTo = '' }) => restoreTo.slice(0, Math.max(0, restoreTo.lastIndexOf('/')))),
  );
  // A store that is committed came with the clone: its files among those of the backup would be none of both.
  for (const store of stores) if (store !== '') await folders.clear(place, store);
  for (const { path, restoreTo = '', sha256 } of artefacts) {
    if ((await folders.copy(`${backup}/${path}`, place, restoreTo)) === sha256) continue;
    throw new StateManagerError('CHECKSUM_MISMATCH', `${path} changed while it was put back`, {
      hint: `stateroot backup verify ${backup}`,
      details: { path },
    });
  }
  return artefacts.length;
}

function failed(backup: string, findings: Contents['findings']): StateManagerError {
  const message = `${backup} does not verify (${backupNames.manifest} and what it lists). Nothing was restored.`;
  return new StateManagerError('VALIDATION_FAILED', message, {
    hint: 'restore an older backup; stateroot backup verify shows what is wrong with this one',
    details: { findings },
  });
}
