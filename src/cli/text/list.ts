import type { Listed } from '../../commands/list.js';
import { compareText } from '../../core/equal.js';
import { type Json, member } from '../../core/json.js';
import type { NetworkFile } from '../../core/model/network-file.js';
import type { StateRecord } from '../../core/model/record.js';
import { placeText } from './changes.js';
import { terminalSafe } from './escape.js';
import { paint } from './paint.js';
import type { Style } from './style.js';
import { alignedLines, counted, tabbedLine } from './table.js';
import { dayText } from './time.js';
import { shortHash, valueText } from './value.js';

/**
 * Records by network and category, both addresses below each other. In a pipe: network, category, name, proxy,
 * implementation, code hash, timestamp (ms), one record per line.
 */
export function renderList({ networks }: Listed, options: { isFiltered: boolean }, style: Style): string {
  if (!style.terminal) return networks.flatMap(({ records }) => records.map(pipeLine)).join('\n');
  const shown = networks.filter(({ records }) => records.length > 0 || !options.isFiltered);
  return shown
    .map(({ file, records }) => [headOf(file, records, style), ...recordLines(records)].join('\n'))
    .join('\n\n');
}

function pipeLine({ network, category, name, fields }: StateRecord): string {
  const cell = (field: string) => {
    const value = member(fields, field);
    return value === undefined ? '' : valueText(value);
  };
  return tabbedLine([
    network,
    category,
    name,
    ...['proxy', 'implementation', 'implementationHash', 'timestamp'].map(cell),
  ]);
}

function headOf(file: NetworkFile, records: readonly StateRecord[], style: Style): string {
  const count = records.length === 0 ? 'no records' : counted(records.length, 'record');
  return `${paint(style).bold(terminalSafe(file.network))}  ${placeText(file.chainId)}, ${count}`;
}

function recordLines(records: readonly StateRecord[]): string[] {
  const sorted = [...records].sort(byCategory);
  const rows = sorted.flatMap((record, i) => {
    const category = sorted[i - 1]?.category === record.category ? '' : terminalSafe(record.category);
    return addressRows(record).map((row, line) => [
      ...(line === 0 ? [category, terminalSafe(record.name)] : ['', '']),
      ...row,
    ]);
  });
  return alignedLines(rows).map((line) => `  ${line}`);
}

function addressRows({ fields }: StateRecord): string[][] {
  const proxy = member(fields, 'proxy');
  const implementation = member(fields, 'implementation');
  const timestamp = member(fields, 'timestamp');
  const day = typeof timestamp === 'number' ? dayText(timestamp) : '';
  const hash = shortHash(member(fields, 'implementationHash')) ?? '';
  if (proxy === undefined) return [['impl', addressText(implementation), hash === '' ? day : hash]];
  if (implementation === undefined) return [['proxy', addressText(proxy), day]];
  return [
    ['proxy', addressText(proxy), day],
    ['impl', addressText(implementation), hash],
  ];
}

function addressText(value: Json | undefined): string {
  return value === undefined ? '' : valueText(value);
}

/** As the categories are laid down: core first, then protocol and infrastructure, others by name. */
function byCategory(a: StateRecord, b: StateRecord): number {
  return rank(a) - rank(b) || compareText(a.category, b.category) || compareText(a.name, b.name);
}

function rank({ category }: StateRecord): number {
  const at = ['core', 'protocol', 'infrastructure'].indexOf(category);
  return at < 0 ? 3 : at;
}
