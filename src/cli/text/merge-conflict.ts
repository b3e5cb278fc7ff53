import { conflictAuthors } from '../../commands/conflict-authors.js';
import { type MergeConflict, mergeConflictOf } from '../../commands/merge.js';
import type { StateManagerError } from '../../errors.js';
import type { StateRepository } from '../../ports/state-repository.js';
import { type Outcome, silent } from '../command.js';
import { renderConflicts } from './conflicts.js';
import { terminalSafe } from './escape.js';
import { paint } from './paint.js';
import type { Style } from './style.js';

/** What a merge that stopped at conflicts answers, with who changed what; any other error is thrown again. */
export async function conflictOutcome(error: unknown, repository: StateRepository): Promise<Outcome> {
  const conflict = mergeConflictOf(error);
  if (conflict === null) throw error;
  const authors = await conflictAuthors(repository, conflict.conflicts, conflict);
  return {
    data: null,
    error: conflict.error,
    text: silent,
    notes: (style) =>
      [
        ...(conflict.conflicts.length === 0 ? [] : [renderConflicts(conflict.conflicts, style, { authors })]),
        ...conflict.paths.map((path) => gitLine(path, style)),
        closing(conflict, conflict.error),
      ].join('\n'),
  };
}

function gitLine(path: string, style: Style): string {
  const { red, mark } = paint(style);
  return `${red(mark.error)} git cannot merge ${terminalSafe(path)}`;
}

function closing({ waiting }: MergeConflict, { hint }: StateManagerError): string {
  const next = terminalSafe(hint ?? '');
  return waiting
    ? `The merge is waiting, not committed. Next: ${next}`
    : `Nothing was written: commits, index and work tree are as they were. Next: ${next}`;
}
