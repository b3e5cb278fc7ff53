import type { Json } from '../core/json.js';
import { stateRootOf } from '../core/layout.js';
import type { Conflict } from '../core/merge/conflict.js';
import { mergeStateFile } from '../core/merge/merge-state-file.js';
import { StateManagerError } from '../errors.js';
import type { MergeFiles } from '../ports/merge-files.js';
import type { StateRepository } from '../ports/state-repository.js';
import { type AuthorsByConflict, conflictAuthors, type ConflictAuthor } from './conflict-authors.js';

/** Three files as git hands them to a driver, the path they are versions of, and how many characters a marker has. */
export type DriverCall = {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
  readonly path: string;
  readonly markerSize: number;
};

/** What is open, and who changed it as far as git says. */
export type DriverResult = { readonly conflicts: readonly Conflict[]; readonly authors: AuthorsByConflict };

/**
 * Merges one state file for git: the result, with markers where it is in conflict, goes into the file of ours, and what is
 * open into a report for programs. Throws FILE_FAILED.
 */
export async function mergeForGit(
  files: MergeFiles,
  call: DriverCall,
  openRepository: () => Promise<StateRepository>,
): Promise<DriverResult> {
  const { path, markerSize } = call;
  const [base, ours, theirs] = [
    await files.read(call.base),
    await side(files, call.ours),
    await side(files, call.theirs),
  ];
  // Where both sides added the file git hands over an empty one as their base.
  const sides = { base: base?.length === 0 ? null : base, ours, theirs };
  const merged = mergeStateFile(path, sides, [], { ours: 'ours', theirs: 'theirs', size: markerSize });
  const { conflicts } = merged;
  const result = conflicts.length === 0 ? merged.bytes : merged.marked;
  if (result === null) throw new Error(`merging ${path} came to no text`);
  await files.replace(call.ours, Buffer.from(result));
  if (conflicts.length === 0) {
    await files.report(path, null);
    return { conflicts, authors: new Map() };
  }
  const authors = await authorsOf(files.merged(), path, conflicts, openRepository);
  await files.report(path, { path, conflicts: conflicts.map((conflict) => entryOf(conflict, authors)) });
  return { conflicts, authors };
}

async function side(files: MergeFiles, file: string): Promise<Uint8Array> {
  const bytes = await files.read(file);
  if (bytes !== null) return bytes;
  throw new StateManagerError('FILE_FAILED', `There is no file ${file} to merge.`, { hint: 'git status' });
}

/** Who changed it is told as far as it is known: no merge waits for it. */
async function authorsOf(
  theirs: string | null,
  path: string,
  conflicts: readonly Conflict[],
  openRepository: () => Promise<StateRepository>,
): Promise<AuthorsByConflict> {
  if (theirs === null) return new Map();
  try {
    const repository = await openRepository();
    const ours = (await repository.head()).commit;
    return await conflictAuthors(repository.forRoot(stateRootOf(path) ?? ''), conflicts, { ours, theirs });
  } catch (error) {
    if (error instanceof StateManagerError) return new Map();
    throw error;
  }
}

function entryOf(conflict: Conflict, authors: AuthorsByConflict): Json {
  const who = authors.get(conflict);
  return { ...conflict, changedBy: { ours: plain(who?.ours ?? null), theirs: plain(who?.theirs ?? null) } };
}

function plain(author: ConflictAuthor | null): Json {
  return author === null ? null : { ...author };
}
