import { compareFindings, type Finding } from '../core/finding.js';
import type { Place, StateFile, StateRepository } from '../ports/state-repository.js';
import { judge } from './judge.js';
import { type RootFiles, selectedFiles } from './selected-files.js';

export type ValidateOptions = {
  readonly place: Place;
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
  const parts = await Promise.all(selected.map((part) => validateRoot(part, options.place)));
  return {
    findings: parts.flatMap((part) => part.findings).sort(compareFindings),
    files: parts.flatMap((part) => part.files).sort(),
    texts: new Map(parts.flatMap((part) => [...part.texts])),
  };
}

async function validateRoot({ root, repository, files }: RootFiles, place: Place): Promise<Validated> {
  const base = place === 'index' ? await headFiles(repository, files) : null;
  const findings = judge(
    root,
    files.map((after) => ({ after, before: base === null ? [] : [base.get(after.path) ?? null] })),
  );
  const named = new Set(findings.map(({ file }) => file));
  const texts = files
    .filter(({ path }) => named.has(path))
    .map(({ path, bytes }) => [path, Buffer.from(bytes).toString('utf8')] as const);
  return { findings, files: files.map(({ path }) => path), texts: new Map(texts) };
}

async function headFiles(repository: StateRepository, files: readonly StateFile[]): Promise<Map<string, StateFile>> {
  const { commit } = await repository.head();
  if (commit === null) return new Map();
  const tree = await repository.at({ commit });
  return new Map((await tree.read(files.map(({ path }) => path))).map((file) => [file.path, file]));
}
