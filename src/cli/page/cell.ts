import type { Severity } from '../../core/finding.js';
import type { MatrixCell } from '../../core/report/matrix.js';
import { html, joined, type Markup } from '../text/escape-html.js';
import { shortHash } from '../text/value.js';
import { marks } from './marks.js';

/** How a cell of the matrix looks. `windows` has one of each kind as a template, with empty texts. */
export type CellKind = 'usual' | 'differs' | 'unhashed' | 'missing' | 'absent';

export type CellView = {
  readonly kind: CellKind;
  /** Of the detail; null where there is no record. */
  readonly href: string | null;
  /** Its own id; null in a template. */
  readonly id: string | null;
  readonly letter: string;
  readonly hash: string;
  /** Under the hash: when it changed last. */
  readonly below: string;
  readonly findings: FindingCounts;
};

export type FindingCounts = Readonly<Record<Severity, number>>;

export function kindOf(cell: MatrixCell): CellKind {
  if (cell.status !== 'recorded') return cell.status;
  if (cell.version === null) return 'unhashed';
  return cell.version.differs ? 'differs' : 'usual';
}

/** Letter and short hash of a recorded cell. */
export function codeOf(cell: MatrixCell): { letter: string; hash: string } {
  const version = cell.status === 'recorded' ? cell.version : null;
  return version === null ? { letter: '', hash: '' } : { letter: version.letter, hash: shortHash(version.hash) ?? '' };
}

/** What stands in a cell: every state has a mark and a word, the calm one is grey. */
export function cellContent(view: CellView): Markup {
  const { kind, href, id, letter, hash, below, findings } = view;
  if (kind === 'missing') return html`<span class="missing"><span aria-hidden="true">○</span> missing</span>`;
  if (kind === 'absent')
    return html`<span class="absent"><span aria-hidden="true">–</span><span class="unseen">not there</span></span>`;
  const code =
    kind === 'unhashed'
      ? html`<span class="letter">no code hash</span>`
      : html`<span class="unseen">version </span><b class="letter">${letter}</b> <code>${hash}</code>`;
  const mark = kind === 'differs' ? '◆' : '●';
  const identity = id === null ? html`` : html` id="${id}"`;
  return html`<a class="cell"${identity} href="${href ?? '#matrix'}"><span class="code"><span class="mark" aria-hidden="true">${mark}</span> ${code}</span><span class="below">${kind === 'differs' ? html`<b>differs</b> ` : html``}<span class="day">${below}</span>${findingFlags(findings)}</span></a>`;
}

/** How many findings a record has, by severity; none where there are none. */
export function findingFlags(findings: FindingCounts): Markup {
  const severities: readonly Severity[] = ['error', 'warning', 'info'];
  return joined(
    severities
      .filter((severity) => findings[severity] > 0)
      .map(
        (severity) =>
          html`<span class="flag ${severity}"><span aria-hidden="true">${marks[severity]}</span> ${findings[severity]}<span class="unseen"> ${severity}</span></span>`,
      ),
  );
}
