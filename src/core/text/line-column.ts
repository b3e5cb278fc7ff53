/** A place in a text: lines end at LF only, columns are UTF-16 units, both from 1; a BOM takes no column (FORMAT §13). */
export type LineColumn = { readonly line: number; readonly column: number };

/** Where a UTF-16 offset stands. For many offsets of one text prefer `lineIndex`. */
export function lineColumn(text: string, offset: number): LineColumn {
  let line = 1;
  let start = 0;
  for (let end = text.indexOf('\n'); end !== -1 && end < offset; end = text.indexOf('\n', start)) {
    line += 1;
    start = end + 1;
  }
  return { line, column: columnIn(text, line, offset - start) };
}

/** The same for many offsets: the lines are found once. */
export function lineIndex(text: string): (offset: number) => LineColumn {
  const starts = [0];
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return (offset) => {
    const line = countAtMost(starts, offset);
    return { line, column: columnIn(text, line, offset - (starts[line - 1] ?? 0)) };
  };
}

function columnIn(text: string, line: number, units: number): number {
  const bom = line === 1 && text.startsWith('\uFEFF') && units > 0 ? 1 : 0;
  return units - bom + 1;
}

/** How many of the ascending numbers are not above the limit. */
function countAtMost(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? Infinity) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
