import { type Config, readConfig, type Waiver } from '../core/config/config.js';
import { findProblems, type JudgedProblem, stateToCheck, unreadable } from '../core/consistency/check.js';
import { placeProblem } from '../core/consistency/place-problem.js';
import { textLocators } from '../core/consistency/text-locators.js';
import { covers, isExpired } from '../core/consistency/waive.js';
import { findRenames } from '../core/diff/renames.js';
import type { Finding } from '../core/finding.js';
import { grouped } from '../core/grouped.js';
import { lostChecksums } from '../core/inspect/inspect.js';
import type { Place, StateRepository } from '../ports/state-repository.js';
import { type ConfigPair, judgingConfig } from './judging-config.js';
import { type ReadRoot, readRoot } from './read-root.js';

export type CheckedRoot = {
  readonly findings: readonly Finding[];
  readonly known: readonly Finding[];
  readonly knownCount: number;
  readonly waived: readonly { readonly waiver: Waiver; readonly count: number; readonly networks: readonly string[] }[];
  readonly networks: number;
};

type Request = {
  readonly place: Place;
  /** Full oid. */
  readonly base: string | null;
  readonly all: boolean;
  readonly now: number;
  /** The root at `place`, where it has been read already. */
  readonly read?: ReadRoot;
};

/** One state root against its base: everything that `check` has to say about it. */
export async function checkRoot(repository: StateRepository, request: Request): Promise<CheckedRoot> {
  const { place, base, all, now } = request;
  const head = request.read ?? (await readRoot(repository, place));
  const before = base === null ? null : await readRoot(repository, { commit: base }, head);
  const config = before === null ? ownConfig(head) : judgingConfig(head, before);
  const found = problemsOf(head, before, config, now);
  const { kept, waived } = split(found.problems, config.judging, now);
  const isKnown = (problem: JudgedProblem): boolean => found.known.has(keyOf(problem));
  const locate = textLocators(head.bytes);
  const old = kept.filter(isKnown);
  const refused = unreadable(head.snapshot);
  const oldRefusals = new Set(before === null ? [] : unreadable(before.snapshot).map(refusalKey));
  return {
    findings: [
      ...refused.filter((finding) => !oldRefusals.has(refusalKey(finding))),
      ...config.findings,
      ...(before === null ? [] : [...unreadableBefore(before, base ?? ''), ...lostSince(before, head)]),
      ...kept.filter((problem) => !isKnown(problem)).map((problem) => placeProblem(problem, locate)),
    ],
    known: all
      ? [
          ...refused.filter((finding) => oldRefusals.has(refusalKey(finding))),
          ...old.map((problem) => placeProblem(problem, locate)),
        ]
      : [],
    knownCount: old.length + refused.filter((finding) => oldRefusals.has(refusalKey(finding))).length,
    waived,
    networks: head.snapshot.networks.size + head.snapshot.refused.length,
  };
}

/** Without a base there is only one side: its configuration counts, all of it. Throws CONFIG_INVALID. */
function ownConfig({ config }: ReadRoot): ConfigPair {
  return { judging: readConfig(config?.bytes ?? null), proposed: null, findings: [] };
}

function problemsOf(head: ReadRoot, before: ReadRoot | null, { judging, proposed }: ConfigPair, now: number) {
  const options = { root: head.root, config: judging, now };
  const state = stateToCheck(head.snapshot, {
    ...options,
    ...(proposed === null ? {} : { proposed }),
    manifests: head.manifests,
    strays: head.strays,
  });
  const problems = findProblems(state);
  if (before === null) return { problems, known: new Set<string>() };
  const { manifests, strays } = before;
  const old = stateToCheck(before.snapshot, { ...options, manifests, strays }, state);
  return { problems, known: new Set(findProblems(old).map(keyOf)) };
}

/** The same finding on both sides, wherever its line is now. */
function keyOf({ rule, place, contract, message }: JudgedProblem): string {
  return JSON.stringify([rule.id, place.file, contract ?? null, place.path, message]);
}

function split(problems: readonly JudgedProblem[], config: Config, now: number) {
  const valid = config.waivers.filter((waiver) => !isExpired(waiver, now));
  const waiverOf = ({ rule, place, contract }: JudgedProblem): Waiver | null => {
    const { network, path } = place;
    const about = { rule: rule.id, network, path, ...(contract === undefined ? {} : { contract }) };
    return valid.find((waiver) => covers(waiver, about)) ?? null;
  };
  const groups = grouped(problems, waiverOf);
  const waived = [...groups].flatMap(([waiver, covered]) =>
    waiver === null
      ? []
      : [{ waiver, count: covered.length, networks: [...new Set(covered.map(({ place }) => place.network))] }],
  );
  return { kept: groups.get(null) ?? [], waived };
}

function refusalKey({ rule, file, message }: Finding): string {
  return JSON.stringify([rule, file, message]);
}

/** A warning: a change that repairs the file must be able to pass. */
function unreadableBefore({ snapshot }: ReadRoot, base: string): Finding[] {
  return unreadable(snapshot).map(({ rule, network, file, path, message }) => ({
    rule,
    severity: 'warning',
    network,
    file,
    path,
    message: `in the base ${base.slice(0, 7)}: ${message}; all findings of this network count as new`,
  }));
}

/** A network that only got another name is compared with the one of its old name. */
function lostSince(before: ReadRoot, head: ReadRoot): Finding[] {
  const renames = findRenames(before.snapshot, head.snapshot);
  return [...head.snapshot.networks].flatMap(([name, file]) => {
    const old = before.snapshot.networks.get(renames.get(name) ?? name);
    const path = head.paths.get(name);
    if (old === undefined || old === file || path === undefined) return [];
    return lostChecksums(old, file, path, Buffer.from(head.bytes.get(path) ?? []).toString('utf8'));
  });
}
