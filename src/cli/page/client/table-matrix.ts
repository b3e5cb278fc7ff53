/** The filters, and in the table of a small state one stop of the Tab key: the arrow keys go from cell to cell. */
export const tableMatrix = String.raw`
const table = document.querySelector('table.matrix');
const cells = () => table === null ? [] : [...table.querySelectorAll('tbody tr:not(.category):not([hidden])')]
  .map((row) => [...row.querySelectorAll('td')]);
const focusableIn = (cell) => {
  const link = cell.querySelector('a');
  if (link === null) cell.tabIndex = -1;
  return link ?? cell;
};
const moveInTable = (from, down, right) => {
  const grid = cells();
  const row = grid.findIndex((line) => line.some((cell) => cell.contains(from)));
  if (row === -1) return;
  const column = grid[row].findIndex((cell) => cell.contains(from));
  const line = grid[Math.max(0, Math.min(grid.length - 1, row + down))];
  const target = focusableIn(line[Math.max(0, Math.min(line.length - 1, column + right))]);
  for (const each of table.querySelectorAll('tbody [tabindex="0"]')) each.tabIndex = -1;
  target.tabIndex = 0;
  target.focus();
};
if (table !== null) {
  table.querySelectorAll('a.cell').forEach((cell, at) => { cell.tabIndex = at === 0 ? 0 : -1; });
}
const filters = [...document.querySelectorAll('[data-filter]')];
const applyFilters = () => {
  const wanted = filters.filter((button) => button.ariaPressed === 'true').map((button) => button.dataset.filter);
  for (const row of document.querySelectorAll('tr[data-flags]')) {
    row.hidden = !wanted.every((flag) => row.dataset.flags.split(' ').includes(flag));
  }
  filterWindow(wanted);
};
for (const button of filters) {
  button.addEventListener('click', () => {
    button.ariaPressed = button.ariaPressed === 'true' ? 'false' : 'true';
    applyFilters();
  });
}
`;
