import type { SideChoice } from '../../commands/resolve/choose-sides.js';
import type { OpenConflicts, Resolved } from '../../commands/resolve/resolve.js';
import type { OpenFile } from '../../commands/resolve/open-file.js';
import type { Conflict } from '../../core/merge/conflict.js';
import type { ConflictGroup } from '../../core/merge/conflict-groups.js';
import type { Operation } from '../../ports/unmerged.js';
import { terminalSafe } from './escape.js';
import { paint } from './paint.js';
import type { Style } from './style.js';
import { counted } from './table.js';
import { conflictPlace } from './conflicts.js';
import { choicesText, decidingCommand } from './deciding-command.js';
import { fieldLabel } from './value.js';

/** `ours is main, theirs is release/0.9`, and what that means where git's words mislead. */
export function sidesLine({ kind, ours, theirs }: Operation): string {
  const names = `ours is ${terminalSafe(ours.name)}, theirs is ${terminalSafe(theirs.name)}`;
  if (kind === 'rebase') return `${names}: in a rebase your own commit is theirs`;
  return kind === 'revert' ? `${names}: the state before the commit that is reverted` : names;
}

/** The command that finishes what is in progress. */
function finishing({ kind }: Operation): string {
  if (kind === null || kind === 'merge') return 'git commit';
  return kind === 'stash' ? 'git stash drop, when all is right' : `git ${kind} --continue`;
}

/** The command that gives it up. What left no mark can only be taken back file by file. */
function abandoning({ operation: { kind }, files }: Pick<OpenConflicts, 'operation' | 'files'>): string {
  if (kind !== null && kind !== 'stash') return `git ${kind} --abort`;
  return `git restore --source=HEAD --staged --worktree -- ${files.map(({ file }) => terminalSafe(file.path)).join(' ')}`;
}

/** `Implementation and code hash of basesepolia / SupplyOracle are one unit: taken together from ours.` */
export function widenedLine(group: ConflictGroup, side: 'ours' | 'theirs'): string {
  const place = conflictPlace(group);
  if (group.kind === 'record') return `${place} is taken whole, from ${side}.`;
  const labels = group.conflicts.map(({ path }) => fieldLabel(path));
  const listed = `${labels.slice(0, -1).join(', ')} and ${labels.at(-1) ?? ''}`;
  return `${listed.charAt(0).toUpperCase()}${listed.slice(1)} of ${place} are one unit: taken together from ${side}.`;
}

/** What `--list` says besides the conflicts. */
export function listedLines(open: OpenConflicts, style: Style): string[] {
  const { operation, files } = open;
  const waits = files.some(({ groups }) => groups.length > 0);
  const free = files.filter(({ edited, groups }) => edited === null && groups.length === 0).length;
  return [
    ...(waits ? [`${sidesLine(operation)}.`] : []),
    ...(free === 0 ? [] : [`${counted(free, 'file')} ${free === 1 ? 'needs' : 'need'} no decision: stateroot resolve`]),
    ...editedLines(
      files.filter(({ edited }) => edited !== null),
      style,
    ),
    ...otherLines(open),
    ...(waits ? [`Decide: ${decidingCommand(files)}`] : []),
    `Give up: ${abandoning(open)}`,
  ];
}

export function nothingLine(open: OpenConflicts): string {
  const next = open.operation.kind === null ? '' : ` Next: ${finishing(open.operation)}`;
  return open.others.length === 0
    ? `Nothing to resolve: git has no file in conflict.${next}`
    : ['Nothing to resolve: git has no state file in conflict.', ...otherLines(open)].join('\n');
}

/** `In a script: stateroot resolve --ours …`. */
export function scriptLine(script: readonly SideChoice[]): string {
  return `In a script: stateroot resolve ${choicesText(script)}`;
}

/** Files that are somebody's own work: what to do with each. */
function editedLines(edited: readonly OpenFile[], style: Style): string[] {
  const { yellow, mark } = paint(style);
  return edited.map(({ file, edited: how }) => {
    const path = terminalSafe(file.path);
    const next =
      file.worktree === null
        ? `was removed by hand. Meant? git rm ${path}`
        : how === 'valid'
          ? `was edited by hand and is valid. Meant? git add ${path}`
          : `was edited by hand and is not valid yet. Repair it, then git add ${path}`;
    return `${yellow(mark.warning)} ${path} ${next}  Start over: git checkout --merge -- ${path}`;
  });
}

/** How it ended: what was settled, what is left, and the next command. */
export function closingLines(
  open: OpenConflicts,
  result: Resolved,
  { dryRun, decided }: { readonly dryRun: boolean; readonly decided: number },
  style: Style,
): string[] {
  const { green, mark } = paint(style);
  const { resolved, remaining, edited, amended, unkept } = result;
  const done = green(mark.done);
  const left = open.others.length + edited.length + (remaining.length > 0 ? 1 : 0);
  const what = [
    ...(decided === 0 ? [] : [`${dryRun ? 'would decide' : 'decided'} ${counted(decided, 'conflict')}`]),
    ...(resolved.length === 0
      ? []
      : [`${counted(resolved.length, 'file')} ${dryRun ? 'would be valid and staged' : 'valid and staged'}`]),
    ...(amended.length === 0
      ? []
      : [`decisions ${dryRun ? 'would be kept' : 'kept'} in ${counted(amended.length, 'file')}`]),
  ].join(', ');
  const first = what === '' ? [] : [`${done} ${what.charAt(0).toUpperCase()}${what.slice(1)}.`];
  const next = left === 0 && !dryRun ? [`Next: ${finishing(open.operation)}`] : [];
  return [
    ...first,
    ...unkept.map((path) => `${terminalSafe(path)} is unchanged: decide all of its conflicts in one call`),
    ...editedLines(edited, style),
    ...otherLines(open),
    ...(dryRun ? ['Dry run, nothing was written.'] : []),
    ...next,
    ...(remaining.length === 0 ? [] : [`Decide the rest: ${decidingCommand(openFiles(open, remaining))}`]),
    `Give up: ${abandoning(open)}`,
  ];
}

/** The files with the groups that are still to be decided. */
function openFiles({ files }: OpenConflicts, remaining: readonly Conflict[]): OpenFile[] {
  const isOpen = ({ contract, path }: Conflict, network: string) =>
    remaining.some((one) => one.network === network && one.contract === contract && one.path === path);
  return files.map((file) => ({
    ...file,
    groups: file.groups.filter(({ network, conflicts }) => conflicts.some((conflict) => isOpen(conflict, network))),
  }));
}

function otherLines({ others }: OpenConflicts): string[] {
  if (others.length === 0) return [];
  const [first = '', ...more] = others;
  const rest = more.length === 0 ? '' : ` and ${counted(more.length, 'other file')}`;
  return [`${terminalSafe(first)}${rest}: in conflict, no state, left alone. Settle by hand, then git add`];
}
