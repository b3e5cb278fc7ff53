import { doctor } from '../../commands/doctor.js';
import { init } from '../../commands/init.js';
import { flag } from '../arguments.js';
import type { Verb } from '../command.js';
import { installedSetup } from '../installation.js';
import { checkLines } from '../text/check-lines.js';
import { terminalSafeLines } from '../text/escape.js';
import { paint } from '../text/paint.js';

export const runDoctor: Verb = async (args, context) => {
  const checkout = await context.openCheckout();
  const setup = { ...installedSetup(), nodeVersion: context.nodeVersion };
  const fixed = flag(args, 'fix') ? await init(checkout, setup, { dryRun: false }) : null;
  const { checks, findings } = await doctor(await context.openRepository(), checkout, setup);
  const errors = checks.filter((check) => check.severity === 'error').length;
  const warnings = checks.filter((check) => check.severity === 'warning').length;
  return {
    data: { checks, fixed: fixed?.parts.filter((part) => !['none', 'keep'].includes(part.action)) ?? [] },
    findings,
    exit: errors === 0 ? 0 : 1,
    text: (style) => {
      const pen = paint(style);
      const fine = checks.filter((check) => check.severity === 'ok').map(({ message }) => message);
      const wrong = checks.filter((check) => check.severity !== 'ok').flatMap((check) => checkLines(check, pen));
      return [`${pen.green(pen.mark.done)} ${terminalSafeLines(fine.join(', ')).join(' ')}`, ...wrong].join('\n');
    },
    notes: (style) => {
      const { red, yellow, mark } = paint(style);
      const parts = [
        ...(errors === 0 ? [] : [`${errors} ${errors === 1 ? 'error' : 'errors'}`]),
        ...(warnings === 0 ? [] : [`${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`]),
      ];
      const done = fixed?.changed === true ? ['Set up what init would have; nothing committed.'] : [];
      if (parts.length === 0) return done.join('\n');
      const sign = errors > 0 ? red(mark.error) : yellow(mark.warning);
      return [...done, `${sign} ${parts.join(', ')}. Each line above ends with the command that fixes it.`].join('\n');
    },
  };
};
