import { type Found, findValue } from '../../commands/find.js';
import { hasErrors } from '../../core/finding.js';
import { flag, required, text } from '../arguments.js';
import type { Outcome, Verb } from '../command.js';
import { terminalSafe } from '../text/escape.js';
import { renderFindings } from '../text/findings.js';
import type { Style } from '../text/style.js';
import { alignedLines, tabbedLine } from '../text/table.js';
import { dayText } from '../text/time.js';
import { fieldLabel } from '../text/value.js';

export const runFind: Verb = async (args, context): Promise<Outcome> => {
  const value = required(args, 'value');
  const history = flag(args, 'history');
  const { found, findings } = await findValue(await context.openRepository(), value, { at: text(args, 'at'), history });
  return {
    data: found,
    findings,
    exit: found.length === 0 || hasErrors(findings) ? 1 : 0,
    text: (style) => renderFound(found, style),
    notes: (style) =>
      [
        ...(findings.length > 0 ? [renderFindings(findings, style)] : []),
        ...(found.length === 0 ? [nothingFound(value, history)] : []),
      ].join('\n'),
  };
};

/** In a pipe: network, category, name, field, value, and with history the commits that wrote and removed it. */
function renderFound(found: readonly Found[], style: Style): string {
  if (!style.terminal) {
    return found
      .map((one) =>
        tabbedLine([
          one.network,
          one.category,
          one.contractName,
          one.field,
          one.value,
          ...(one.commit === undefined ? [] : [one.commit, one.removedBy]),
        ]),
      )
      .join('\n');
  }
  return alignedLines(
    found.map((one) => [
      `${terminalSafe(one.network)} / ${terminalSafe(one.contractName)}`,
      fieldLabel(one.field),
      terminalSafe(one.value),
      ...(one.commit === undefined || one.time === undefined ? [] : [sinceText(one.commit, one.time, one.removedBy)]),
    ]),
  ).join('\n');
}

function sinceText(commit: string, time: string, removedBy: string | null | undefined): string {
  const since = `since ${commit.slice(0, 7)}  ${dayText(time)}`;
  return typeof removedBy === 'string' ? `${since}, until ${removedBy.slice(0, 7)}` : since;
}

function nothingFound(value: string, history: boolean): string {
  const where = history ? 'No record ever held' : 'No record holds';
  return `${where} ${terminalSafe(value)}.${history ? '' : ' Looked at one place only: --history looks through every commit.'}`;
}
