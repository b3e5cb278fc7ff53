import type { Report } from '../../commands/report.js';
import { areCompatible } from '../../core/consistency/state/links.js';
import type { Connection } from '../../core/report/connections.js';
import { html, joined, type Markup } from '../text/escape-html.js';
import { counted } from '../text/table.js';
import type { PageIndex } from './page-index.js';
import { topologyDrawing } from './topology-drawing.js';

/** More names than this around one circle cannot be told apart. */
const drawnLimit = 40;
const listLimit = 200;

/** Which networks say that they are connected: drawn, and the same in words. */
export function topologySection(index: PageIndex): Markup {
  const { connections, elsewhere } = index.report;
  const names = connectedNames(index.report);
  const isDrawn = names.length > 0 && names.length <= drawnLimit;
  const lines = connections.slice(0, listLimit).map(
    (connection) => html`<li>${connectionText(connection, index)}</li>
`,
  );
  const strangers = elsewhere.slice(0, listLimit).map(
    ({ network, chainId, name }) =>
      html`<li>${index.linkTo(network, undefined, network)} lists ${chainId}, ${name === null ? 'which nobody knows' : html`which is ${name} and has no file here`}</li>
`,
  );
  const cut = Math.max(0, connections.length - listLimit) + Math.max(0, elsewhere.length - listLimit);
  return html`<section id="topology" aria-labelledby="topology-title">
<h2 id="topology-title">Topology <small>${counted(connections.length, 'connection')}</small></h2>
${names.length === 0 ? html`<p>No network here says that it is connected to another.</p>` : html``}${isDrawn ? topologyDrawing(names, connections) : html``}${names.length > drawnLimit ? html`<p class="cut">${counted(names.length, 'connected network')}: too many to draw; the list says the same.</p>` : html``}
<ul class="connections">
${joined(lines)}${joined(strangers)}</ul>
${cut === 0 ? html`` : html`<p class="cut">${counted(cut, 'more connection')} in the network files.</p>`}
</section>
`;
}

/** In the order of the matrix: mainnets stand together. */
function connectedNames({ matrix, state, connections }: Report): { name: string; isMainnet: boolean }[] {
  const named = new Set(connections.flatMap(({ from, to }) => [from, to]));
  return matrix.networks
    .filter(({ name }) => named.has(name))
    .map((network) => ({ name: network.name, isMainnet: !areCompatible(state.tierOf(network), 'testnet') }));
}

function connectionText({ from, to, mutual, crossTier, protocols }: Connection, index: PageIndex): Markup {
  const arrow = mutual
    ? html`<span aria-hidden="true">↔</span><span class="unseen"> and </span>`
    : html`<span aria-hidden="true">→</span><span class="unseen"> to </span>`;
  const words = [
    ...(mutual ? [] : ['only the first says so']),
    ...(protocols.length === 0 ? [] : [protocols.join(', ')]),
  ].join('; ');
  const across = crossTier
    ? html` <span class="severity error"><span aria-hidden="true">✖</span> across tiers</span>`
    : html``;
  return html`${index.linkTo(from, undefined, from)} ${arrow} ${index.linkTo(to, undefined, to)}${across} <small>${words}</small>`;
}
