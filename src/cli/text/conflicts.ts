import type { AuthorsByConflict, ConflictAuthor, ConflictAuthors } from '../../commands/conflict-authors.js';
import type { Json } from '../../core/json.js';
import type { Conflict } from '../../core/merge/conflict.js';
import { type ConflictGroup, conflictGroups, type Standing } from '../../core/merge/conflict-groups.js';
import { terminalSafe } from './escape.js';
import { paint } from './paint.js';
import type { Style } from './style.js';
import { alignedLines, counted, padded } from './table.js';
import { minuteText } from './time.js';
import { fieldLabel, shortHash } from './value.js';
import { shortValue } from './short-value.js';

export type ConflictNotes = {
  /** Who changed it, where the two commits are known. */
  readonly authors?: AuthorsByConflict;
  /** Where the three files are at hand: tells a removed record from a removed field. */
  readonly standing?: (conflict: Conflict) => Standing | undefined;
};

/** `✖ 1 conflict: …` and its three sides, or a count and one entry for everything that is decided together. */
export function renderConflicts(conflicts: readonly Conflict[], style: Style, notes: ConflictNotes = {}): string {
  const groups = conflictGroups(conflicts, notes.standing);
  const { red, mark } = paint(style);
  const head = `${red(mark.error)} ${counted(groups.length, 'conflict')}`;
  const entries = groups.flatMap((group) => {
    const title = `${conflictPlace(group)} ${whatHappened(group)}`;
    const first = groups.length === 1 ? `${head}: ${title}` : title;
    return [first, ...conflictLines(group, style, notes.authors).map((line) => `  ${line}`)];
  });
  return [...(groups.length === 1 ? [] : [head]), ...entries].join('\n');
}

/** `basesepolia / SupplyOracle`, with `/ note` for a field that stands alone, `basesepolia / topology/peers`, or the path of a file that is no network file. */
export function conflictPlace({ network, contract, kind, conflicts }: ConflictGroup): string {
  const path = conflicts[0]?.path ?? '';
  const record = `${terminalSafe(network)} / ${terminalSafe(contract ?? '')}`;
  if (contract !== null) return kind === 'field' ? `${record} / ${terminalSafe(path)}` : record;
  const inside = kind === 'section' || (kind === 'invalid' && path !== '') ? ` / ${path.slice(1)}` : '';
  return terminalSafe(`${network}${inside}`);
}

/** What the two sides did, as the rest of a sentence: `was upgraded on both sides`. */
export function whatHappened(group: ConflictGroup): string {
  const { kind, conflicts } = group;
  const has = (path: string) => conflicts.some((conflict) => conflict.path === path);
  const [base, ours, theirs] = presence(group);
  if (kind === 'invalid') return 'cannot be merged as it is';
  if (![base, ours, theirs].includes(true)) return 'differs on both sides and is taken whole';
  if (!ours && theirs) return 'was removed by ours and changed by theirs';
  if (ours && !theirs) return 'was changed by ours and removed by theirs';
  if (kind === 'record' && has('category') && !has('proxy') && !has('implementation'))
    return 'was added on both sides in different categories';
  if (kind === 'record') return 'was deployed on both sides, with different addresses';
  if (kind === 'code' && has('proxy'))
    return base ? 'got another proxy or code on both sides' : 'was deployed on both sides, with different addresses';
  if (kind === 'code' && has('implementation') && base) return 'was upgraded on both sides';
  if (kind === 'code' && group.standing?.base === false) return 'was deployed on both sides, with different code';
  if (kind === 'code' && has('implementation')) return 'got an implementation on both sides';
  if (has('checksum')) return 'does not match its checksum on one side, and both changed it';
  return base ? 'was changed on both sides' : 'was added on both sides';
}

/** The sides of one group below its title, and what is taken together. */
export function conflictLines(group: ConflictGroup, style: Style, authors?: AuthorsByConflict): string[] {
  const { kind, conflicts } = group;
  if (kind === 'invalid')
    return conflicts.map(({ path, reason }) => terminalSafe(`${path === '' ? '' : `${path}: `}${reason ?? ''}`));
  const shown = shownConflicts(group);
  const alone =
    shown.length === 1 && (group.contract === null || kind === 'field' || shown[0]?.path === 'implementation');
  const who = conflicts.map((conflict) => authors?.get(conflict)).find((known) => known !== undefined);
  const blocks = shown.flatMap((conflict, at) => {
    const lines = sideLines(conflict, group, style, at === 0 ? who : undefined);
    return alone ? lines : [fieldLabel(conflict.path), ...lines.map((line) => `  ${line}`)];
  });
  return [...blocks, ...togetherLines(group)];
}

/** Addresses say which contract is meant, and what moves with them is only named; without them every value is shown. */
function shownConflicts({ kind, conflicts }: ConflictGroup): readonly Conflict[] {
  if (kind !== 'code' && kind !== 'record') return conflicts;
  const addresses = conflicts.filter(({ path }) => path === 'proxy' || path === 'implementation');
  return addresses.length > 0 ? addresses : conflicts;
}

function sideLines(conflict: Conflict, group: ConflictGroup, style: Style, who: ConflictAuthors | undefined): string[] {
  const hashes =
    conflict.path === 'implementation' ? group.conflicts.find(({ path }) => path === 'implementationHash') : undefined;
  const width = Math.max(0, ...[who?.ours, who?.theirs].map((author) => terminalSafe(author?.author ?? '').length));
  const rows = (['base', 'ours', 'theirs'] as const).map((side) => {
    const author = side === 'base' ? null : (who?.[side] ?? null);
    return [
      padded(side, 7),
      valueCell(conflict, side, group, style),
      ...(hashes === undefined ? [] : [shortHash(hashes[side]) ?? '']),
      ...(who === undefined ? [] : [author === null ? '' : authorText(author, width)]),
    ];
  });
  return alignedLines(rows);
}

function valueCell(conflict: Conflict, side: 'base' | 'ours' | 'theirs', group: ConflictGroup, style: Style): string {
  const value: Json | undefined = conflict[side];
  const isGone = side !== 'base' && !presence(group)[side === 'ours' ? 1 : 2];
  if (value === undefined) return isGone ? 'removed' : 'nothing';
  // The whole of a file says nothing on one line.
  if (group.kind === 'file') return side === 'base' ? 'the file' : 'changed';
  return shortHash(value) ?? shortValue(value, style);
}

function authorText({ commit, author, time }: ConflictAuthor, width: number): string {
  return `${commit.slice(0, 7)} ${padded(terminalSafe(author), width)} ${minuteText(time)}`;
}

function togetherLines({ kind, conflicts }: ConflictGroup): string[] {
  if (kind === 'record') return ['The record is taken whole, from one side.'];
  if (kind !== 'code' || conflicts.length < 2) return [];
  const labels = conflicts.map(({ path }) => fieldLabel(path));
  const listed = `${labels.slice(0, -1).join(', ')} and ${labels.at(-1) ?? ''}`;
  return [`${listed.charAt(0).toUpperCase()}${listed.slice(1)} are one unit and are taken together.`];
}

/** Does what is in conflict stand in base, ours and theirs? */
function presence({ kind, conflicts, standing }: ConflictGroup): readonly [boolean, boolean, boolean] {
  if (kind === 'record' && standing !== undefined) return [standing.base, standing.ours, standing.theirs];
  const some = (side: 'base' | 'ours' | 'theirs') => conflicts.some((conflict) => conflict[side] !== undefined);
  return [some('base'), some('ours'), some('theirs')];
}
