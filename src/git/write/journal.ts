import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StateManagerError } from '../../errors.js';
import { isAbsent } from '../read/worktree-tree.js';
import { removeDurably, writeDurably } from './durable.js';

type JournalPath = {
  readonly path: string;
  /** Blob oids; null where the file is absent. */
  readonly before: string | null;
  readonly after: string | null;
};

/**
 * What a write is about to do, on disk before it does it. `step` says how far git's own locks may be ours: at `files`
 * the work tree and the index are being written, from `ref` on a git process may be moving the ref, even after ours died.
 */
export type Journal = {
  readonly id: string;
  readonly operation: string;
  readonly startedAt: string;
  readonly pid: number;
  readonly host: string;
  readonly step: 'files' | 'ref';
  readonly ref: string;
  readonly base: string | null;
  /** Tip of the new commits. */
  readonly commit: string;
  /** Absolute; null when the branch is not checked out and only the ref moves. */
  readonly checkout: { readonly top: string; readonly gitDir: string } | null;
  readonly paths: readonly JournalPath[];
};

export async function writeJournal(folder: string, journal: Journal): Promise<void> {
  await writeDurably(journalPath(folder, journal.id), `${JSON.stringify(journal)}\n`);
}

export async function clearJournal(folder: string, id: string): Promise<void> {
  await removeDurably(journalPath(folder, id));
}

export async function readJournals(folder: string): Promise<Journal[]> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (cause) {
    if (isAbsent(cause)) return [];
    throw cause;
  }
  const files = names.filter((name) => /^journal\.[0-9a-f]+\.json$/.test(name)).sort();
  return (await Promise.all(files.map((name) => readJournal(join(folder, name))))).filter(
    (journal) => journal !== null,
  );
}

function journalPath(folder: string, id: string): string {
  return join(folder, `journal.${id}.json`);
}

async function readJournal(file: string): Promise<Journal | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Journal;
  } catch (cause) {
    if (isAbsent(cause)) return null;
    throw new StateManagerError('RECOVERY_NEEDED', `The journal ${file} cannot be read: ${String(cause)}`, {
      cause,
      hint: `compare the work tree with HEAD (git status), then remove the file: rm ${file}`,
    });
  }
}
