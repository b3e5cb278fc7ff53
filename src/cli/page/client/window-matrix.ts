/**
 * The matrix of a large state: only the cells in view are there, cloned from one template for each kind. Sizes are set
 * through the object model, which the policy allows; the page has no style attribute.
 */
export const windowMatrix = String.raw`
const sizes = { name: 220, column: 160, row: 48, head: 48 };
let current = { row: 0, column: 0 };
let drawWindow = () => undefined;
let focusCurrent = () => undefined;
let moveTo = () => undefined;
let filterWindow = () => undefined;
const inView = (offset, extent, size, count, spare) => ({
  from: Math.max(0, Math.floor(offset / size) - spare),
  to: Math.min(count, Math.ceil((offset + extent) / size) + spare),
});
if (data !== null) {
  const scroller = byId('window');
  const sheet = made('div', 'sheet');
  scroller.append(sheet);
  const kinds = ['unhashed', 'missing', 'absent'];
  const severities = ['error', 'warning', 'info'];
  let rows = data.rows;
  const cellElement = (row, rowAt, column) => {
    const code = row.cells[column];
    const version = code >= 0 ? row.versions[code] : null;
    const kind = version === null ? kinds[-1 - code] : version[2] === 1 ? 'differs' : 'usual';
    const cell = made('div', 'at ' + kind);
    cell.setAttribute('role', 'gridcell');
    cell.setAttribute('aria-colindex', column + 2);
    cell.append(byId('cell-of-' + kind).content.cloneNode(true));
    cell.style.left = sizes.name + column * sizes.column + 'px';
    cell.style.width = sizes.column + 'px';
    const link = cell.querySelector('a');
    const focusable = link ?? cell;
    focusable.tabIndex = rowAt === current.row && column === current.column ? 0 : -1;
    focusable.dataset.row = rowAt;
    focusable.dataset.column = column;
    focusable.addEventListener('focus', () => { current = { row: rowAt, column }; });
    if (link === null) return cell;
    const part = data.networks[column].part + ':' + row.part;
    link.id = 'cell-' + part;
    link.href = '#record-' + part;
    if (version !== null) {
      link.querySelector('.letter').textContent = version[0];
      link.querySelector('code').textContent = version[1];
    }
    link.querySelector('.day').textContent = data.days[row.days[column]];
    data.counts[row.counts[column]].split(' ').forEach((count, at) => {
      if (count === '0') return;
      const flag = byId('flag-of-' + severities[at]).content.cloneNode(true);
      flag.querySelector('.flag').childNodes[1].textContent = ' ' + count;
      link.querySelector('.below').append(flag);
    });
    return cell;
  };
  const named = (element, name, note) => {
    element.append(name, made('small', '', note));
    element.title = name;
    return element;
  };
  const headElement = (columns) => {
    const head = made('div', 'columns');
    head.setAttribute('role', 'row');
    head.style.width = sheet.style.width;
    head.style.height = sizes.head + 'px';
    const corner = made('span', 'row-name', '');
    corner.setAttribute('role', 'columnheader');
    corner.style.width = sizes.name + 'px';
    corner.append(made('span', 'unseen', 'contract'));
    head.append(corner);
    for (let column = columns.from; column < columns.to; column += 1) {
      const { name, part, note } = data.networks[column];
      const cell = made('div', 'at');
      cell.setAttribute('role', 'columnheader');
      cell.setAttribute('aria-colindex', column + 2);
      cell.style.left = sizes.name + column * sizes.column + 'px';
      cell.style.width = sizes.column + 'px';
      const link = made('a', '', name);
      link.href = '#network-' + part;
      link.tabIndex = -1;
      cell.append(link, made('small', '', note));
      head.append(cell);
    }
    return head;
  };
  const rowElement = (rowAt, columns) => {
    const row = rows[rowAt];
    const line = made('div', 'line');
    line.setAttribute('role', 'row');
    line.setAttribute('aria-rowindex', rowAt + 2);
    line.style.top = sizes.head + rowAt * sizes.row + 'px';
    line.style.height = sizes.row + 'px';
    line.style.width = sheet.style.width;
    const name = named(made('span', 'row-name'), row.name, row.category + ' · ' + row.note);
    name.setAttribute('role', 'rowheader');
    name.style.width = sizes.name + 'px';
    line.append(name);
    for (let column = columns.from; column < columns.to; column += 1) line.append(cellElement(row, rowAt, column));
    return line;
  };
  drawWindow = () => {
    const focused = scroller.contains(document.activeElement) && document.activeElement !== scroller;
    sheet.style.width = sizes.name + data.networks.length * sizes.column + 'px';
    sheet.style.height = sizes.head + rows.length * sizes.row + 'px';
    scroller.setAttribute('aria-rowcount', rows.length + 1);
    scroller.setAttribute('aria-colcount', data.networks.length + 1);
    const lines = inView(scroller.scrollTop, scroller.clientHeight, sizes.row, rows.length, 2);
    const columns = inView(scroller.scrollLeft, scroller.clientWidth, sizes.column, data.networks.length, 1);
    const drawn = [headElement(columns)];
    for (let at = lines.from; at < lines.to; at += 1) drawn.push(rowElement(at, columns));
    sheet.replaceChildren(...drawn);
    if (focused) currentElement()?.focus({ preventScroll: true });
  };
  const currentElement = () =>
    sheet.querySelector('[data-row="' + current.row + '"][data-column="' + current.column + '"]');
  focusCurrent = () => moveTo(current.row, current.column);
  const reveal = () => {
    const left = current.column * sizes.column;
    const top = current.row * sizes.row;
    const wide = scroller.clientWidth - sizes.name - sizes.column;
    const high = scroller.clientHeight - sizes.head - sizes.row;
    scroller.scrollLeft = Math.max(Math.min(scroller.scrollLeft, left), left - wide);
    scroller.scrollTop = Math.max(Math.min(scroller.scrollTop, top), top - high);
  };
  moveTo = (row, column) => {
    current = {
      row: Math.max(0, Math.min(rows.length - 1, row)),
      column: Math.max(0, Math.min(data.networks.length - 1, column)),
    };
    reveal();
    drawWindow();
    currentElement()?.focus({ preventScroll: true });
  };
  filterWindow = (wanted) => {
    rows = data.rows.filter(({ flags }) => wanted.every((flag) => flags.split(' ').includes(flag)));
    current = { row: 0, column: 0 };
    scroller.scrollTop = 0;
    drawWindow();
  };
  let isAsked = false;
  const soon = () => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => { isAsked = false; drawWindow(); });
  };
  scroller.addEventListener('scroll', soon, { passive: true });
  // Also when a record opens beside it: its cell stays in view.
  new ResizeObserver(() => {
    if (shownDetail() !== null) reveal();
    soon();
  }).observe(scroller);
  drawWindow();
}
`;
