import { compareFiles, type PresentFile } from '../core/backup/compare-files.js';
import { type BackupManifest, readManifest } from '../core/backup/manifest.js';
import { backupNames } from '../core/backup/names.js';
import { backupProblem } from '../core/backup/problem.js';
import { type Proof, reportText, reportTime } from '../core/backup/report.js';
import { sumsText } from '../core/backup/sums.js';
import { compareFindings, type Finding, hasErrors } from '../core/finding.js';
import { StateManagerError } from '../errors.js';
import type { BackupFolders } from '../ports/backup-folders.js';
import type { Bundles } from '../ports/bundles.js';
import { checkContents } from './backup-contents.js';

export type VerifiedBackup = {
  readonly findings: readonly Finding[];
  /** Null when it cannot be read. */
  readonly manifest: BackupManifest | null;
  /** Null when something is wrong. */
  readonly proof: Proof | null;
  /** Of SHA256SUMS, which covers every other file: who keeps it elsewhere can tell a backup from another. */
  readonly digest: string | null;
};

/**
 * Computes everything about a backup again: each file against manifest and sums, the one text these have, the report, and
 * the bundle in a scratch clone. Throws BAD_INPUT when there is no such folder.
 */
export async function verifyBackup(folders: BackupFolders, bundles: Bundles, backup: string): Promise<VerifiedBackup> {
  const present = await folders.list(backup);
  const manifest = await manifestOf(folders, backup, present);
  const digest = fileAt(present, backupNames.sums)?.sha256 ?? null;
  if (manifest === null) return { findings: [noManifest()], manifest, proof: null, digest };
  const findings = [...compareFiles(manifest, present), ...(await sumsProblems(folders, backup, present))];
  // git is not given a bundle that is not the one that was backed up.
  if (hasErrors(findings)) return { findings: findings.sort(compareFindings), manifest, proof: null, digest };
  const proved = await proveBackup(folders, bundles, backup, manifest);
  const all = [...findings, ...proved.findings];
  if (proved.proof !== null) all.push(...(await reportProblems(folders, backup, present, manifest, proved.proof)));
  const proof = hasErrors(all) ? null : proved.proof;
  return { findings: all.sort(compareFindings), manifest, proof, digest };
}

/** The proof of files that equal their manifest already; null, with the reasons, when git or the state says no. */
export async function proveBackup(
  folders: BackupFolders,
  bundles: Bundles,
  backup: string,
  manifest: BackupManifest,
): Promise<{ readonly findings: readonly Finding[]; readonly proof: Proof | null }> {
  try {
    const contents = await bundles.scratch((clone) => checkContents(bundles, folders, { backup, clone }, manifest));
    if (hasErrors(contents.findings)) return { findings: contents.findings, proof: null };
    const { findings, ...counted } = contents;
    const bytes = manifest.files.reduce((sum, { size }) => sum + size, 0);
    return { findings, proof: { files: manifest.files.length, bytes, ...counted } };
  } catch (error) {
    if (!(error instanceof StateManagerError) || error.code !== 'GIT_FAILED') throw error;
    return { findings: [backupProblem('backup/bundle', backupNames.bundle, error.message)], proof: null };
  }
}

async function manifestOf(
  folders: BackupFolders,
  backup: string,
  present: readonly PresentFile[],
): Promise<BackupManifest | null> {
  const file = fileAt(present, backupNames.manifest);
  return file?.kind === 'file' ? readManifest(await folders.read(backup, backupNames.manifest)) : null;
}

/** There is one text of the sums for the files that are there: what differs in it is a file or the sums themselves. */
async function sumsProblems(
  folders: BackupFolders,
  backup: string,
  present: readonly PresentFile[],
): Promise<Finding[]> {
  if (fileAt(present, backupNames.sums)?.kind !== 'file') return [];
  const covered = present.filter(({ path, kind }) => kind === 'file' && path !== backupNames.sums);
  const expected = sumsText(covered).split('\n');
  const found = decode(await folders.read(backup, backupNames.sums)).split('\n');
  if (expected.join('\n') === found.join('\n')) return [];
  const changed = covered.filter((file) => !found.includes(sumsText([file]).trimEnd()));
  const message = 'This is not the list that the files of the backup give.';
  return [
    backupProblem('backup/sums', backupNames.sums, message),
    ...changed.map(({ path }) => backupProblem('backup/sum', path, 'This file is not as SHA256SUMS has it.')),
  ];
}

async function reportProblems(
  folders: BackupFolders,
  backup: string,
  present: readonly PresentFile[],
  manifest: BackupManifest,
  proof: Proof,
): Promise<Finding[]> {
  const bytes = await folders.read(backup, backupNames.report);
  const time = reportTime(bytes);
  const sha256 = fileAt(present, backupNames.manifest)?.sha256 ?? '';
  if (time !== null && decode(bytes) === reportText(manifest, sha256, time, proof)) return [];
  const message = 'The report is not the one that verifying this backup gives.';
  return [backupProblem('backup/report', backupNames.report, message)];
}

/** Bytes that are no UTF-8 become U+FFFD, and no text that is compared here has one. */
function decode(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}

function fileAt(present: readonly PresentFile[], path: string): PresentFile | undefined {
  return present.find((file) => file.path === path);
}

function noManifest(): Finding {
  const message = 'There is no manifest of a backup here that can be read.';
  return backupProblem('backup/manifest', backupNames.manifest, message);
}
