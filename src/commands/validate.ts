import { compareFindings, type Finding } from '../core/finding.js';
import { inspectTree, lostChecksums } from '../core/inspect/inspect.js';
import { networkOfPath } from '../core/layout.js';
import { parseNetworkFile } from '../core/model/network-file.js';
import type { Place, StateFile, StateRepository } from '../ports/state-repository.js';
import { type RootFiles, selectedFiles } from './selected-files.js';

export type ValidateOptions = {
  readonly place: Place;
  /** Only files that differ from HEAD, for the hook. */
  readonly onlyChanged?: boolean | undefined;
  /** Files or folders relative to the repository root. */
  readonly paths?: readonly string[] | undefined;
};

export type Validated = {
  readonly findings: readonly Finding[];
  /** The files that were judged, ascending. */
  readonly files: readonly string[];
};

/**
 * Is each file what it claims (FORMAT §13)? In the index also: did a record lose its checksum since HEAD? Throws
 * BAD_USAGE for paths that hold no state file.
 */
export async function validate(repository: StateRepository, options: ValidateOptions): Promise<Validated> {
  const selected = await selectedFiles(repository, options.place, options.paths);
  const parts = await Promise.all(selected.map((part) => validateRoot(part, options)));
  return {
    findings: parts.flatMap((part) => part.findings).sort(compareFindings),
    files: parts.flatMap((part) => part.files).sort(),
  };
}

async function validateRoot(part: RootFiles, { place, onlyChanged }: ValidateOptions): Promise<Validated> {
  const { root, repository } = part;
  const needsBase = place === 'index' || onlyChanged === true;
  const base = needsBase ? await headFiles(repository, part.files) : new Map<string, StateFile>();
  const changed = part.files.filter((file) => !sameFile(file, base.get(file.path)));
  const files = onlyChanged === true ? changed : part.files;
  const lost = place === 'index' ? changed.flatMap((file) => lostSince(base.get(file.path), file)) : [];
  return { findings: [...inspectTree(files, root), ...lost], files: files.map(({ path }) => path) };
}

async function headFiles(repository: StateRepository, files: readonly StateFile[]): Promise<Map<string, StateFile>> {
  const { commit } = await repository.head();
  if (commit === null) return new Map();
  const tree = await repository.at({ commit });
  return new Map((await tree.read(files.map(({ path }) => path))).map((file) => [file.path, file]));
}

function sameFile(file: StateFile, other: StateFile | undefined): boolean {
  return other !== undefined && file.mode === other.mode && Buffer.compare(file.bytes, other.bytes) === 0;
}

function lostSince(before: StateFile | undefined, after: StateFile): Finding[] {
  if (before === undefined || networkOfPath(after.path) === null) return [];
  const base = parseNetworkFile(before.bytes);
  const head = parseNetworkFile(after.bytes);
  if (!base.ok || !head.ok) return [];
  return lostChecksums(base.file, head.file, after.path, Buffer.from(after.bytes).toString('utf8'));
}
