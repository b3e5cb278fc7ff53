import { type BlamedField, blameRecord } from '../../commands/blame.js';
import type { Json } from '../../core/json.js';
import { required, text } from '../arguments.js';
import type { Verb } from '../command.js';
import { terminalSafe } from '../text/escape.js';
import { paint } from '../text/paint.js';
import type { Style } from '../text/style.js';
import { alignedLines, counted, tabbedLine } from '../text/table.js';
import { dayText } from '../text/time.js';
import { fieldLabel, shortHash, valueText } from '../text/value.js';

export const runBlame: Verb = async (args, context) => {
  const fields = await blameRecord(await context.openRepository(), {
    network: required(args, 'network'),
    name: required(args, 'name'),
    at: text(args, 'at'),
  });
  return { data: fields, text: (style) => renderBlame(fields, style) };
};

/** In a pipe: commit, time (ISO 8601), author, field, value; the first three empty for what is not committed. */
function renderBlame(fields: readonly BlamedField[], style: Style): string {
  if (!style.terminal) {
    return fields
      .map(({ commit, time, author, field, value }) => tabbedLine([commit, time, author, field, valueText(value)]))
      .join('\n');
  }
  return alignedLines(
    fields.map(({ commit, time, author, field, value }) => [
      paint(style).yellow(commit?.slice(0, 7) ?? '-------'),
      time === null ? '' : dayText(time),
      author === null ? 'not committed' : terminalSafe(author),
      fieldLabel(field),
      recognisable(value),
    ]),
  ).join('\n');
}

function recognisable(value: Json): string {
  if (Array.isArray(value))
    return value.length === 0 ? 'none' : `${counted(value.length, 'value')} (get --json shows them)`;
  const line = shortHash(value) ?? valueText(value);
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}
