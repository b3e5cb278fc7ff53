import { compareFindings, type Finding, hasErrors } from '../core/finding.js';
import { StateManagerError } from '../errors.js';
import type { MergeCommits } from '../ports/merge-commits.js';
import type { StateChanges } from '../ports/state-changes.js';
import type { StateRepository } from '../ports/state-repository.js';
import { check, type Checked } from './check.js';
import { type ChangedStateFiles, changedStateFiles } from './ci/changed-files.js';
import { type PlacedDanger, placedDangers } from './ci/dangers.js';
import { diffRoots, joinedDiff } from './ci/diff-roots.js';
import { matricesAt, type RootMatrix } from './ci/matrices.js';
import { type CiRange, ciRange, type RangeRequest } from './ci/range.js';
import { type SincePush, sincePush } from './ci/since-push.js';
import type { Diffed } from './diff.js';
import { type Validated, validate } from './validate.js';
import { type ValidatedChanges, validateChanges } from './validate-changes.js';
import { type ValidatedMerges, validateMerges } from './validate-merges.js';

export type CiSources = {
  readonly repository: StateRepository;
  readonly changes: StateChanges;
  readonly merges: MergeCommits;
};

export type CiRequest = RangeRequest & {
  /** Judge every commit on the way too, as a push is judged. */
  readonly eachCommit: boolean;
  /** Where the branch of a pull request stood before it was pushed to; null where nobody says. */
  readonly lastPush: string | null;
  /** Tell which code runs where, too. */
  readonly matrix: boolean;
  /** ms since 1970. */
  readonly now: number;
};

/** What one judgement came to, or why it could not be made. */
export type CiPart<T> = { readonly value: T } | { readonly refusal: StateManagerError };

export type CiResult = {
  readonly range: CiRange;
  readonly validated: CiPart<{ readonly head: Validated; readonly each: ValidatedChanges | null }>;
  /** Null without a base, as all that follow. */
  readonly merges: CiPart<ValidatedMerges> | null;
  readonly checked: CiPart<Checked>;
  readonly changed: CiPart<{
    readonly diff: Diffed | null;
    readonly dangers: readonly PlacedDanger[];
    readonly files: ChangedStateFiles;
    readonly since: SincePush | null;
  }> | null;
  /** Null unless it was asked for. */
  readonly matrices: CiPart<readonly RootMatrix[]> | null;
  /** Of all judgements, each once; sorted. What the base alone has wrong is no error. */
  readonly findings: readonly Finding[];
};

/**
 * All that CI asks of a change: is the head valid, and each commit on the way, is every merge as merged by record, do the
 * networks agree, what is different. One judgement that cannot be made does not keep the others from being told. Throws
 * what `ciRange` throws: without two sides nothing is judged.
 */
export async function ci(sources: CiSources, request: CiRequest): Promise<CiResult> {
  const { repository, changes, merges } = sources;
  const range = await ciRange(repository, merges, request);
  const { head, from } = range;
  const place = { commit: head };
  const validated = await attempt(async () => ({
    head: await validate(repository, { place }),
    each:
      request.eachCommit && from !== null
        ? await validateChanges(changes.changes({ tips: [head], known: { commits: [from] } }))
        : null,
  }));
  const merged = from === null ? null : await attempt(() => validateMerges(merges.merges({ from, to: head })));
  const checked = await attempt(() => check(repository, { place, base: from ?? undefined, now: request.now }));
  const changed = from === null ? null : await attempt(() => changesBetween(repository, range, request.lastPush));
  const matrices = request.matrix ? await attempt(() => matricesAt(repository, head)) : null;
  const findings = findingsOf(validated, merged, checked);
  return { range, validated, merges: merged, checked, changed, matrices, findings };
}

/** Why CI must not pass, besides judgements that could not be made. */
export function isRefused({ range, findings }: CiResult): boolean {
  return range.relation === 'rewritten' || hasErrors(findings);
}

/** The judgements that could not be made, the first of them first. */
export function ciRefusals({ validated, merges, checked, changed }: CiResult): readonly StateManagerError[] {
  return [validated, merges, checked, changed].flatMap((part) =>
    part !== null && 'refusal' in part ? [part.refusal] : [],
  );
}

async function attempt<T>(judge: () => Promise<T>): Promise<CiPart<T>> {
  try {
    return { value: await judge() };
  } catch (error) {
    if (error instanceof StateManagerError) return { refusal: error };
    throw error;
  }
}

/** GitHub shows ten annotations of a kind; a few more are placed, so that the worst of several roots have their line. */
const placedAtMost = 50;

async function changesBetween(repository: StateRepository, { base, from, head }: CiRange, before: string | null) {
  const diffs = await diffRoots(repository, from ?? head, head);
  return {
    diff: joinedDiff(diffs),
    dangers: await placedDangers(repository, head, diffs, placedAtMost),
    files: await changedStateFiles(repository, from ?? head, head),
    since: before === null ? null : await sincePush(repository, { base: base ?? head, before, now: diffs }),
  };
}

function findingsOf(
  validated: CiResult['validated'],
  merges: CiResult['merges'],
  checked: CiResult['checked'],
): readonly Finding[] {
  const found = new Map<string, Finding>();
  const add = (findings: readonly Finding[], keyOf: (finding: Finding) => string): void => {
    for (const finding of findings) if (!found.has(keyOf(finding))) found.set(keyOf(finding), finding);
  };
  const place = ({ rule, file, path }: Finding): string => JSON.stringify([rule, file, path]);
  const whole = (finding: Finding): string => JSON.stringify([place(finding), finding.message]);
  if ('value' in validated) {
    add(validated.value.head.findings, whole);
    // What the head still has wrong is not said again for the commit it came from.
    const known = new Set(validated.value.head.findings.map(place));
    const each = validated.value.each?.findings ?? [];
    add(
      each.filter((finding) => !known.has(place(finding))),
      whole,
    );
  }
  if (merges !== null && 'value' in merges) add(merges.value.findings, whole);
  if ('value' in checked) {
    // A file that cannot be read is a finding of both verbs.
    const known = new Set([...found.values()].map(place));
    add(
      checked.value.findings.filter((finding) => finding.severity !== 'error' || !known.has(place(finding))),
      whole,
    );
  }
  return [...found.values()].sort(compareFindings);
}
