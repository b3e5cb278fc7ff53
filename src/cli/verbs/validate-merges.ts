import { type ValidatedMerges, validateMerges } from '../../commands/validate-merges.js';
import { hasErrors } from '../../core/finding.js';
import { shown } from '../../core/shown.js';
import { StateManagerError } from '../../errors.js';
import { flag, text, texts } from '../arguments.js';
import type { Arguments, Context, Outcome } from '../command.js';
import { rangeEnds } from '../range-ends.js';
import { countFindings, renderFindings } from '../text/findings.js';
import { paint } from '../text/paint.js';
import { reportFindings } from '../text/report/report.js';
import type { Style } from '../text/style.js';
import { counted } from '../text/table.js';

/** `validate --merges a..b`, or one merge commit: is each what the merge by record makes of its parents? */
export async function runValidateMerges(range: string, args: Arguments, context: Context): Promise<Outcome> {
  const others = flag(args, 'staged') || ['at', 'range'].some((name) => text(args, name) !== undefined);
  if (others || texts(args, 'paths').length > 0) throw refused('--merges judges merge commits, nothing else with them');
  const ends = rangeEnds(range);
  if (ends === null && (range === '' || range.includes('..'))) throw refused(`${shown(range)} is no range`);
  const judged = await validateMerges((await context.openMergeCommits()).merges(ends ?? { only: range }));
  const { findings, merges } = judged;
  return {
    data: { merges },
    findings,
    exit: hasErrors(findings) ? 1 : 0,
    text: (style) => reportFindings(text(args, 'reporter') ?? 'text', findings) ?? renderFindings(findings, style),
    notes: (style) => closing(judged, style),
  };
}

function closing({ findings, merges }: ValidatedMerges, style: Style): string {
  const pen = paint(style);
  const count = counted(merges.length, 'merge commit');
  if (merges.length === 0) return `${pen.green(pen.mark.done)} No merge commits there; nothing to judge.`;
  if (findings.length === 0) return `${pen.green(pen.mark.done)} ${count}, each as merged by record`;
  return `${pen.red(pen.mark.error)} ${countFindings(findings)} in ${count}`;
}

function refused(message: string): StateManagerError {
  return new StateManagerError('BAD_USAGE', message, { hint: 'stateroot validate --merges origin/main..HEAD' });
}
