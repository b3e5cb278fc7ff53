import { type ValidatedChanges, validateChanges } from '../../commands/validate-changes.js';
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

/** `validate --range a..b`: every commit of `b` that `a` does not have, as the hook of a push judges them. */
export async function validateRange(range: string, args: Arguments, context: Context): Promise<Outcome> {
  if (flag(args, 'staged') || text(args, 'at') !== undefined || texts(args, 'paths').length > 0) {
    throw new StateManagerError('BAD_USAGE', '--range judges commits: --staged, --at and paths name something else', {
      hint: 'stateroot validate --range origin/main..HEAD',
    });
  }
  const ends = rangeEnds(range);
  if (ends === null) {
    throw new StateManagerError('BAD_USAGE', `${shown(range)} is no range`, {
      hint: 'stateroot validate --range origin/main..HEAD',
    });
  }
  const repository = await context.openRepository();
  const [known, tip] = [await repository.resolve(ends.from), await repository.resolve(ends.to)];
  const changes = (await context.openChanges()).changes({ tips: [tip], known: { commits: [known] } });
  const judged = await validateChanges(changes);
  const { findings, commits } = judged;
  return {
    data: { commits: commits.map(({ commit, files }) => ({ commit, files })) },
    findings,
    exit: hasErrors(findings) ? 1 : 0,
    text: (style) => reportFindings(text(args, 'reporter') ?? 'text', findings) ?? renderFindings(findings, style),
    notes: (style) => closing(judged, style),
  };
}

function closing({ findings, commits }: ValidatedChanges, style: Style): string {
  const pen = paint(style);
  const count = `${counted(commits.length, 'commit')} with state`;
  if (findings.length === 0) return `${pen.green(pen.mark.done)} ${count}, all valid`;
  const mark = hasErrors(findings) ? pen.red(pen.mark.error) : pen.yellow(pen.mark.warning);
  return `${mark} ${countFindings(findings)} in ${count}`;
}
