import type { CiResult } from '../../../commands/ci.js';
import type { ReviewedDiff } from '../diff-text.js';
import { counted } from '../table.js';

/** The words of one CI run around its result. */
export type CiWords = {
  /** The base as people call it; null without one. */
  readonly baseName: string | null;
  /** The same as a revision, for commands. */
  readonly baseRevision: string | null;
  /** Of this program. */
  readonly version: string;
  /** The page of the run, an https address. */
  readonly page: string | null;
};

/** The changes of a run as a review shows them; null where they could not be computed or there is no base. */
export function reviewed({ changed, range }: CiResult, { baseName, baseRevision }: CiWords): ReviewedDiff | null {
  if (changed === null || !('value' in changed) || changed.value.diff === null) return null;
  const isParting = range.relation === 'diverged';
  const base = baseRevision ?? '';
  return {
    ...changed.value.diff,
    names: { base: isParting ? 'merge base' : (baseName ?? ''), head: 'HEAD' },
    command: `stateroot diff ${base}${range.relation === 'rewritten' ? '..' : '...'}HEAD`,
  };
}

/** Commands that show the same at home. */
export function localCommands({ baseRevision, baseName }: CiWords): string {
  return `stateroot ci --base ${homeName(baseRevision, baseName)}`;
}

/** A tracking ref as it is typed; the first parent of a test merge exists on the server only. */
function homeName(revision: string | null, name: string | null): string {
  if (revision === null) return '';
  if (revision === 'HEAD^1' && name !== null) return `origin/${name}`;
  return revision.replace(/^refs\/remotes\//, '');
}

/** Sentences about the comparison that nobody must miss. Plain text but for names, which `say` escapes. */
export function ciNotes(result: CiResult, words: CiWords, say: (text: string) => string): string[] {
  const { range, changed } = result;
  const name = say(words.baseName ?? '');
  const judging = changed !== null && 'value' in changed ? changed.value.files.judging : [];
  const shown = judging.slice(0, 5).map(say).join(', ');
  const more = judging.length > 5 ? ` and ${judging.length - 5} more` : '';
  return [
    ...(range.relation === 'diverged'
      ? [
          `HEAD does not descend from ${name}, which has gone on: compared from where they parted, ${short(range.from)}.`,
        ]
      : []),
    ...(range.relation === 'rewritten'
      ? [
          `The push rewrites history: commits that were there at ${short(range.base)} are gone from the branch. Compared with them.`,
        ]
      : []),
    ...(judging.length > 0
      ? [`Changes how state is judged: ${shown}${more}. What that loosens counts once it is on ${name}.`]
      : []),
  ];
}

/** What is new and what is gone since the branch was last pushed; nothing where that is not known. */
export function sinceLastPush({ changed }: CiResult): string[] {
  const since = changed !== null && 'value' in changed ? changed.value.since : null;
  if (since === null) return [];
  const parts = (['dangers', 'changes'] as const).flatMap((what) =>
    (['new', 'gone'] as const).flatMap((how) => {
      const count = since[what][how];
      const noun = what === 'dangers' ? 'danger' : 'change';
      return count === 0 ? [] : [`${counted(count, noun)} ${how}`];
    }),
  );
  const said = parts.length === 0 ? 'nothing else' : parts.join(', ');
  return [`since the last push (\`${since.commit.slice(0, 7)}\`): ${said}`];
}

/** Whose rules: never those of what is judged. */
export function judgedBy({ range }: CiResult, { baseName, version }: CiWords, say: (text: string) => string): string {
  const program = `stateroot ${version}`;
  if (range.base === null) return `Judged by ${program} and the configuration beside the state: there is no base.`;
  return `Judged by the rules and policy of ${say(baseName ?? short(range.base))}, with ${program}.`;
}

function short(oid: string | null): string {
  return oid?.slice(0, 7) ?? '';
}
