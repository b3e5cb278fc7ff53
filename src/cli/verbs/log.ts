import { logRecords } from '../../commands/log.js';
import { StateManagerError } from '../../errors.js';
import { text } from '../arguments.js';
import type { Verb } from '../command.js';
import { terminalSafe } from '../text/escape.js';
import { renderFindings } from '../text/findings.js';
import { renderLog } from '../text/log.js';

export const runLog: Verb = async (args, context) => {
  const network = text(args, 'network');
  const name = text(args, 'name');
  const options = { network, name, limit: limitOf(text(args, 'limit')), at: text(args, 'at') };
  const { entries, findings } = await logRecords(await context.openRepository(), options);
  return {
    data: entries,
    findings,
    exit: entries.length === 0 && network !== undefined ? 1 : 0,
    text: (style) => renderLog(entries, { isOneRecord: name !== undefined }, style),
    notes: (style) =>
      [
        ...(findings.length > 0 ? [renderFindings(findings, style)] : []),
        ...(entries.length === 0 ? [nothing(network, name)] : []),
      ].join('\n'),
  };
};

function limitOf(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  if (/^[1-9][0-9]{0,8}$/.test(given)) return Number(given);
  throw new StateManagerError('BAD_USAGE', `--limit ${JSON.stringify(given)} is not a number of commits`, {
    hint: 'for example --limit 10',
  });
}

function nothing(network: string | undefined, name: string | undefined): string {
  if (network === undefined) return 'No commit has changed state yet.';
  const what = name === undefined ? terminalSafe(network) : `${terminalSafe(network)} / ${terminalSafe(name)}`;
  return `No commit ever changed ${what}. Names are case-sensitive; stateroot list shows them.`;
}
