import type { RootMatrix } from '../../../commands/ci/matrices.js';
import { drifts, type MatrixCell, type MatrixRow, type MatrixVersion } from '../../../core/report/matrix.js';
import { markdownText } from '../escape-markdown.js';

/** Contracts × networks as Markdown tables, one for each state root, cut at `limit` bytes: where code differs first. */
export function matrixTables(matrices: readonly RootMatrix[], limit: number): string[] {
  const tables: string[] = [];
  let room = limit;
  for (const { root, matrix } of matrices) {
    const table = matrixTable({ root, matrix }, matrices.length > 1, room);
    if (table === null) continue;
    tables.push(table);
    room -= Buffer.byteLength(table) + 2;
  }
  return tables;
}

function matrixTable({ root, matrix }: RootMatrix, named: boolean, limit: number): string | null {
  const { networks, rows } = matrix;
  if (rows.length === 0) return null;
  const title = `#### What runs where${named ? `: ${markdownText(root === '' ? 'the top of the repository' : root)}` : ''}`;
  const head = [
    title,
    '',
    `| Contract | ${networks.map(({ name }) => markdownText(name)).join(' | ')} |`,
    `|---|${networks.map(() => '---|').join('')}`,
  ];
  const lines: string[] = [];
  let room = limit - Buffer.byteLength(head.join('\n')) - 200;
  for (const row of [...rows.filter(drifts), ...rows.filter((each) => !drifts(each))]) {
    const line = rowLine(row);
    room -= Buffer.byteLength(line) + 1;
    if (room < 0) break;
    lines.push(line);
  }
  if (lines.length === 0) return null;
  const rest = rows.length - lines.length;
  const more = rest === 0 ? [] : ['', `and ${rest.toLocaleString('en-US')} contracts more, left out for their length`];
  return [...head, ...lines, ...more].join('\n');
}

function rowLine(row: MatrixRow): string {
  const drift = drifts(row) ? ` ◆ ${row.versions.length} versions` : '';
  const letters = row.versions.length > 1;
  return `| ${markdownText(row.name)}${drift} | ${row.cells.map((cell) => cellText(cell, letters)).join(' | ')} |`;
}

function cellText(cell: MatrixCell, letters: boolean): string {
  if (cell.status === 'absent') return '';
  if (cell.status === 'missing') return '○ missing';
  return cell.version === null ? '● no hash' : versionText(cell.version, letters);
}

function versionText({ differs, letter, hash }: MatrixVersion, letters: boolean): string {
  const mark = differs ? '◆' : '●';
  return `${mark} ${letters ? `${letter} ` : ''}\`${hash.slice(2, 10)}\``;
}
