import type { Connection } from '../../core/report/connections.js';
import { html, joined, type Markup } from '../text/escape-html.js';
import { counted } from '../text/table.js';

type Spot = { readonly x: number; readonly y: number; readonly cos: number };

const width = 760;
const middle = width / 2;

/** Networks around a circle, a line for each connection: whole where both say it, broken where one does. */
export function topologyDrawing(
  names: readonly { readonly name: string; readonly isMainnet: boolean }[],
  connections: readonly Connection[],
): Markup {
  const radius = Math.min(230, 60 + names.length * 14);
  const height = 2 * radius + 90;
  const spots = new Map(names.map(({ name }, at) => [name, spotOf(at, names.length, radius, height / 2)]));
  const lines = connections.flatMap((connection) => {
    const [from, to] = [spots.get(connection.from), spots.get(connection.to)];
    return from === undefined || to === undefined ? [] : [line(connection, from, to)];
  });
  const nodes = names.flatMap((each) => {
    const spot = spots.get(each.name);
    return spot === undefined ? [] : [node(each, spot)];
  });
  const across = connections.filter(({ crossTier }) => crossTier).length;
  const oneWay = connections.filter(({ mutual }) => !mutual).length;
  return html`<figure><svg viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="drawing-title drawing-text">
<title id="drawing-title">Connections between networks</title>
<desc id="drawing-text">${counted(names.length, 'network')}, ${counted(connections.length, 'connection')}, ${oneWay} said by one side only, ${across} across tiers. The list below names each.</desc>
${joined(lines)}${joined(nodes)}</svg>
<figcaption><span class="key">■ mainnet</span> <span class="key">● testnet or other</span> <span class="key">── both say it</span> <span class="key">╌╌ only one says it</span> <span class="key error">✖ across tiers</span></figcaption></figure>
`;
}

function spotOf(at: number, count: number, radius: number, centre: number): Spot {
  const angle = (2 * Math.PI * at) / count - Math.PI / 2;
  const cos = Math.cos(angle);
  return { x: Math.round(middle + radius * cos), y: Math.round(centre + radius * Math.sin(angle)), cos };
}

function line({ mutual, crossTier }: Connection, from: Spot, to: Spot): Markup {
  const kind = `${mutual ? 'both' : 'one'}${crossTier ? ' across' : ''}`;
  const [x, y] = [Math.round((from.x + to.x) / 2), Math.round((from.y + to.y) / 2)];
  const mark = crossTier ? html`<text class="across" x="${x}" y="${y + 5}" text-anchor="middle">✖</text>` : html``;
  return html`<line class="${kind}" x1="${from.x}" y1="${from.y}" x2="${to.x}" y2="${to.y}"/>${mark}
`;
}

function node(
  { name, isMainnet }: { readonly name: string; readonly isMainnet: boolean },
  { x, y, cos }: Spot,
): Markup {
  const isBeside = Math.abs(cos) > 0.3;
  const anchor = !isBeside ? 'middle' : cos > 0 ? 'start' : 'end';
  const textX = isBeside ? x + Math.sign(cos) * 14 : x;
  const textY = isBeside ? y + 5 : y > 150 ? y + 26 : y - 16;
  const shape = isMainnet
    ? html`<rect x="${x - 7}" y="${y - 7}" width="14" height="14" rx="2"/>`
    : html`<circle cx="${x}" cy="${y}" r="7"/>`;
  return html`<g class="node">${shape}<text x="${textX}" y="${textY}" text-anchor="${anchor}">${name}</text></g>
`;
}
