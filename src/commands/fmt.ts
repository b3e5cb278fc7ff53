import type { Finding } from '../core/finding.js';
import { inspectTree } from '../core/inspect/inspect.js';
import { networkOfPath, quarantineFolder } from '../core/layout.js';
import { normalizeFile } from '../core/model/normalize.js';
import { canonicalize } from '../core/text/canonical.js';
import { readText } from '../core/text/read.js';
import type { StateFile, StateRepository } from '../ports/state-repository.js';
import { type RootFiles, selectedFiles } from './selected-files.js';

export type FormatOptions = {
  /** Write nothing. */
  readonly check?: boolean | undefined;
  /** Files or folders relative to the repository root. */
  readonly paths?: readonly string[] | undefined;
};

export type Formatted = {
  /** Rewritten, or with `check` not as they should be; ascending. */
  readonly changed: readonly string[];
  readonly unchanged: number;
  /** Why a file was left alone: it cannot be read, is no plain file, or a newer version wrote it. */
  readonly findings: readonly Finding[];
};

/** Rewrites the work tree's network and quarantine files as FORMAT §9 allows; commits nothing. Throws BAD_USAGE, FILE_FAILED. */
export async function formatFiles(repository: StateRepository, options: FormatOptions): Promise<Formatted> {
  const selected = await selectedFiles(repository, 'worktree', options.paths);
  const results = selected.flatMap((part) =>
    formattable(part).map((file) => ({ file, ...formatted(file, part.root) })),
  );
  const changed = results.filter(({ file, text }) => text !== null && !Buffer.from(text).equals(file.bytes));
  if (options.check !== true) {
    await repository.replaceInWorktree(new Map(changed.map(({ file, text }) => [file.path, text ?? ''])));
  }
  const findings = results.flatMap((result) => result.findings);
  const skipped = results.filter(({ text }) => text === null).length;
  return {
    changed: changed.map(({ file }) => file.path).sort(),
    unchanged: results.length - changed.length - skipped,
    findings,
  };
}

/** Network and quarantine files; the configuration and the policy are written by people as they like. */
function formattable({ root, files }: RootFiles): readonly StateFile[] {
  const quarantine = `${quarantineFolder(root)}/`;
  return files.filter(({ path }) => networkOfPath(path) !== null || path.startsWith(quarantine));
}

function formatted(file: StateFile, root: string): { text: string | null; findings: readonly Finding[] } {
  const findings = inspectTree([file], root);
  const read = readText(file.bytes);
  const isLink = !file.mode.startsWith('100');
  if (!read.ok || isLink) return { text: null, findings };
  const against = findings.filter(({ rule }) => rule === 'schema-newer' || rule === 'schema-version');
  if (against.length > 0) return { text: null, findings: against };
  const value = networkOfPath(file.path) === null ? read.value : normalizeFile(read.value);
  return { text: canonicalize(value), findings: [] };
}
