import { type CiResult, ci, ciRefusals, isRefused } from '../../commands/ci.js';
import type { Json } from '../../core/json.js';
import { StateManagerError } from '../../errors.js';
import { flag, text } from '../arguments.js';
import { ciBase } from '../ci/ci-base.js';
import { type GithubRun, githubRun, isGithub } from '../ci/github-run.js';
import { appendOutput, removeOutput, writeOutput } from '../ci/write-output.js';
import type { Arguments, Context, Outcome, Verb } from '../command.js';
import { packageVersion } from '../installation.js';
import { ciAnnotations } from '../text/ci/ci-annotations.js';
import { ciComment, ciSummary, noChangesComment, refusedComment } from '../text/ci/ci-markdown.js';
import { ciClosing, renderCi } from '../text/ci/ci-text.js';
import { type CiWords, localCommands } from '../text/ci/reviewed.js';
import { renderRefusal } from '../text/refusal.js';
import { githubRefusal, githubReport } from '../text/report/github.js';
import { reportFindings } from '../text/report/report.js';
import { sarifReport } from '../text/report/sarif.js';
import type { Style } from '../text/style.js';

export const runCi: Verb = async (args, context) => {
  if (flag(args, 'update-comment') && text(args, 'comment') === undefined) {
    throw new StateManagerError('BAD_USAGE', '--update-comment says what becomes of a comment, so it needs --comment', {
      hint: 'stateroot ci --comment comment.md --update-comment',
    });
  }
  const { environment } = context;
  const run = isGithub(environment) ? githubRun(environment, await eventOf(context)) : null;
  const reporter = text(args, 'reporter') ?? (run === null ? 'text' : 'github');
  await removeStale(args, context);
  try {
    const { result, words } = await judged(args, context, run);
    await writeReports(result, words, { args, context, run });
    return answered(result, words, reporter);
  } catch (error) {
    if (!(error instanceof StateManagerError)) throw error;
    return unjudged(error, reporter, { args, context, run });
  }
};

type Surroundings = { readonly args: Arguments; readonly context: Context; readonly run: GithubRun | null };

async function judged(
  args: Arguments,
  context: Context,
  run: GithubRun | null,
): Promise<{ result: CiResult; words: CiWords }> {
  const [repository, checkout] = [await context.openRepository(), await context.openCheckout()];
  const base = await ciBase(text(args, 'base'), run, { repository, checkout });
  const sources = { repository, changes: await context.openChanges(), merges: await context.openMergeCommits() };
  const result = await ci(sources, {
    base: base.base,
    isPush: base.isPush,
    shallow: (await checkout.facts()).shallow,
    eachCommit: flag(args, 'each-commit'),
    lastPush: run?.lastPush ?? null,
    matrix: run?.summary != null,
    now: Date.now(),
  });
  const words = { baseName: base.name, baseRevision: base.base, version: packageVersion(), page: run?.page ?? null };
  return { result, words };
}

async function eventOf(context: Context): Promise<Json | null> {
  const path = context.environment['GITHUB_EVENT_PATH'];
  if (path === undefined || path === '') return null;
  const bytes = await context.readInput(path);
  try {
    // Not state: whatever GitHub writes is fine, as long as it is JSON.
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as Json;
  } catch (cause) {
    throw new StateManagerError('BAD_INPUT', `GITHUB_EVENT_PATH is no JSON: ${path}`, { cause });
  }
}

/** What an earlier run said must not be taken for this one, whatever happens now. */
async function removeStale(args: Arguments, { cwd }: Context): Promise<void> {
  for (const file of ['comment', 'sarif'].flatMap((name) => text(args, name) ?? [])) await removeOutput(cwd, file);
}

async function writeReports(result: CiResult, words: CiWords, { args, context, run }: Surroundings): Promise<void> {
  const [comment, sarif] = [text(args, 'comment'), text(args, 'sarif')];
  if (comment !== undefined) {
    const body = ciComment(result, words) ?? (flag(args, 'update-comment') ? noChangesComment : null);
    if (body !== null) await writeOutput(context.cwd, comment, body);
  }
  if (sarif !== undefined) await writeOutput(context.cwd, sarif, `${sarifReport(result.findings, words.version)}\n`);
  if (run?.summary != null) await appendOutput(context.cwd, run.summary, ciSummary(result, words));
}

function answered(result: CiResult, words: CiWords, reporter: string): Outcome {
  const [refusal] = ciRefusals(result);
  const isText = reporter === 'text';
  return {
    data: dataOf(result, words),
    findings: result.findings,
    ...(refusal === undefined ? { exit: isRefused(result) ? 1 : 0 } : { error: refusal }),
    text: (style) => (isText ? renderCi(result, words, style) : reported(result, words, reporter)),
    // The report is for a machine then; the log is for people all the same.
    notes: (style) =>
      [...(isText ? [] : [renderCi(result, words, style), '']), ciClosing(result, words, style)].join('\n'),
  };
}

function reported(result: CiResult, words: CiWords, reporter: string): string {
  if (reporter !== 'github') return reportFindings(reporter, result.findings) ?? '';
  const again = words.baseRevision === null ? 'ci' : localCommands(words).replace(/^stateroot /, '');
  const annotations = githubReport(ciAnnotations(result), again);
  return [annotations, ...ciRefusals(result).map(githubRefusal)].filter((line) => line !== '').join('\n');
}

function dataOf({ range, validated, merges, checked, changed }: CiResult, { baseName }: CiWords) {
  const diff = changed !== null && 'value' in changed ? changed.value.diff : null;
  return {
    ...range,
    baseName,
    validate:
      'value' in validated
        ? { files: validated.value.head.files.length, commits: validated.value.each?.commits.length ?? null }
        : null,
    merges: merges !== null && 'value' in merges ? merges.value.merges.length : null,
    check:
      'value' in checked
        ? {
            networks: checked.value.networks,
            new: checked.value.findings.length,
            known: checked.value.knownCount,
            waived: checked.value.waived.reduce((sum, { count }) => sum + count, 0),
          }
        : null,
    judging: changed !== null && 'value' in changed ? changed.value.files.judging : [],
    diff: diff === null ? null : { base: diff.base, head: diff.head, networks: diff.networks },
  };
}

/** Without two sides there is nothing to judge: fails closed, and says so wherever somebody looks. */
async function unjudged(
  refusal: StateManagerError,
  reporter: string,
  { args, context, run }: Surroundings,
): Promise<Outcome> {
  const comment = text(args, 'comment');
  const isWriting = refusal.code !== 'FILE_FAILED';
  if (isWriting && comment !== undefined) await writeOutput(context.cwd, comment, refusedComment(refusal));
  if (isWriting && run?.summary != null) await appendOutput(context.cwd, run.summary, refusedComment(refusal));
  return {
    data: null,
    error: refusal,
    text: () => (reporter === 'github' ? githubRefusal(refusal) : ''),
    notes: (style: Style) => renderRefusal(refusal, style, { writes: false }),
  };
}
