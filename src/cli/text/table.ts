import { stripVTControlCharacters } from 'node:util';
import { terminalSafe } from './escape.js';

/** Rows as lines, two blanks between columns, nothing behind the last. Colours count no width; the last column is not padded. */
export function alignedLines(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, shownWidth(cell));
  }
  return rows.map((row) =>
    row
      .map((cell, i) => padded(cell, widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** Blanks behind the text up to a width, as it is seen. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - shownWidth(text)));
}

/** One row for a pipe: tab-separated, each cell on one line (UX, principle 1). */
export function tabbedLine(cells: readonly (string | number | null | undefined)[]): string {
  return cells.map((cell) => terminalSafe(String(cell ?? ''))).join('\t');
}

/** `1 record`, `26 records`, `12,480 records`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** With its thousands apart: `6,200`. */
export function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

function shownWidth(text: string): number {
  return stripVTControlCharacters(text).length;
}
