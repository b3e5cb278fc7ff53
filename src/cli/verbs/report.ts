import { resolve } from 'node:path';
import { reportState } from '../../commands/report.js';
import { isDay } from '../../core/config/config.js';
import { shown } from '../../core/shown.js';
import { StateManagerError } from '../../errors.js';
import { flag, text } from '../arguments.js';
import type { Arguments, Verb } from '../command.js';
import { numbersOf, type ReportNumbers } from '../page/headline.js';
import { reportMarker, reportPage } from '../page/report-page.js';
import { writePage } from '../page/write-page.js';
import { terminalSafe } from '../text/escape.js';
import { paint } from '../text/paint.js';
import { counted } from '../text/table.js';

export const runReport: Verb = async (args, context) => {
  const out = requireOut(args);
  const now = endOfDay(text(args, 'on'));
  const repository = await context.openRepository();
  const report = await reportState(repository, { at: text(args, 'at'), now, today: Date.now() });
  const page = reportPage(report);
  if (out !== '-') await writePage(resolve(context.cwd, out), page, reportMarker);
  const numbers = numbersOf(report);
  return {
    data: { out, bytes: Buffer.byteLength(page), commit: report.commit?.oid ?? null, ...numbers },
    text(style) {
      if (out === '-') return page.trimEnd();
      const pen = paint(style);
      return `${pen.green(pen.mark.done)} ${terminalSafe(out)}: ${summaryOf(numbers)}`;
    },
  };
};

function requireOut(args: Arguments): string {
  const out = text(args, 'out');
  if (out === undefined || out === '') {
    throw new StateManagerError('BAD_USAGE', 'report needs a file to write the page to.', {
      hint: 'stateroot report --out state.html, or --out - for stdout',
    });
  }
  if (out === '-' && flag(args, 'json')) {
    throw new StateManagerError('BAD_USAGE', '--out - and --json both write to stdout.', {
      hint: 'stateroot report --out state.html --json',
    });
  }
  return out;
}

/** The end of a day in UTC, ms since 1970. */
function endOfDay(day: string | undefined): number | undefined {
  if (day === undefined) return undefined;
  if (isDay(day)) return Date.parse(`${day}T23:59:59.999Z`);
  throw new StateManagerError('BAD_USAGE', `--on ${shown(day)} is no day.`, { hint: 'for example --on 2026-12-31' });
}

/** `5 networks, 26 records, 1 contract with drift, 3 errors`; what is zero is left out. */
function summaryOf({ networks, records, drift, missing, errors, warnings }: ReportNumbers): string {
  return [
    counted(networks, 'network'),
    counted(records, 'record'),
    ...(drift === 0 ? [] : [`${counted(drift, 'contract')} with drift`]),
    ...(missing === 0 ? [] : [`${missing} missing`]),
    ...(errors === 0 ? [] : [counted(errors, 'error')]),
    ...(warnings === 0 ? [] : [counted(warnings, 'warning')]),
  ].join(', ');
}
