import type { MatrixCell, MatrixRow } from '../../core/report/matrix.js';
import { html, joined, type Markup } from '../text/escape-html.js';
import { terminalSafe } from '../text/escape.js';
import { shortHash } from '../text/value.js';
import { anchorPart } from './anchors.js';
import { type CellKind, cellContent, findingFlags, kindOf } from './cell.js';
import { dataBlock } from './data-block.js';
import type { Detail, DetailPart } from './detail.js';
import { flagsOf, rowNote } from './matrix-table.js';
import type { PageIndex } from './page-index.js';

/** The place of a matrix that the script draws as far as it is in view; without the script it says so. */
export const matrixWindow: Markup = html`<noscript><p>This state has too many cells for one table: matrix and records are drawn by the script of this page, which does not run here. <code>stateroot list</code> shows every record.</p></noscript>
<div class="scroller window" id="window" role="grid" aria-labelledby="matrix-title"></div>
`;

/** Its data, and one of each kind of cell: what the script draws has the markup of a small matrix. */
export function windowData(index: PageIndex): Markup {
  const { matrix, state } = index.report;
  const kinds: readonly CellKind[] = ['usual', 'differs', 'unhashed', 'missing', 'absent'];
  const none = { error: 0, warning: 0, info: 0 };
  const templates = kinds.map((kind) => {
    const content = cellContent({ kind, href: null, id: null, letter: '', hash: '', below: '', findings: none });
    return html`<template id="cell-of-${kind}">${content}</template>
`;
  });
  const flags = (['error', 'warning', 'info'] as const).map(
    (severity) => html`<template id="flag-of-${severity}">${findingFlags({ ...none, [severity]: 1 })}</template>
`,
  );
  const networks = matrix.networks.map((network) => ({
    name: terminalSafe(network.name),
    part: anchorPart(network.name),
    note: terminalSafe(`${state.tierOf(network) ?? 'tier unknown'} · ${network.chainId}`),
  }));
  const blocks = matrix.networks.map((network) =>
    dataBlock(`details-${anchorPart(network.name)}`, index.detailsOf(network).map(packed)),
  );
  return html`${joined(templates)}${joined(flags)}${dataBlock('matrix-data', { networks, rows: matrix.rows.map((row) => packedRow(row, index)) })}${joined(blocks)}`;
}

function packedRow(row: MatrixRow, index: PageIndex) {
  const { matrix } = index.report;
  const days: Record<string, string> = {};
  const counts: Record<string, readonly number[]> = {};
  for (const [column, { name }] of matrix.networks.entries()) {
    const { error, warning, info } = index.countsOf(name, row.name);
    if (error + warning + info > 0) counts[column] = [error, warning, info];
    const day = index.changedOn(name, row.name);
    if (day !== '') days[column] = day;
  }
  return {
    name: terminalSafe(row.name),
    part: anchorPart(row.name),
    category: terminalSafe(row.category),
    note: rowNote(row),
    flags: flagsOf(row, matrix, index),
    versions: row.versions.map(({ letter, hash, differs }) => [letter, shortHash(hash) ?? '', differs ? 1 : 0]),
    cells: row.cells.map((cell) => packedCell(cell, row)),
    days,
    counts,
  };
}

/** Which version, or a negative number for what has none. */
function packedCell(cell: MatrixCell, row: MatrixRow): number {
  const version = cell.status === 'recorded' ? cell.version : null;
  const at = version === null ? -1 : row.versions.findIndex(({ letter }) => letter === version.letter);
  return at === -1 ? -1 - ['unhashed', 'missing', 'absent'].indexOf(kindOf(cell)) : at;
}

/** What is shown, without what can be told from it. */
function packed({ id, title, over, chips, notes, rows }: Detail) {
  return [
    id,
    terminalSafe(title),
    packedPart(over),
    chips.map(terminalSafe),
    notes.map(({ severity, text }) => [severity, terminalSafe(text)]),
    rows.map(({ label, parts }) => [terminalSafe(label), parts.map(packedPart)]),
  ];
}

function packedPart({ text, lead = '', href = '', isCode = false, isBlock = false }: DetailPart) {
  const shown = isBlock ? text.split('\n').map(terminalSafe).join('\n') : terminalSafe(text);
  const kind = isBlock ? 'block' : isCode ? 'code' : '';
  // The page of an address ends in the address.
  const place = href.startsWith('https:') && href.endsWith(text) ? href.slice(0, -text.length) : href;
  const full = [shown, kind, place, terminalSafe(lead)];
  return full.slice(0, full.findLastIndex((each) => each !== '') + 1);
}
