import { createHash } from 'node:crypto';
import { explorerPage } from '../../core/config/explorers.js';
import { driftAfter } from '../../core/diff/versions.js';
import { type WeighedChange, weighChanges } from '../../core/diff/weigh.js';
import type { Json } from '../../core/json.js';
import { isAddressText } from '../../core/values/address-text.js';
import { harmlessGroups } from './change-groups.js';
import { changedLeaves } from './changed-leaves.js';
import { countChanges, placeText } from './changes.js';
import { dangerTitle, type Reasons, reasonsAmong } from './danger-words.js';
import { keptValue } from './decisive-fields.js';
import { askedNote, type ReviewedDiff, sidesText } from './diff-text.js';
import { html, joined, type Markup } from './escape-html.js';
import { shortHash, valueText } from './value.js';

/**
 * The changes as one page without scripts, which loads nothing: its policy allows its own style and no more. Everything
 * is shown in full.
 */
export function diffHtml(diff: ReviewedDiff): string {
  const { changes: count, dangers, text } = countChanges(diff.networks);
  const changes = weighChanges(diff.networks);
  const reasons = reasonsAmong(changes);
  const dangerous = changes.filter(({ danger }) => danger !== null);
  const groups = harmlessGroups(changes).map(
    ({ mark, title, changes: own }) =>
      html`<h2>${mark} ${title}</h2>${joined(own.map((each) => article(each, reasons, diff)))}`,
  );
  const title = count === 0 ? 'No state changes' : text;
  const decide = dangers === 0 ? '' : ` ${dangers} ${dangers === 1 ? 'needs' : 'need'} a decision.`;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${{ markup: style }}</style>
</head>
<body>
<h1>${dangers + diff.findings.length > 0 ? '✖' : '✔'} ${title}</h1>
<p>${sidesText(diff)}.${decide}</p>
${dangers + diff.findings.length > 0 ? html`<h2>To decide</h2>` : html``}
${joined(diff.findings.map(unreadable))}
${joined(dangerous.map((each) => article(each, reasons, diff)))}
${across(diff)}
${joined(groups)}
<footer>Locally: <code>${diff.command}</code></footer>
</body>
</html>`;
  return page.markup;
}

const style = `body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
code{font:13px/1.6 ui-monospace,monospace;overflow-wrap:anywhere}
article{border-left:4px solid #8888;padding:.1rem 1rem;margin:1rem 0}
article.danger{border-color:#c62828}
h3{margin:.4rem 0}
h3 small{font-weight:normal}
dt{font-weight:600}
dd{margin:0 0 .5rem}
dd code{display:block}`;

const styleHash = createHash('sha256').update(style).digest('base64');
const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'`;

function article(change: WeighedChange, reasons: Reasons, { after }: ReviewedDiff): Markup {
  const { network, contract, danger, kind, fields } = change;
  const word = danger === null ? kind : `✖ ${dangerTitle(danger, change)}`;
  const name = contract === null ? network.network : `${network.network} / ${contract.name}`;
  const was = kind === 'renamed' ? `, was ${network.renamedFrom ?? ''}` : '';
  const kept = danger === 'same-code-hash' ? shortHash(keptValue(change, 'implementationHash', after)) : null;
  const why = reasons(change, (text) => text).map((reason) => html`<p>${reason}</p>`);
  const values = fields.flatMap(changedLeaves).map(
    ({ label, before, after: now }) => html`<dt>${label}</dt>
<dd>${before === undefined ? html`` : valueCode(before, network.chainId)}${before === undefined ? '' : '→ '}${now === undefined ? 'nothing' : valueCode(now, network.chainId)}</dd>`,
  );
  return html`<article class="${danger === null ? 'calm' : 'danger'}">
<h3>${word}: ${name}${was} <small>${placeText(network.chainId, contract?.category)}</small></h3>
${joined(why)}${kept === null ? html`` : html`<p><code>${kept}</code> before and after</p>`}
<dl>${joined(values)}</dl>
</article>
`;
}

function valueCode(value: Json, chainId: number): Markup {
  const text = valueText(value);
  const page = isAddressText(text) ? explorerPage(chainId, text) : null;
  const code = html`<code>${text}</code>`;
  return page === null ? code : html`<a href="${page}" rel="noopener noreferrer">${code}</a>`;
}

function across(diff: ReviewedDiff): Markup {
  const note = askedNote(diff);
  const rows = driftAfter(diff.networks, diff.after.values()).flatMap(({ name, versions }) =>
    versions.map(
      ({ hash, networks }) =>
        html`<li>${name}: <code>${shortHash(hash) ?? hash}</code> on ${networks.length} (${networks.join(', ')})</li>`,
    ),
  );
  const list = rows.length === 0 ? html`` : html`<h2>Across networks after this change</h2><ul>${joined(rows)}</ul>`;
  return note === null ? list : html`${list}<p>${note}</p>`;
}

function unreadable({ file, line, rule, message }: ReviewedDiff['findings'][number]): Markup {
  const where = line === undefined ? file : `${file}:${line}`;
  return html`<article class="danger"><h3>✖ Could not be read: ${where}</h3><p>${rule}: ${message}</p></article>`;
}
