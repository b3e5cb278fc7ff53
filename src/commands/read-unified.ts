import { type FoldSource, readFoldSource } from '../core/fold/fold-source.js';
import { member } from '../core/json.js';
import { networkNameProblem } from '../core/model/names.js';
import { schemaVersionProblem } from '../core/model/network-file.js';
import { shown } from '../core/shown.js';
import type { SourceFile } from '../ports/source-files.js';
import type { PassedOver } from './plan-import.js';

/** A 3.0 file that can be folded. */
export type UnifiedFile = {
  readonly file: SourceFile;
  readonly source: FoldSource;
  /** The network that the file's name says; null when that cannot name one. */
  readonly named: string | null;
};

/** Whether a file is called like a network file. Backups are not, and are never read (FORMAT §1.1). */
export function isUnifiedName(name: string): boolean {
  return name.endsWith(suffix);
}

/** Reads the files of a source; those that are of another schema version, or no JSON that can be kept, are passed over. */
export function readUnified(files: readonly SourceFile[]): {
  readonly unified: readonly UnifiedFile[];
  readonly passedOver: readonly PassedOver[];
} {
  const unified: UnifiedFile[] = [];
  const passedOver: PassedOver[] = [];
  for (const file of files) {
    const read = readOne(file);
    if ('reason' in read) passedOver.push({ file: file.path, reason: read.reason });
    else unified.push(read);
  }
  return { unified, passedOver };
}

const suffix = '.unified.json';

function readOne(file: SourceFile): UnifiedFile | { readonly reason: string } {
  if (!isUnifiedName(file.name)) return { reason: `it is not called <network>${suffix}; backups are never read` };
  const read = readFoldSource(file.bytes);
  if (!read.ok) {
    const { rule, line, column, message } = read.refusal;
    return { reason: `${rule} at ${line}:${column}: ${message}` };
  }
  const problem = versionProblem(read.source);
  if (problem !== null) return { reason: problem };
  const name = file.name.slice(0, -suffix.length);
  return { file, source: read.source, named: networkNameProblem(name) === null ? name : null };
}

function versionProblem({ root }: FoldSource): string | null {
  const version = member(root, 'schemaVersion');
  if (version === undefined) return 'it has no schemaVersion, so it is no 3.0 file';
  if (schemaVersionProblem(version) !== null) return `its schemaVersion is ${shown(JSON.stringify(version))}, not 3.0`;
  const isNewer = typeof version === 'string' && !version.startsWith('3.0.');
  return isNewer ? `a newer stateroot wrote it: its schemaVersion is ${version}, this one knows 3.0` : null;
}
