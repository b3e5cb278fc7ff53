/** Finds records and networks by name, address or hash, in what the page holds. */
export const searching = String.raw`
const shownHits = 30;
const inArticles = (query) => {
  const found = [];
  for (const article of document.querySelectorAll('#details > .detail')) {
    if (!article.textContent.toLowerCase().includes(query)) continue;
    const over = article.querySelector('.over').textContent;
    found.push({ id: article.id, title: article.querySelector('h3').textContent, over });
    if (found.length > shownHits) break;
  }
  return found;
};
const inBlocks = (query) => {
  const found = [];
  for (const { part } of data.networks) {
    // Most networks are passed over by their text, before it is read as data.
    const hasPlain = /^[\x21-\x7e]+$/.test(query) && !/["\\<>&]/.test(query);
    if (hasPlain && !byId('details-' + part).textContent.toLowerCase().includes(query)) continue;
    for (const detail of detailsOf(part)) {
      if (!JSON.stringify(detail.slice(1)).toLowerCase().includes(query)) continue;
      found.push({ id: detail[0], title: detail[1], over: detail[2][0] });
      if (found.length > shownHits) return found;
    }
  }
  return found;
};
const rank = (query, { title }) => {
  const name = title.toLowerCase();
  return name === query ? 0 : name.startsWith(query) ? 1 : name.includes(query) ? 2 : 3;
};
const search = (text) => {
  const query = text.trim().toLowerCase();
  if (query.length < 2) return byId('results').replaceChildren();
  const found = data === null ? inArticles(query) : inBlocks(query);
  found.sort((a, b) => rank(query, a) - rank(query, b));
  const links = found.slice(0, shownHits).map(({ id, title, over }) => {
    const link = made('a', '', title + ' ');
    link.href = '#' + id;
    link.append(made('small', '', over));
    return link;
  });
  const rest = found.length > shownHits ? [made('p', 'cut', 'and more: type on to find fewer')] : [];
  const none = found.length === 0 ? [made('p', 'cut', 'Nothing here has that in its name, addresses or hashes.')] : [];
  byId('results').replaceChildren(...links, ...rest, ...none);
};
let waiting = 0;
// Before the keys walk through what was found: drawn again later, it would lose them.
const searchNow = () => {
  if (waiting === 0) return;
  clearTimeout(waiting);
  waiting = 0;
  search(byId('search').value);
};
byId('search').addEventListener('input', () => {
  clearTimeout(waiting);
  waiting = setTimeout(searchNow, data === null ? 0 : 150);
});
byId('results').addEventListener('click', () => byId('results').replaceChildren());
`;
