import type { Report } from '../../commands/report.js';
import type { Severity } from '../../core/finding.js';
import { countCells, drifts } from '../../core/report/matrix.js';
import { html, joined, type Markup } from '../text/escape-html.js';
import { grouped } from '../text/table.js';
import { secondText } from '../text/time.js';

/** What `--json` prints, and what stands in large figures at the top. */
export type ReportNumbers = {
  readonly networks: number;
  readonly unreadable: number;
  readonly contracts: number;
  readonly records: number;
  /** Contracts whose code differs between networks. */
  readonly drift: number;
  /** Records that the set of their tier demands. */
  readonly missing: number;
  readonly errors: number;
  readonly warnings: number;
  readonly info: number;
  /** Commits of the timeline. */
  readonly commits: number;
};

export function numbersOf({ snapshot, matrix, findings, timeline }: Report): ReportNumbers {
  const count = (wanted: Severity): number => findings.filter(({ severity }) => severity === wanted).length;
  return {
    networks: matrix.networks.length,
    unreadable: snapshot.refused.length,
    contracts: matrix.rows.length,
    records: countCells(matrix, 'recorded'),
    drift: matrix.rows.filter(drifts).length,
    missing: countCells(matrix, 'missing'),
    errors: count('error'),
    warnings: count('warning'),
    info: count('info'),
    commits: timeline.length,
  };
}

export function headline(report: Report): Markup {
  const numbers = numbersOf(report);
  const figures: readonly Figure[] = [
    { count: numbers.networks, word: numbers.networks === 1 ? 'network' : 'networks' },
    { count: numbers.contracts, word: numbers.contracts === 1 ? 'contract' : 'contracts' },
    { count: numbers.records, word: numbers.records === 1 ? 'record' : 'records' },
    { count: numbers.drift, word: 'with drift', mark: '◆', tone: 'warning' },
    { count: numbers.missing, word: 'missing', mark: '○', tone: 'warning' },
    { count: numbers.errors, word: numbers.errors === 1 ? 'error' : 'errors', mark: '✖', tone: 'error' },
    { count: numbers.warnings, word: numbers.warnings === 1 ? 'warning' : 'warnings', mark: '▲', tone: 'warning' },
  ];
  return html`<div class="headline">
<div><h1>Deployment state</h1>
<p>${sourceText(report)}</p></div>
<dl class="figures">${joined(figures.map(figure))}</dl>
</div>
`;
}

type Figure = { readonly count: number; readonly word: string; readonly mark?: string; readonly tone?: Severity };

/** Of nothing there is nothing to look at: it stays grey. */
function figure({ count, word, mark, tone }: Figure): Markup {
  const marked = mark === undefined || count === 0 ? html`` : html`<span aria-hidden="true">${mark}</span> `;
  return html`<div class="${count === 0 ? '' : (tone ?? '')}"><dt>${word}</dt><dd>${marked}${grouped(count)}</dd></div>`;
}

function sourceText({ root, branch, commit, uncommitted }: Report): Markup {
  const where = root === '' ? html`` : html`<code>${root}</code>, `;
  if (commit === null) return html`${where}work tree, before the first commit`;
  const on = branch === null ? html`commit` : html`<b>${branch}</b> at`;
  const made = html`${on} <code>${commit.oid.slice(0, 7)}</code>, ${secondText(commit.time)}, by ${commit.author}`;
  if (uncommitted === null) return html`${where}${made}`;
  const edits =
    uncommitted === 0
      ? 'nothing uncommitted'
      : `${grouped(uncommitted)} uncommitted ${uncommitted === 1 ? 'change' : 'changes'}`;
  return html`${where}work tree with ${edits}, on ${made}`;
}
