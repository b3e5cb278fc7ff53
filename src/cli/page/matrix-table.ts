import { drifts, type Matrix, type MatrixRow } from '../../core/report/matrix.js';
import { grouped } from '../../core/grouped.js';
import { html, joined, type Markup } from '../text/escape-html.js';
import { cellAnchor, networkAnchor, recordAnchor } from './anchors.js';
import { cellContent, codeOf, kindOf } from './cell.js';
import type { PageIndex } from './page-index.js';

/** Contracts by network as one table, for as many cells as a browser takes at once. */
export function matrixTable(index: PageIndex): Markup {
  const { matrix, state } = index.report;
  const columns = matrix.networks.map(
    (network) =>
      html`<th scope="col"><a href="#${networkAnchor(network.name)}">${network.name}</a><small>${state.tierOf(network) ?? 'tier unknown'} · ${network.chainId}</small></th>`,
  );
  const groups = [...grouped(matrix.rows, ({ category }) => category)].map(
    ([category, rows]) => html`<tbody>
<tr class="category"><th scope="rowgroup" colspan="${matrix.networks.length + 1}">${category}</th></tr>
${joined(rows.map((row) => matrixRow(row, index)))}</tbody>
`,
  );
  return html`<div class="scroller" tabindex="0" role="region" aria-labelledby="matrix-title"><table class="matrix">
<thead><tr><th scope="col"><span class="unseen">contract</span></th>${joined(columns)}</tr></thead>
${joined(groups)}</table></div>
`;
}

function matrixRow(row: MatrixRow, index: PageIndex): Markup {
  const { matrix } = index.report;
  const cells = row.cells.map((cell, column) => {
    const network = matrix.networks[column]?.name ?? '';
    const content = cellContent({
      kind: kindOf(cell),
      ...codeOf(cell),
      href: `#${recordAnchor(network, row.name)}`,
      id: cellAnchor(network, row.name),
      below: index.changedOn(network, row.name),
      findings: index.countsOf(network, row.name),
    });
    return html`<td class="${kindOf(cell)}">${content}</td>`;
  });
  return html`<tr data-flags="${flagsOf(row, matrix, index)}"><th scope="row">${row.name}<small>${rowNote(row)}</small></th>${joined(cells)}</tr>
`;
}

/** What the filters ask for. */
export function flagsOf(row: MatrixRow, { networks }: Matrix, index: PageIndex): string {
  const hasFindings = row.cells.some((_, column) => {
    const { error, warning } = index.countsOf(networks[column]?.name ?? '', row.name);
    return error + warning > 0;
  });
  return [
    ...(drifts(row) ? ['drift'] : []),
    ...(row.cells.some(({ status }) => status === 'missing') ? ['missing'] : []),
    ...(hasFindings ? ['findings'] : []),
  ].join(' ');
}

/** `same on 5`, `◆ 2 versions`. */
export function rowNote(row: MatrixRow): string {
  const recorded = row.cells.filter(({ status }) => status === 'recorded').length;
  if (drifts(row)) return `◆ ${row.versions.length} versions`;
  return recorded === 1 ? 'only on 1' : row.versions.length === 1 ? `same on ${recorded}` : `on ${recorded}`;
}
