import { networkOfPath } from '../../core/layout.js';
import type { Conflict } from '../../core/merge/conflict.js';
import type { ConflictGroup } from '../../core/merge/conflict-groups.js';
import type { Choice } from '../../core/merge/settle.js';
import { shown } from '../../core/shown.js';
import { StateManagerError } from '../../errors.js';

/** What a person typed: `--ours basesepolia/SupplyOracle/implementation`. */
export type SideChoice = { readonly side: 'ours' | 'theirs'; readonly place: string };

/** The conflicts of one file, as far as choosing goes. */
export type NamedConflicts = {
  readonly file: { readonly path: string };
  /** Its network, or its path where that is no network file or two files have the same network. */
  readonly name: string;
  readonly groups: readonly ConflictGroup[];
};

export type ChosenSides = {
  /** Decisions by path of the file. */
  readonly choices: ReadonlyMap<string, readonly Choice[]>;
  /** Groups of which one member was named, and which are taken together. */
  readonly widened: readonly { readonly group: ConflictGroup; readonly side: 'ours' | 'theirs' }[];
};

/** A place that can be named, and how far down it leads; the deepest decides. */
type Target = { readonly key: string; readonly depth: number };
type Match = Target & { readonly place: string; readonly side: 'ours' | 'theirs'; readonly conflict: Conflict };

/**
 * The decisions that some places mean: a network (or a file by its path), a record, a field, a section or what is below it.
 * The more exact one wins, and a field takes all that moves with it. Throws BAD_USAGE for a place that names no open
 * conflict and for a unit wanted from both sides, NAME_AMBIGUOUS for a place that can be read in two ways.
 */
export function chooseSides(
  files: readonly NamedConflicts[],
  wanted: readonly SideChoice[],
  /** The command that lists what is open. */
  listing = 'stateroot resolve --list',
): ChosenSides {
  for (const choice of wanted) refuseUnclear(files, choice, listing);
  const choices = new Map<string, readonly Choice[]>();
  const widened: { group: ConflictGroup; side: 'ours' | 'theirs' }[] = [];
  for (const file of files) {
    const decided = file.groups.flatMap((group): Choice[] => {
      const matches = group.conflicts.flatMap((conflict) => matchesOf(file, conflict, wanted));
      const deepest = Math.max(...matches.map(({ depth }) => depth));
      const deciding = matches.filter(({ depth }) => depth === deepest);
      const [first] = deciding;
      if (first === undefined) return [];
      const { side } = first;
      if (deciding.some((match) => match.side !== side)) throw fromBothSides(group, deciding);
      const named = new Set(deciding.map(({ conflict }) => conflict));
      if (named.size < group.conflicts.length) widened.push({ group, side });
      return choicesOf(group, side);
    });
    if (decided.length > 0) choices.set(file.file.path, decided);
  }
  return { choices, widened };
}

/** The decision of a whole group. */
export function choicesOf({ conflicts }: ConflictGroup, side: 'ours' | 'theirs'): Choice[] {
  return conflicts.map(({ contract, path, reason }) => {
    const choice = { contract, path, side };
    return reason === undefined ? choice : { ...choice, reason };
  });
}

/** How an open conflict is typed, as exactly as it can be. */
export function placeName({ name }: Pick<NamedConflicts, 'name'>, { contract, path, reason }: Conflict): string {
  if (contract === null) return `${name}${path}`;
  const record = `${name}/${contract}`;
  return reason === undefined ? `${record}/${path}` : record;
}

function matchesOf(file: NamedConflicts, conflict: Conflict, wanted: readonly SideChoice[]): Match[] {
  const names = namesOf(file, conflict);
  return wanted.flatMap(({ place, side }) =>
    (names.get(place) ?? []).map((target) => ({ ...target, place, side, conflict })),
  );
}

/** Every way to type a place that holds this conflict. */
function namesOf(
  { file: { path: file }, name }: NamedConflicts,
  conflict: Conflict,
): ReadonlyMap<string, readonly Target[]> {
  const { contract, path, reason } = conflict;
  const names = new Map<string, Target[]>();
  const add = (text: string, key: readonly string[], depth: number) => {
    names.set(text, [...(names.get(text) ?? []), { key: JSON.stringify([file, ...key]), depth }]);
  };
  for (const prefix of new Set([networkOfPath(file)?.network ?? file, name, file])) {
    add(prefix, [], 0);
    const spellings = contract === null ? [] : new Set([contract, contract.replaceAll('/', '~1')]);
    for (const spelled of spellings) {
      add(`${prefix}/${spelled}`, ['record', contract ?? ''], 1);
      if (reason === undefined) add(`${prefix}/${spelled}/${path}`, ['field', contract ?? '', path], 2);
    }
    const below = contract === null ? path.split('/').slice(1) : [];
    for (const [at] of below.entries()) {
      const section = below.slice(0, at + 1).join('/');
      add(`${prefix}/${section}`, ['section', section], at + 1);
    }
  }
  return names;
}

function refuseUnclear(files: readonly NamedConflicts[], choice: SideChoice, listing: string): void {
  const matches = files.flatMap((file) =>
    file.groups.flatMap(({ conflicts }) => conflicts.flatMap((conflict) => matchesOf(file, conflict, [choice]))),
  );
  const keys = new Set(matches.map(({ key }) => key));
  if (keys.size === 1) return;
  if (keys.size === 0) {
    const open = files.flatMap((file) =>
      file.groups.flatMap(({ conflicts }) => conflicts.map((conflict) => placeName(file, conflict))),
    );
    const list = [...new Set(open)].map(shown);
    throw new StateManagerError(
      'BAD_USAGE',
      `No open conflict is at ${shown(choice.place)}.\n${list.length === 0 ? 'None is open.' : `Open: ${list.join(', ')}`}`,
      { hint: listing, details: { open } },
    );
  }
  const candidates = [...new Set(matches.map(({ conflict, key }) => candidate(files, conflict, key)))];
  throw new StateManagerError(
    'NAME_AMBIGUOUS',
    `${shown(choice.place)} names more than one place: ${candidates.map(shown).join(', ')}`,
    { hint: 'name one of them', details: { candidates } },
  );
}

/** A spelling that means this place only: the file by its path, slashes of a record's name as `~1`. */
function candidate(files: readonly NamedConflicts[], { contract }: Conflict, key: string): string {
  const [path = '', kind, ...rest] = JSON.parse(key) as string[];
  const prefix = files.find(({ file }) => file.path === path)?.name ?? path;
  if (kind === undefined) return prefix;
  // The field of one record reads like the name of another: only the whole record can be named apart.
  return contract === null ? `${prefix}/${rest.join('/')}` : `${prefix}/${contract.replaceAll('/', '~1')}`;
}

function fromBothSides({ conflicts }: ConflictGroup, deciding: readonly Match[]): StateManagerError {
  const places = [...new Set(deciding.map(({ place }) => place))].map(shown).join(' and ');
  const fields = shown(conflicts.map(({ path }) => path).join(', '));
  return new StateManagerError('BAD_USAGE', `${places} cannot come from both sides: ${fields} are decided together.`, {
    hint: 'name one side',
  });
}
