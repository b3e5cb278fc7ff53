import { type AuthorsByConflict, conflictAuthors } from '../../commands/conflict-authors.js';
import { type ChosenSides, chooseSides, type SideChoice } from '../../commands/resolve/choose-sides.js';
import { type OpenConflicts, openConflicts, type Resolved, resolve } from '../../commands/resolve/resolve.js';
import { standingIn } from '../../commands/resolve/open-file.js';
import type { Conflict } from '../../core/merge/conflict.js';
import type { ConflictGroup, Standing } from '../../core/merge/conflict-groups.js';
import type { Choice } from '../../core/merge/settle.js';
import { StateManagerError } from '../../errors.js';
import type { StateRepository } from '../../ports/state-repository.js';
import { flag, texts } from '../arguments.js';
import { askSides } from '../ask-sides.js';
import { type Arguments, type Context, type Outcome, type Verb, silent } from '../command.js';
import { renderConflicts } from '../text/conflicts.js';
import { closingLines, listedLines, nothingLine, scriptLine, sidesLine, widenedLine } from '../text/resolving.js';
import { decidingCommand } from '../text/deciding-command.js';
import { counted } from '../text/table.js';

export const runResolve: Verb = async (args, context) => {
  const typed = typedChoices(args);
  if (flag(args, 'list') && typed.length > 0) {
    throw new StateManagerError('BAD_USAGE', '--list only looks; --ours and --theirs decide.', {
      hint: 'stateroot resolve --list',
    });
  }
  const merging = await context.openUnmerged();
  const open = await openConflicts(merging);
  if (open.files.length === 0 && typed.length === 0) return nothing(open);
  if (flag(args, 'list')) return listed(open, await authorsOf(await context.openRepository(), open));
  const chosen = typed.length > 0 ? { ...chooseSides(open.files, typed), script: [] } : await asked(open, context);
  if (chosen === null) return { ...listed(open, new Map()), notes: () => 'Cancelled. Nothing was written.' };
  const dryRun = flag(args, 'dry-run');
  return outcome(open, await resolve(merging, open, { choices: chosen.choices, dryRun }), { ...chosen, dryRun });
};

function typedChoices(args: Arguments): SideChoice[] {
  return (['ours', 'theirs'] as const).flatMap((side) => texts(args, side).map((place) => ({ side, place })));
}

function nothing(open: OpenConflicts): Outcome {
  return {
    data: dataOf(open, { resolved: [], remaining: [], edited: [] }),
    text: silent,
    notes: () => nothingLine(open),
  };
}

function listed(open: OpenConflicts, authors: AuthorsByConflict): Outcome {
  const remaining = open.files.flatMap(({ merged }) => merged.conflicts);
  const edited = open.files.filter((file) => file.edited !== null);
  return {
    data: dataOf(open, { resolved: [], remaining, edited }),
    ...(remaining.length + edited.length === 0 ? {} : { error: conflictError(open, remaining) }),
    text: (style) =>
      remaining.length === 0 ? '' : renderConflicts(remaining, style, { authors, standing: standingOf(open) }),
    notes: (style) => listedLines(open, style).join('\n'),
  };
}

/** What the person at the terminal decides; null when the question was cancelled. Throws CONFIRMATION_NEEDED. */
async function asked(
  open: OpenConflicts,
  context: Context,
): Promise<(ChosenSides & { readonly script: readonly SideChoice[] }) | null> {
  const files = open.files.filter(({ edited, groups }) => edited === null && groups.length > 0);
  if (files.length === 0) return { choices: new Map(), widened: [], script: [] };
  if (!context.interactive) throw undecided(open, files.flatMap(({ groups }) => groups).length);
  const authors = await authorsOf(await context.openRepository(), open);
  context.say(`${sidesLine(open.operation)}.`);
  const answers = await askSides(files, authors, context);
  return answers === null ? null : { ...answers, widened: [] };
}

function undecided(open: OpenConflicts, count: number): StateManagerError {
  const conflicts = open.files.flatMap(({ merged }) => merged.conflicts);
  const waits = count === 1 ? '1 conflict waits' : `${counted(count, 'conflict')} wait`;
  return new StateManagerError('CONFIRMATION_NEEDED', `${waits} for a decision, and there is nobody to ask.`, {
    hint: decidingCommand(open.files),
    details: { conflicts },
  });
}

function outcome(
  open: OpenConflicts,
  result: Resolved,
  about: ChosenSides & { readonly dryRun: boolean; readonly script: readonly SideChoice[] },
): Outcome {
  const { remaining, edited, unkept } = result;
  const left = new Set([...edited.map(({ file }) => file.path), ...unkept]);
  const decided = open.files
    .filter(({ file }) => !left.has(file.path))
    .flatMap(({ file, groups }) => groups.filter((group) => isChosen(group, about.choices.get(file.path) ?? [])));
  return {
    data: dataOf(open, result),
    ...(remaining.length + edited.length === 0 ? {} : { error: conflictError(open, remaining) }),
    text: silent,
    notes: (style) =>
      [
        ...about.widened.map(({ group, side }) => widenedLine(group, side)),
        ...(remaining.length === 0 ? [] : [renderConflicts(remaining, style, { standing: standingOf(open) })]),
        ...closingLines(open, result, { dryRun: about.dryRun, decided: decided.length }, style),
        ...(about.script.length === 0 ? [] : [scriptLine(about.script)]),
      ].join('\n'),
  };
}

function isChosen({ conflicts }: ConflictGroup, choices: readonly Choice[]): boolean {
  return conflicts.every(({ contract, path }) =>
    choices.some((choice) => choice.contract === contract && choice.path === path),
  );
}

function conflictError(open: OpenConflicts, conflicts: readonly Conflict[]): StateManagerError {
  const isOpen = conflicts.length > 0;
  return new StateManagerError('CONFLICT', `${isOpen ? 'Conflicts are' : 'A file edited by hand is'} left to decide.`, {
    hint: isOpen ? decidingCommand(open.files) : 'git add the file when it is right',
    details: { conflicts },
  });
}

function dataOf(
  open: OpenConflicts,
  { resolved, remaining, edited }: Pick<Resolved, 'resolved' | 'remaining' | 'edited'>,
) {
  const { operation, others } = open;
  return { resolved, remaining, operation, edited: edited.map(({ file }) => file.path), others };
}

function standingOf({ files }: OpenConflicts): (conflict: Conflict) => Standing | undefined {
  const keyOf = ({ network, contract }: Conflict) => JSON.stringify([network, contract]);
  const known = new Map(
    files.flatMap(({ file, merged }) => {
      const standing = standingIn(file);
      return merged.conflicts.map((conflict) => [keyOf(conflict), standing(conflict)] as const);
    }),
  );
  return (conflict) => known.get(keyOf(conflict));
}

async function authorsOf(repository: StateRepository, { operation, files }: OpenConflicts): Promise<AuthorsByConflict> {
  const sides = { ours: operation.ours.commit, theirs: operation.theirs.commit };
  const authors: AuthorsByConflict[] = [];
  for (const { file, merged } of files) {
    authors.push(await conflictAuthors(repository.forRoot(file.root), merged.conflicts, sides));
  }
  return new Map(authors.flatMap((some) => [...some]));
}
