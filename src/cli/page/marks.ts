import type { Severity } from '../../core/finding.js';
import { html, type Markup } from '../text/escape-html.js';

/** The mark of a severity with its word: colour never says it alone (UX, principle 2). */
export function severityMark(severity: Severity): Markup {
  return html`<span class="severity ${severity}"><span aria-hidden="true">${marks[severity]}</span> ${severity}</span>`;
}

export const marks: Readonly<Record<Severity, string>> = { error: '✖', warning: '▲', info: '●' };

/** Errors, then warnings, then infos; within one severity as they stand. */
export function worstFirst<Item extends { readonly severity: Severity }>(items: readonly Item[]): Item[] {
  return [...items].sort((a, b) => ranks.indexOf(a.severity) - ranks.indexOf(b.severity));
}

const ranks: readonly Severity[] = ['error', 'warning', 'info'];
