/**
 * Records and networks. In a small page they are there, and `:target` shows them. In a large one they are drawn from the data
 * block of their network when they are asked for, with the markup of `detailArticle`.
 */
export const details = String.raw`
const blocks = new Map();
const unpacked = ({ network: [over, ...network], over: above, records }) =>
  [[over, network], ...records.map((record) => [above, record])].map(([over, [id, title, ...rest]]) => [id, title, over, ...rest]);
const detailsOf = (part) => {
  if (!blocks.has(part)) {
    const block = byId('details-' + part);
    blocks.set(part, block === null ? [] : unpacked(JSON.parse(block.textContent)));
  }
  return blocks.get(part);
};
const partOf = (id) => id.replace(/^(record|network|cell)-/, '').split(':')[0];
const partElement = ([text, kind, place, lead]) => {
  if (kind === 'block') {
    const block = made('pre', '', text);
    block.tabIndex = 0;
    return [block];
  }
  const code = kind === 'code' ? made('code', '', text) : document.createTextNode(text);
  const shown = [];
  if (lead) shown.push(made('span', 'lead', lead), ' ');
  if (place) {
    const link = made('a');
    link.href = place.startsWith('#') ? place : place + text;
    if (!place.startsWith('#')) link.rel = 'noopener noreferrer';
    link.append(code);
    shown.push(link);
  } else shown.push(code);
  if (kind === 'code') {
    const button = made('button', 'copy', 'copy');
    button.type = 'button';
    button.setAttribute('aria-label', 'Copy ' + text);
    shown.push(button);
  }
  return shown;
};
const severityMarks = { error: '✖', warning: '▲', info: '●' };
const drawDetail = ([id, title, over, chips, notes, rows]) => {
  const article = made('article', 'detail open');
  article.id = id;
  article.tabIndex = -1;
  article.setAttribute('aria-labelledby', id + '-title');
  const above = made('p', 'over');
  above.append(...partElement(over));
  const heading = made('h3', '', title);
  heading.id = id + '-title';
  const close = made('a', 'close', 'Close');
  close.href = '#matrix';
  const chipLine = made('p', 'chips');
  chipLine.append(...chips.map((chip) => made('span', '', chip)));
  const list = made('dl');
  for (const [label, parts] of rows) {
    const value = made('dd');
    for (const part of parts) {
      const line = made('div');
      line.append(...partElement(part));
      value.append(line);
    }
    list.append(made('dt', '', label), value);
  }
  const noteLines = notes.map(([severity, text]) => {
    const line = made('p', 'note ' + severity);
    const mark = made('span', 'severity ' + severity, severityMarks[severity] + ' ' + severity);
    line.append(mark, ' ' + text);
    return line;
  });
  article.append(above, heading, close, chipLine, ...noteLines, list);
  return article;
};
let lastCell = null;
const isDetail = (id) => /^(record|network)-/.test(id);
const shownDetail = () => document.querySelector('.detail.open, .detail:target');
const showHash = () => {
  if (data === null) return;
  const id = decodeURIComponent(location.hash.slice(1));
  const found = isDetail(id) ? detailsOf(partOf(id)).find((detail) => detail[0] === id) : undefined;
  byId('details').replaceChildren(...(found === undefined ? [] : [drawDetail(found)]));
  if (found !== undefined) byId('details').firstChild.focus({ preventScroll: true });
};
const openDetail = (id) => { location.hash = id; };
const closeDetail = () => {
  const open = shownDetail();
  if (open === null) return false;
  const cell = byId(open.id.replace(/^record-/, 'cell-'));
  const { scrollX, scrollY } = window;
  if (data === null) {
    location.hash = open.querySelector('.close').hash;
    window.scrollTo({ left: scrollX, top: scrollY, behavior: 'instant' });
  } else {
    history.pushState(null, '', '#matrix');
    showHash();
  }
  const back = cell ?? lastCell;
  if (back !== null && back.isConnected) back.focus({ preventScroll: true });
  else if (data !== null) focusCurrent();
  return true;
};
addEventListener('hashchange', showHash);
document.addEventListener('click', (event) => {
  const link = event.target.closest('[data-open]');
  if (link === null) return;
  event.preventDefault();
  openDetail(link.dataset.open);
});
`;
