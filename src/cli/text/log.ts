import type { LogEntry } from '../../commands/log.js';
import type { FieldChange } from '../../core/diff/change.js';
import { terminalSafe } from './escape.js';
import { paint } from './paint.js';
import type { Style } from './style.js';
import { alignedLines, counted, tabbedLine } from './table.js';
import { minuteText } from './time.js';
import { fieldLabel, valueText } from './value.js';

/**
 * One commit per line, newest first. In a pipe: commit, time (ISO 8601), author, kinds, what. A change that takes back an
 * earlier one of the list exactly says which.
 */
export function renderLog(entries: readonly LogEntry[], options: { isOneRecord: boolean }, style: Style): string {
  if (!style.terminal) {
    return entries
      .map((entry) =>
        tabbedLine([
          entry.commit,
          entry.time,
          entry.author,
          entry.kinds.join(','),
          whatText(entry, options.isOneRecord),
        ]),
      )
      .join('\n');
  }
  const undone = undoneBy(entries);
  const rows = entries.flatMap((entry) => {
    const undoes = undone.get(entry.commit);
    const kind = undoes === undefined ? entry.kinds.join(', ') || 'sections' : 'rollback';
    const row = [
      paint(style).yellow(entry.commit.slice(0, 7)),
      minuteText(entry.time),
      terminalSafe(entry.author),
      kind,
      whatText(entry, options.isOneRecord),
    ];
    return undoes === undefined ? [row] : [row, ['', '', '', '', `undoes ${undoes.slice(0, 7)}`]];
  });
  return alignedLines(rows).join('\n');
}

function whatText({ changes, sections }: LogEntry, isOneRecord: boolean): string {
  const [only, ...others] = changes;
  if (only === undefined) {
    const [section, ...more] = sections;
    return section === undefined ? '' : `${terminalSafe(`${section.network} ${section.path}`)}${andMore(more.length)}`;
  }
  if (others.length > 0) {
    const networks = [...new Set(changes.map(({ network }) => network))];
    const where = networks.length === 1 ? terminalSafe(networks[0] ?? '') : counted(networks.length, 'network');
    return `${counted(changes.length, 'record')} on ${where}`;
  }
  const detail = detailText(only.fields);
  const name = isOneRecord ? [] : [`${terminalSafe(only.network)} / ${terminalSafe(only.name)}`];
  return [...name, ...(detail === '' ? [] : [detail])].join('  ');
}

function andMore(count: number): string {
  return count === 0 ? '' : ` and ${count} more`;
}

/** The address it came to; of what has none, which fields. */
function detailText(fields: readonly FieldChange[]): string {
  const proxy = fields.find(({ path }) => path === 'proxy');
  const implementation = fields.find(({ path }) => path === 'implementation');
  const address = proxy !== undefined && proxy.before !== undefined ? proxy : (implementation ?? proxy);
  if (address !== undefined) {
    const label = address.path === 'proxy' ? 'proxy' : 'impl';
    return address.after === undefined ? `was ${valueText(address.before)}` : `${label} ${valueText(address.after)}`;
  }
  return fields.map(({ path }) => fieldLabel(path)).join(', ');
}

/** Commit → the latest earlier commit of the list that it takes back exactly. */
function undoneBy(entries: readonly LogEntry[]): ReadonlyMap<string, string> {
  const done = new Map<string, string>();
  const undone = new Map<string, string>();
  for (const entry of [...entries].reverse()) {
    const found = done.get(fingerprint(entry, true));
    if (found !== undefined) undone.set(entry.commit, found);
    done.set(fingerprint(entry, false), entry.commit);
  }
  return undone;
}

function fingerprint({ changes, sections }: LogEntry, inverted: boolean): string {
  const side = ({ path, before, after }: FieldChange) =>
    inverted ? [path, after ?? null, before ?? null] : [path, before ?? null, after ?? null];
  const records = changes.map(({ network, name, fields }) => [network, name, fields.map(side)]);
  return JSON.stringify([records, sections.map((section) => [section.network, ...side(section)])]);
}
