import { type Formatted, formatFiles } from '../../commands/fmt.js';
import { flag, texts } from '../arguments.js';
import type { Verb } from '../command.js';
import { statePaths } from '../state-paths.js';
import { terminalSafe } from '../text/escape.js';
import { renderFindings } from '../text/findings.js';
import { paint } from '../text/paint.js';
import type { Style } from '../text/style.js';
import { counted } from '../text/table.js';

export const runFmt: Verb = async (args, context) => {
  const check = flag(args, 'check') || flag(args, 'dry-run');
  const repository = await context.openRepository();
  const result = await formatFiles(repository, { check, paths: await statePaths(context, texts(args, 'paths')) });
  const { changed, unchanged, findings } = result;
  return {
    data: { changed, unchanged },
    findings,
    exit: findings.length > 0 || (flag(args, 'check') && changed.length > 0) ? 1 : 0,
    text: () => changed.map(terminalSafe).join('\n'),
    notes: (style) =>
      [...(findings.length > 0 ? [renderFindings(findings, style)] : []), closing(result, check, style)].join('\n'),
  };
};

function closing({ changed, unchanged, findings }: Formatted, check: boolean, style: Style): string {
  const pen = paint(style);
  const skipped =
    findings.length === 0 ? '' : `, ${counted(new Set(findings.map(({ file }) => file)).size, 'file')} left alone`;
  if (changed.length === 0)
    return `${findings.length === 0 ? pen.green(pen.mark.done) : pen.red(pen.mark.error)} Nothing to rewrite: ${counted(unchanged, 'file')} canonical${skipped}`;
  const count = counted(changed.length, 'file');
  if (check)
    return `${pen.red(pen.mark.error)} ${count} would be rewritten${skipped}. Nothing was written. Next: stateroot fmt`;
  return `${pen.green(pen.mark.done)} Rewrote ${count}, not staged${skipped}`;
}
