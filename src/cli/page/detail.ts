import type { Severity } from '../../core/finding.js';
import { html, joined, type Markup } from '../text/escape-html.js';
import { severityMark } from './marks.js';

/** All that the page says of one record or one network. */
export type Detail = {
  readonly id: string;
  readonly title: string;
  /** What stands above the title. */
  readonly over: DetailPart;
  /** In a few words each. */
  readonly chips: readonly string[];
  readonly notes: readonly DetailNote[];
  readonly rows: readonly DetailRow[];
  /** Where closing it leads. */
  readonly back: string;
};

type DetailNote = { readonly severity: Severity; readonly text: string };

export type DetailRow = { readonly label: string; readonly parts: readonly DetailPart[] };

export type DetailPart = {
  /** Which item of an array, which member of an object. */
  readonly lead?: string;
  readonly text: string;
  /** `#id`, or the page of an address at the explorer of its chain. */
  readonly href?: string | undefined;
  /** An address or a hash: fixed width, with a button to copy it. */
  readonly isCode?: boolean;
  /** Text of several lines. */
  readonly isBlock?: boolean;
};

/** Shown when it is the target of the address, without a script; `client/details.ts` draws the same. */
export function detailArticle({ id, title, over, chips, notes, rows, back }: Detail): Markup {
  return html`<article class="detail" id="${id}" tabindex="-1" aria-labelledby="${id}-title">
<p class="over">${detailPart(over)}</p>
<h3 id="${id}-title">${title}</h3>
<a class="close" href="${back}">Close</a>
<p class="chips">${joined(chips.map((chip) => html`<span>${chip}</span>`))}</p>
${joined(
  notes.map(
    ({ severity, text }) => html`<p class="note ${severity}">${severityMark(severity)} ${text}</p>
`,
  ),
)}<dl>
${joined(
  rows.map(
    ({
      label,
      parts,
    }) => html`<dt>${label}</dt><dd>${joined(parts.map((part) => html`<div>${detailPart(part)}</div>`))}</dd>
`,
  ),
)}</dl>
</article>
`;
}

function detailPart({ lead = '', text, href, isCode = false, isBlock = false }: DetailPart): Markup {
  if (isBlock)
    return html`<pre tabindex="0">${joined(
      text.split('\n').map((line) => html`${line}`),
      '\n',
    )}</pre>`;
  const shown = isCode ? html`<code>${text}</code>` : html`${text}`;
  const linked = href === undefined ? shown : link(href, shown);
  const led = lead === '' ? linked : html`<span class="lead">${lead}</span> ${linked}`;
  return isCode ? html`${led}<button class="copy" type="button" hidden aria-label="Copy ${text}">copy</button>` : led;
}

function link(href: string, shown: Markup): Markup {
  return href.startsWith('#')
    ? html`<a href="${href}">${shown}</a>`
    : html`<a href="${href}" rel="noopener noreferrer">${shown}</a>`;
}
