import type { Finding } from '../core/finding.js';
import { unifiedFolder } from '../core/layout.js';
import { shown } from '../core/shown.js';
import { StateManagerError } from '../errors.js';
import type { HistoryEntry, StateRepository } from '../ports/state-repository.js';
import { isoTime } from './iso-time.js';
import { networkHistory } from './network-history.js';
import { type Occurrence, occurrencesIn } from './occurrences.js';
import { placeOf, snapshotAt } from './read-snapshot.js';
import { refusalFinding } from './refusal-finding.js';

export type FindOptions = {
  readonly at?: string | undefined;
  /** Look through every commit behind HEAD (or `at`) instead of one place. */
  readonly history?: boolean | undefined;
};

/** With history: the commit that wrote it there, and the one that took it away, null while it stands. */
export type Found = Occurrence & {
  readonly commit?: string;
  /** ISO 8601, UTC, of `commit`. */
  readonly time?: string;
  readonly removedBy?: string | null;
};

/** Every record that holds an address or hash, in any field. Throws BAD_USAGE for other text, UNKNOWN_REVISION. */
export async function findValue(
  repository: StateRepository,
  text: string,
  options: FindOptions = {},
): Promise<{ readonly found: readonly Found[]; readonly findings: readonly Finding[] }> {
  assertSearchable(text);
  if (options.history === true) return findInHistory(repository, text, options.at);
  const snapshot = await snapshotAt(repository, await placeOf(repository, options.at));
  return {
    found: [...snapshot.networks.values()].flatMap((file) => occurrencesIn(file, text)),
    findings: snapshot.refused.map(({ path, refusal }) => refusalFinding(path, refusal)),
  };
}

function assertSearchable(text: string): void {
  if (/^0x(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(text) || /^sha256:[0-9a-f]{64}$/i.test(text)) return;
  throw new StateManagerError('BAD_USAGE', `${shown(text)} is neither an address nor a hash`, {
    hint: 'an address is 0x and 40 hexadecimal digits, a hash 0x and 64; by name: stateroot list --where contractName=<name>',
  });
}

async function findInHistory(repository: StateRepository, text: string, at: string | undefined) {
  const from = at === undefined ? (await repository.head()).commit : await repository.resolve(at);
  if (from === null) return { found: [], findings: [] };
  const steps: Step[] = [];
  for await (const { entry, versions } of networkHistory(repository, {
    from,
    paths: [unifiedFolder(repository.root)],
  })) {
    for (const { befores, after } of versions.toReversed()) {
      const old = befores.map((file) => (file === null ? [] : occurrencesIn(file, text)));
      steps.push({ entry, old, now: after === null ? [] : occurrencesIn(after, text) });
    }
  }
  const found: Found[] = [];
  for (const step of steps.reverse()) follow(found, step);
  return { found, findings: [] };
}

/** Where the value stood before a commit, for each parent, and after it; one network file. */
type Step = {
  readonly entry: HistoryEntry;
  readonly old: readonly (readonly Occurrence[])[];
  readonly now: readonly Occurrence[];
};

/** Adds what a commit wrote and closes what it took away. */
function follow(found: Found[], { entry, old, now }: Step): void {
  const [first = []] = old;
  for (const gone of first.filter((place) => old.every((side) => holds(side, place)) && !holds(now, place))) {
    const open = found.findLastIndex((place) => samePlace(place, gone) && place.removedBy === null);
    const place = found[open];
    if (place !== undefined) found[open] = { ...place, removedBy: entry.oid };
  }
  const about = { commit: entry.oid, time: isoTime(entry.time), removedBy: null };
  const isNew = (place: Occurrence) => !old.some((side) => holds(side, place));
  found.push(...now.filter(isNew).map((place) => ({ ...place, ...about })));
}

function holds(places: readonly Occurrence[], place: Occurrence): boolean {
  return places.some((other) => samePlace(other, place));
}

function samePlace(a: Occurrence, b: Occurrence): boolean {
  return a.network === b.network && a.contractName === b.contractName && a.field === b.field;
}
