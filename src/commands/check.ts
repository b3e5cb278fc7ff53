import { compareFindings, type Finding } from '../core/finding.js';
import type { Waiver } from '../core/config/config.js';
import { StateManagerError } from '../errors.js';
import type { Place, StateRepository } from '../ports/state-repository.js';
import { type CheckedRoot, checkRoot } from './check-root.js';

export type CheckRequest = {
  readonly place: Place;
  /** A revision: findings that are there too do not count, and its configuration judges. */
  readonly base?: string | undefined;
  /** Place the findings that are on the base too. */
  readonly all?: boolean | undefined;
  /** ms since 1970. */
  readonly now: number;
};

export type Checked = {
  /** Full oid; null without a base. */
  readonly base: string | null;
  /** The base has commits that what is judged has not: what they settled looks new here. */
  readonly diverged: boolean;
  /** Those that are not on the base; all of them without one. Sorted. */
  readonly findings: readonly Finding[];
  /** Findings that are on the base too; empty unless `all` was asked for. */
  readonly known: readonly Finding[];
  readonly knownCount: number;
  /** What waivers hold back, by waiver. */
  readonly waived: readonly { readonly waiver: Waiver; readonly count: number; readonly networks: readonly string[] }[];
  /** Network files that were read. */
  readonly networks: number;
};

/**
 * Do the networks of each state root agree (CONTRACT §4)? With a base also: did a record lose its checksum? Throws
 * UNKNOWN_REVISION, and CONFIG_INVALID where the configuration that judges is the one of the place itself.
 */
export async function check(repository: StateRepository, request: CheckRequest): Promise<Checked> {
  const base = request.base === undefined ? null : await baseCommit(repository, request.base);
  const names = repository.root === '' ? await repository.roots(request.place) : [repository.root];
  const roots: CheckedRoot[] = [];
  for (const root of names) {
    roots.push(await checkRoot(repository.forRoot(root), { ...request, base, all: request.all === true }));
  }
  return {
    base,
    diverged: base !== null && (await hasDiverged(repository, base, request.place)),
    findings: roots.flatMap(({ findings }) => findings).sort(compareFindings),
    known: roots.flatMap(({ known }) => known).sort(compareFindings),
    knownCount: roots.reduce((sum, { knownCount }) => sum + knownCount, 0),
    waived: roots.flatMap(({ waived }) => waived),
    networks: roots.reduce((sum, { networks }) => sum + networks, 0),
  };
}

async function hasDiverged(repository: StateRepository, base: string, place: Place): Promise<boolean> {
  const head = typeof place === 'object' ? place.commit : (await repository.head()).commit;
  return head !== null && (await repository.mergeBase(base, head)) !== base;
}

async function baseCommit(repository: StateRepository, revision: string): Promise<string> {
  try {
    return await repository.resolve(revision);
  } catch (cause) {
    if (!(cause instanceof StateManagerError) || cause.code !== 'UNKNOWN_REVISION') throw cause;
    throw new StateManagerError('UNKNOWN_REVISION', `The base is not in this clone. ${cause.message}`, {
      cause,
      hint: 'fetch it (git fetch origin <branch>); in a shallow clone: git fetch --unshallow, or fetch-depth: 0 in the workflow',
      details: { ...cause.details, base: revision },
    });
  }
}
