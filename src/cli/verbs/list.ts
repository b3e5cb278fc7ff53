import { listedViews, listRecords } from '../../commands/list.js';
import { hasErrors } from '../../core/finding.js';
import { text, texts } from '../arguments.js';
import type { Verb } from '../command.js';
import { renderFindings } from '../text/findings.js';
import { renderList } from '../text/list.js';

export const runList: Verb = async (args, context) => {
  const listed = await listRecords(await context.openRepository(), {
    network: text(args, 'network'),
    where: texts(args, 'where'),
    at: text(args, 'at'),
  });
  const records = listedViews(listed);
  const isFiltered = texts(args, 'where').length > 0;
  return {
    data: records,
    findings: listed.findings,
    exit: hasErrors(listed.findings) ? 1 : 0,
    text: (style) => renderList(listed, { isFiltered }, style),
    notes: (style) =>
      listed.findings.length > 0 ? renderFindings(listed.findings, style) : emptyNote(records.length, isFiltered),
  };
};

function emptyNote(records: number, isFiltered: boolean): string {
  if (records > 0) return '';
  return isFiltered
    ? 'No record meets these conditions.'
    : 'No records yet. Next: stateroot put <network> <name> --set implementation=0x…';
}
