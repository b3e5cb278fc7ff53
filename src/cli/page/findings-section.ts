import type { Finding } from '../../core/finding.js';
import { html, joined, type Markup } from '../text/escape-html.js';
import { counted, grouped } from '../text/table.js';
import { severityMark, worstFirst } from './marks.js';
import type { PageIndex } from './page-index.js';

/** So many are listed, the worst first. */
const findingLimit = 300;

/** What `validate` and `check` find, each with rule, place and way out. */
export function findingsSection(index: PageIndex): Markup {
  const findings = worstFirst(index.report.findings);
  const shown = findings.slice(0, findingLimit);
  const rest = findings.length - shown.length;
  const table = html`<div class="scroller" tabindex="0" role="region" aria-labelledby="findings-title"><table class="findings">
<thead><tr><th scope="col">severity</th><th scope="col">finding</th><th scope="col">where</th></tr></thead>
<tbody>
${joined(shown.map((finding) => findingRow(finding, index)))}</tbody></table></div>
${rest === 0 ? html`` : html`<p class="cut">${counted(rest, 'more finding')}: <code>stateroot validate</code> and <code>stateroot check --all</code> list every one.</p>`}`;
  return html`<section id="findings" aria-labelledby="findings-title">
<h2 id="findings-title">Findings <small>${grouped(findings.length)}</small></h2>
${findings.length === 0 ? html`<p>✔ Nothing found: each file is what it claims, and the networks agree.</p>` : table}
</section>
`;
}

function findingRow(finding: Finding, index: PageIndex): Markup {
  const { severity, rule, message, hint, network, contract, file, line, column = 1 } = finding;
  const place = line === undefined ? file : `${file}:${line}:${column}`;
  const name = contract === undefined ? network : `${network} / ${contract}`;
  const lines = (hint ?? '').split('\n').filter((text) => text !== '');
  return html`<tr><td>${severityMark(severity)}</td><td>${message} <code class="rule">${rule}</code>${joined(lines.map((text) => html`<small>${text}</small>`))}</td><td>${index.linkTo(network, contract, name)}<small><code>${place}</code></small></td></tr>
`;
}
