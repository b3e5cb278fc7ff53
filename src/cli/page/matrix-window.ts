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
    dataBlock(`details-${anchorPart(network.name)}`, packedDetails(index.detailsOf(network))),
  );
  const shared: Shared = { days: [], counts: [] };
  const rows = matrix.rows.map((row) => packedRow(row, index, shared));
  return html`${joined(templates)}${joined(flags)}${dataBlock('matrix-data', { networks, rows, ...shared })}${joined(blocks)}`;
}

/** Few days and few counts are of many cells: each stands once, and cells say which. */
type Shared = { readonly days: string[]; readonly counts: string[] };

function packedRow(row: MatrixRow, index: PageIndex, { days, counts }: Shared) {
  const { matrix } = index.report;
  const names = matrix.networks.map(({ name }) => name);
  return {
    name: terminalSafe(row.name),
    part: anchorPart(row.name),
    category: terminalSafe(row.category),
    note: rowNote(row),
    flags: flagsOf(row, matrix, index),
    versions: row.versions.map(({ letter, hash, differs }) => [letter, shortHash(hash) ?? '', differs ? 1 : 0]),
    cells: row.cells.map((cell) => packedCell(cell, row)),
    days: names.map((name) => placeIn(days, index.changedOn(name, row.name))),
    counts: names.map((name) => {
      const { error, warning, info } = index.countsOf(name, row.name);
      return placeIn(counts, `${error} ${warning} ${info}`);
    }),
  };
}

function placeIn(list: string[], text: string): number {
  const at = list.indexOf(text);
  return at === -1 ? list.push(text) - 1 : at;
}

/** Which version, or a negative number for what has none. */
function packedCell(cell: MatrixCell, row: MatrixRow): number {
  const version = cell.status === 'recorded' ? cell.version : null;
  const at = version === null ? -1 : row.versions.findIndex(({ letter }) => letter === version.letter);
  return at === -1 ? -1 - ['unhashed', 'missing', 'absent'].indexOf(kindOf(cell)) : at;
}

/** The network, and its records with what is the same above each of them only once. */
function packedDetails([network, ...records]: readonly Detail[]) {
  const over = records[0]?.over;
  return {
    network: network === undefined ? null : [packedPart(network.over), ...packed(network)],
    over: over === undefined ? [] : packedPart(over),
    records: records.map(packed),
  };
}

/** What is shown, without what can be told from it. */
function packed({ id, title, chips, notes, rows }: Detail) {
  return [
    id,
    terminalSafe(title),
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
