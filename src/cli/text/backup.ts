import type { BackupData } from '../../commands/backup-create.js';
import type { RestoredBackup } from '../../commands/backup-restore.js';
import type { VerifiedBackup } from '../../commands/backup-verify.js';
import type { Proof } from '../../core/backup/report.js';
import { terminalSafe } from './escape.js';
import { countFindings } from './findings.js';
import { paint } from './paint.js';
import type { Style } from './style.js';
import { counted } from './table.js';

export function backupSummary({ folder, commit, proof, leveldb, legacy }: BackupData, style: Style): string {
  const pen = paint(style);
  const beside = [leveldb ? 'LevelDB' : '', legacy === 0 ? '' : counted(legacy, 'legacy JSON file')];
  const parts = beside.filter((part) => part !== '');
  const with_ = parts.length === 0 ? 'no LevelDB and no legacy JSON' : parts.join(', ');
  return [
    `${pen.green(pen.mark.done)} Backed up ${commit.slice(0, 7)} to ${terminalSafe(folder)}`,
    `  ${proofText(proof)}; ${with_}`,
  ].join('\n');
}

export function backupNotes({ folder, digest, uncommitted }: BackupData, style: Style): string {
  const pen = paint(style);
  const edits = uncommitted.map((path) => `    ${terminalSafe(path)}`);
  const warning = `${pen.yellow(pen.mark.warning)} The backup is of HEAD. Not in it, because not committed:`;
  return [
    ...(edits.length === 0 ? [] : [warning, ...edits]),
    `SHA-256 of its list of checksums, to keep elsewhere: ${digest}`,
    `Next: stateroot backup verify ${terminalSafe(folder)}, and copy it to another disk`,
  ].join('\n');
}

export function verifyNotes(folder: string, { findings, manifest, proof }: VerifiedBackup, style: Style): string {
  const pen = paint(style);
  if (proof === null) {
    const what = countFindings(findings);
    return `${pen.red(pen.mark.error)} ${terminalSafe(folder)} does not verify: ${what}. Nothing was changed.`;
  }
  const id = terminalSafe(manifest?.id ?? '');
  return `${pen.green(pen.mark.done)} ${id} verifies: ${proofText(proof)}`;
}

export function restoreSummary(restored: RestoredBackup): (style: Style) => string {
  const { id, into, branch, commit, artefacts, refs, networks, records } = restored;
  const at = branch === null ? 'HEAD detached' : terminalSafe(branch.replace(/^refs\/heads\//, ''));
  return (style) => {
    const pen = paint(style);
    return [
      `${pen.green(pen.mark.done)} Restored ${terminalSafe(id)} to ${terminalSafe(into)}`,
      `  ${at} at ${commit.slice(0, 7)}, ${counted(refs, 'ref')}, ${counted(networks, 'network')}, ${counted(records, 'record')}, ${counted(artefacts, 'file')} beside git`,
      `Next: stateroot -C ${terminalSafe(into)} init`,
    ].join('\n');
  };
}

function proofText({ files, refs, networks, records }: Proof): string {
  return [
    counted(files, 'file'),
    `${counted(refs, 'ref')} in the bundle`,
    counted(networks, 'network'),
    counted(records, 'record'),
  ].join(', ');
}
