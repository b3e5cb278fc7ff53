import type { Report } from '../../commands/report.js';
import { html, joined, type Markup } from '../text/escape-html.js';
import { grouped } from '../text/table.js';
import { script } from './client/script.js';
import { detailArticle } from './detail.js';
import { findingsSection } from './findings-section.js';
import { headline } from './headline.js';
import { matrixTable } from './matrix-table.js';
import { matrixWindow, windowData } from './matrix-window.js';
import { notCheckedSection } from './not-checked-section.js';
import { type PageIndex, pageIndex } from './page-index.js';
import { contentPolicy } from './policy.js';
import { style } from './style.js';
import { timelineSection } from './timeline-section.js';
import { topologySection } from './topology-section.js';

/** The first bytes of every report: what begins otherwise is not overwritten. */
export const reportMarker = '<!doctype html>\n<!-- stateroot:report -->\n';

/**
 * A report as one page that needs nothing beside it: no network, no other file, and no script to be read. The policy
 * allows its own style and script by their hashes. The same report gives the same bytes.
 */
export function reportPage(report: Report): string {
  const index = pageIndex(report);
  const page = html`<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${{ markup: contentPolicy({ style, script }) }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${titleOf(report)}</title>
<style>${{ markup: style }}</style>
</head>
<body>
<a class="skip" href="#matrix">To the matrix</a>
<header>
<b>stateroot</b>
<nav aria-label="Parts of this page"><a href="#matrix">Matrix</a> <a href="#findings">Findings <small>${grouped(report.findings.length)}</small></a> <a href="#topology">Topology</a> <a href="#timeline">Timeline</a> <a href="#not-checked">Not checked</a></nav>
<search class="search" hidden><label class="unseen" for="search">Name, address or hash</label><input id="search" type="search" placeholder="Name, address or hash  ( / )" autocomplete="off" spellcheck="false"><div id="results" role="status"></div></search>
</header>
<main>
${headline(report)}${matrixSection(index)}
${detailsSection(index)}${findingsSection(index)}${topologySection(index)}${timelineSection(index)}${notCheckedSection(report)}
</main>
<footer><p>Made by <code>stateroot report</code>. It loads nothing and sends nothing; links to explorers are the only way out.</p></footer>
<p id="said" class="unseen" role="status"></p>
${index.isWindowed ? windowData(index) : html``}<script>${{ markup: script }}</script>
</body>
</html>
`;
  return reportMarker + page.markup;
}

function titleOf({ root, branch, commit }: Report): string {
  const place = [root, branch ?? '', commit?.oid.slice(0, 7) ?? ''].filter((text) => text !== '').join(' ');
  return `Deployment state${place === '' ? '' : `, ${place}`}`;
}

function matrixSection(index: PageIndex): Markup {
  const isEmpty = index.report.matrix.rows.length === 0;
  const drawn = index.isWindowed ? matrixWindow : matrixTable(index);
  return html`<section id="matrix" aria-labelledby="matrix-title">
<div class="bar"><h2 id="matrix-title">Contracts by network</h2><p class="filters" hidden><button type="button" aria-pressed="false" data-filter="drift">Drift</button><button type="button" aria-pressed="false" data-filter="missing">Missing</button><button type="button" aria-pressed="false" data-filter="findings">With findings</button></p></div>
${isEmpty ? html`<p>No records yet.</p>` : drawn}
<p class="legend"><span>● A most common</span> <span class="warning">◆ B differs from A</span> <span>○ missing: most networks of the tier have it</span> <span>– not there</span> <span>✖ error ▲ warning ● info</span></p>
</section>`;
}

function detailsSection(index: PageIndex): Markup {
  const { networks } = index.report.matrix;
  const articles = index.isWindowed ? [] : networks.flatMap((network) => index.detailsOf(network)).map(detailArticle);
  return html`<section id="details" aria-label="Records and networks">
${joined(articles)}</section>
`;
}
