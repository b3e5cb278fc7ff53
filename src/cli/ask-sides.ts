import type { AuthorsByConflict } from '../commands/conflict-authors.js';
import { choicesOf, placeName, type SideChoice } from '../commands/resolve/choose-sides.js';
import type { OpenFile } from '../commands/resolve/open-file.js';
import type { ConflictGroup } from '../core/merge/conflict-groups.js';
import type { Choice } from '../core/merge/settle.js';
import type { Context } from './command.js';
import { conflictLines, conflictPlace, whatHappened } from './text/conflicts.js';
import { fieldLabel } from './text/value.js';

export type Answers = {
  /** By path of the file. */
  readonly choices: ReadonlyMap<string, readonly Choice[]>;
  /** What a script would say instead. */
  readonly script: readonly SideChoice[];
};

/** Asks the person at the terminal about each conflict; null when a question was cancelled. */
export async function askSides(
  files: readonly OpenFile[],
  authors: AuthorsByConflict,
  context: Context,
): Promise<Answers | null> {
  const questions = files.flatMap((file) => file.groups.map((group) => ({ file, group })));
  const choices = new Map<string, Choice[]>();
  const script: SideChoice[] = [];
  for (const [at, { file, group }] of questions.entries()) {
    const key = await ask(`${at + 1}/${questions.length}`, group, authors, context);
    if (key === null) return null;
    if (key === 'q') break;
    if (key === 's') continue;
    const side = key === 'o' ? 'ours' : 'theirs';
    const { path } = file.file;
    choices.set(path, [...(choices.get(path) ?? []), ...choicesOf(group, side)]);
    script.push(
      ...group.conflicts.slice(0, 1).map((conflict) => ({ side, place: placeName(file, conflict) }) as const),
    );
  }
  return { choices, script };
}

function ask(
  count: string,
  group: ConflictGroup,
  authors: AuthorsByConflict,
  context: Context,
): Promise<string | null> {
  const isUnit = group.kind === 'code' || group.kind === 'record';
  const fields = isUnit ? `: ${group.conflicts.map(({ path }) => fieldLabel(path)).join(', ')}` : '';
  const lines = conflictLines(group, context.errorStyle, authors).map((line) => `  ${line}`);
  context.say([`${count}  ${conflictPlace(group)}${fields}`, `  ${whatHappened(group)}`, ...lines].join('\n'));
  return context.choose('Take which?', [
    { key: 'o', label: 'ours' },
    { key: 't', label: 'theirs' },
    { key: 's', label: 'skip' },
    { key: 'q', label: 'quit, keep what was decided' },
  ]);
}
