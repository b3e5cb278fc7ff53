import { handEdits } from '../../commands/hand-edits.js';
import { placeOf } from '../../commands/read-snapshot.js';
import { type Validated, validate } from '../../commands/validate.js';
import { hasErrors } from '../../core/finding.js';
import { StateManagerError } from '../../errors.js';
import type { StateRepository } from '../../ports/state-repository.js';
import { flag, text, texts } from '../arguments.js';
import type { Arguments, Verb } from '../command.js';
import { statePaths } from '../state-paths.js';
import { countFindings, renderFindings } from '../text/findings.js';
import { paint } from '../text/paint.js';
import { explainRule } from './explain-rule.js';
import { runValidateMerges } from './validate-merges.js';
import { validateRange } from './validate-range.js';
import { reportFindings } from '../text/report/report.js';
import type { Style } from '../text/style.js';
import { counted } from '../text/table.js';

export const runValidate: Verb = async (args, context) => {
  const rule = text(args, 'explain');
  if (rule !== undefined) return explainRule(rule);
  const merges = text(args, 'merges');
  if (merges !== undefined) return runValidateMerges(merges, args, context);
  const range = text(args, 'range');
  if (range !== undefined) return validateRange(range, args, context);
  const repository = await context.openRepository();
  const place = await placeAsked(repository, args);
  const result = await validate(repository, { place, paths: await statePaths(context, texts(args, 'paths')) });
  const { findings, files } = result;
  const reporter = text(args, 'reporter') ?? 'text';
  // What was changed since HEAD says nothing about another commit.
  const isCurrent = typeof place === 'string' && reporter === 'text';
  const edits = isCurrent ? await handEdits(repository, result) : [];
  return {
    data: { files },
    findings,
    exit: hasErrors(findings) ? 1 : 0,
    text: (style) => reportFindings(reporter, findings) ?? renderFindings(findings, style, result.texts, edits),
    notes: (style) => closing(result, flag(args, 'staged'), style),
  };
};

async function placeAsked(repository: StateRepository, args: Arguments) {
  const at = text(args, 'at');
  if (!flag(args, 'staged')) return placeOf(repository, at);
  if (at === undefined) return 'index' as const;
  throw new StateManagerError('BAD_USAGE', '--staged and --at name two different places', {
    hint: 'stateroot validate --staged, or stateroot validate --at <rev>',
  });
}

function closing({ findings, files }: Validated, staged: boolean, style: Style): string {
  const pen = paint(style);
  const count = counted(files.length, staged ? 'staged state file' : 'state file');
  if (files.length === 0) return `${pen.green(pen.mark.done)} No state files here; nothing to judge.`;
  if (findings.length === 0) return `${pen.green(pen.mark.done)} ${count} valid`;
  const concerned = new Set(findings.map(({ file }) => file)).size;
  const mark = hasErrors(findings) ? pen.red(pen.mark.error) : pen.yellow(pen.mark.warning);
  return `${mark} ${countFindings(findings)} in ${concerned} of ${count}`;
}
