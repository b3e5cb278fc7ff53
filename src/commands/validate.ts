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
  /** The text of each file with findings: what their positions count in. */
  readonly texts: ReadonlyMap<string, string>;
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
    texts: new Map(parts.flatMap((part) => [...part.texts])),
  };
}

async function validateRoot(part: RootFiles, { place, onlyChanged }: ValidateOptions): Promise<Validated> {
  const { root, repository } = part;
  const needsBase = place === 'index' || onlyChanged === true;
  const base = needsBase ? await headFiles(repository, part.files) : new Map<string, StateFile>();
  const changed = part.files.filter((file) => !sameFile(file, base.get(file.path)));
  const files = onlyChanged === true ? changed : part.files;
  const lost = place === 'index' ? changed.flatMap((file) => lostSince(base.get(file.path), file)) : [];
  const findings = [...inspectTree(files, root), ...lost];
  const named = new Set(findings.map(({ file }) => file));
  const texts = files.filter(({ path }) => named.has(path)).map((file) => [file.path, textOf(file)] as const);
  return { findings, files: files.map(({ path }) => path), texts: new Map(texts) };
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
  return lostChecksums(base.file, head.file, after.path, textOf(after));
}

function textOf(file: StateFile): string {
  return Buffer.from(file.bytes).toString('utf8');
}
