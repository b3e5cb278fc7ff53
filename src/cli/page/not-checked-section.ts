import type { Report } from '../../commands/report.js';
import { member } from '../../core/json.js';
import { html, joined, type Markup } from '../text/escape-html.js';
import { counted } from '../text/table.js';
import { secondText } from '../text/time.js';

/** What a reader could believe to be covered and is not. */
export function notCheckedSection(report: Report): Markup {
  const lines = [...always(report), ...sometimes(report)].map(
    (line) => html`<li>${line}</li>
`,
  );
  return html`<section id="not-checked" aria-labelledby="not-checked-title">
<h2 id="not-checked-title">Not checked</h2>
<ul>
${joined(lines)}</ul>
</section>
`;
}

function always({ judgedAt }: Report): Markup[] {
  return [
    html`The chains themselves: this page shows what is recorded, and no chain was asked whether it is so.`,
    html`Who was allowed to make a change: checksums catch accidents, they are no signature.`,
    html`The time after ${secondText(judgedAt)}: waivers and times are judged as of then.`,
  ];
}

function sometimes(report: Report): Markup[] {
  const { snapshot, state, waived, otherRoots, historyFindings } = report;
  const records = state.networks.flatMap((network) => network.records);
  const unhashed = records.filter(({ hash }) => hash === null).length;
  const unnamed = records.filter(({ hash, scheme }) => hash !== null && scheme === null).length;
  const tierless = state.networks.filter((network) => state.tierOf(network) === null).map(({ name }) => name);
  const off = Object.keys(state.config.rules).filter((rule) => member(state.config.rules, rule) === 'off');
  const old = new Set(historyFindings.map(({ file, message }) => `${file} ${message}`)).size;
  return [
    ...snapshot.refused.map(
      ({ path }) => html`<code>${path}</code> cannot be read: none of its records is on this page.`,
    ),
    ...(unhashed === 0 ? [] : [html`The code of ${counted(unhashed, 'record')} without a code hash.`]),
    ...(unnamed === 0
      ? []
      : [
          html`Whether hashes were made alike: ${counted(unnamed, 'record')} name no hash scheme, and two schemes give one code two hashes.`,
        ]),
    ...(tierless.length === 0
      ? []
      : [
          html`What is missing on networks of unknown tier: ${tierless.slice(0, 10).join(', ')}${tierless.length > 10 ? ` and ${tierless.length - 10} more` : ''}.`,
        ]),
    ...waived.map(
      ({ waiver, count }) =>
        html`${counted(count, 'finding')} of <code>${waiver.rule}</code>, waived until ${waiver.until}: ${waiver.reason}`,
    ),
    ...(off.length === 0 ? [] : [html`Rules that the configuration turns off: ${off.join(', ')}.`]),
    ...(report.quarantined === 0
      ? []
      : [html`${counted(report.quarantined, 'record')} in quarantine: an import could not accept them.`]),
    ...(otherRoots.length === 0
      ? []
      : [
          html`Other state roots of this repository: ${otherRoots.map((root) => (root === '' ? 'the repository root' : root)).join(', ')}.`,
        ]),
    ...(old === 0
      ? []
      : [html`${counted(old, 'version')} in the history that cannot be read; stepped over in the timeline.`]),
  ];
}
