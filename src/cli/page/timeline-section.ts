import type { LogEntry } from '../../commands/log.js';
import type { ChangeKind } from '../../core/diff/change.js';
import { dangerTitle } from '../text/danger-words.js';
import { html, joined, type Markup } from '../text/escape-html.js';
import { counted } from '../text/table.js';
import { secondText } from '../text/time.js';
import { fieldLabel, shortHash, valueText } from '../text/value.js';
import { commitAnchor } from './anchors.js';
import type { PageIndex } from './page-index.js';

/** So many changes of one commit are listed: an import brings thousands. */
const changeLimit = 12;

/** The commits that changed state, newest first, recomputed from the trees. */
export function timelineSection(index: PageIndex): Markup {
  const { timeline, timelineIsCut } = index.report;
  const older = timelineIsCut
    ? html`<p class="cut">Older commits are not on this page: <code>stateroot log</code> lists all of them.</p>`
    : html``;
  const entries = html`<ol class="timeline">
${joined(timeline.map((entry) => commitItem(entry, index)))}</ol>
`;
  return html`<section id="timeline" aria-labelledby="timeline-title">
<h2 id="timeline-title">Timeline <small>${counted(timeline.length, 'commit')}</small></h2>
${timeline.length === 0 ? html`<p>No commit has changed state yet.</p>` : entries}${older}
</section>
`;
}

function commitItem(entry: LogEntry, index: PageIndex): Markup {
  const { changes, sections } = entry;
  const shown = changes.slice(0, changeLimit);
  const rest = changes.length - shown.length;
  const networks = [...new Set(sections.map(({ network }) => network))];
  return html`<li id="${commitAnchor(entry.commit)}">
<p><time datetime="${entry.time}">${secondText(entry.time)}</time> <code>${entry.commit.slice(0, 7)}</code> <span class="by">by ${entry.author}</span></p>
<ul>${joined(shown.map((change) => html`<li>${changeText(change, index)}</li>`))}${rest === 0 ? html`` : html`<li class="cut">and ${counted(rest, 'more record')}</li>`}${joined(networks.map((network) => html`<li><span aria-hidden="true">~</span> ${counted(sections.filter((each) => each.network === network).length, 'section value')} ${index.linkTo(network, undefined, network)}</li>`))}</ul>
</li>
`;
}

const marks: Readonly<Record<ChangeKind, string>> = {
  deploy: '+',
  redeploy: '↑',
  upgrade: '↑',
  remove: '−',
  metadata: '~',
};

function changeText(change: LogEntry['changes'][number], index: PageIndex): Markup {
  const { network, name, kind, danger, fields } = change;
  const word =
    danger === null
      ? html`<span aria-hidden="true">${marks[kind]}</span> ${kind}`
      : html`<span class="severity error"><span aria-hidden="true">✖</span> ${dangerTitle(danger, change)}</span>`;
  const values = fields
    .filter(({ path }) => path === 'proxy' || path === 'implementation' || path === 'implementationHash')
    .filter((field) => kind !== 'deploy' || field.path !== 'implementationHash')
    .map(({ path, before, after }) => {
      const text = (value: typeof before): string =>
        value === undefined ? 'nothing' : (shortHash(value) ?? valueText(value));
      const from = before === undefined ? html`` : html`<code>${text(before)}</code> → `;
      return html`<span class="value">${fieldLabel(path)} ${from}<code>${text(after)}</code></span>`;
    });
  return html`${word} ${index.linkTo(network, name, `${network} / ${name}`)} ${joined(values)}`;
}
