/** `/` searches, the arrow keys walk through the matrix and through what was found, Esc closes what is open. */
export const keys = String.raw`
const arrows = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const walkResults = (from, step) => {
  searchNow();
  const stops = [byId('search'), ...document.querySelectorAll('#results a')];
  const at = stops.indexOf(from);
  if (at === -1) return false;
  stops[Math.max(0, Math.min(stops.length - 1, at + step))].focus();
  return true;
};
document.addEventListener('keydown', (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const focused = document.activeElement;
  const isTyping = focused.matches('input, textarea');
  if (event.key === '/' && !isTyping) {
    event.preventDefault();
    byId('search').select();
    byId('search').focus();
  } else if (event.key === 'Escape') {
    if (byId('results').childElementCount > 0 || isTyping) {
      byId('results').replaceChildren();
      byId('search').value = '';
      focused.blur();
    } else if (closeDetail()) event.preventDefault();
  } else if (event.key in arrows) {
    const [down, right] = arrows[event.key];
    if (down !== 0 && walkResults(focused, down)) event.preventDefault();
    else if (isTyping) return;
    else if (focused.dataset.row !== undefined) {
      event.preventDefault();
      moveTo(Number(focused.dataset.row) + down, Number(focused.dataset.column) + right);
    } else if (table !== null && focused.closest('table.matrix td') !== null) {
      event.preventDefault();
      moveInTable(focused, down, right);
    }
  }
});
document.addEventListener('focusin', (event) => {
  if (event.target.matches('.matrix a.cell')) lastCell = event.target;
});
showHash();
`;
