import { terminalSafe } from './escape.js';
import { paint } from './paint.js';
import type { Style } from './style.js';

/** A place in a text, both from 1, and what is said beside the caret. */
export type Spot = { readonly line: number; readonly column: number; readonly note?: string };

/** The line before, the line itself, and a caret below its column; [] where the text has no such line. */
export function sourceExcerpt(text: string, { line, column, note = '' }: Spot, style: Style): string[] {
  const pen = paint(style);
  const lines = text.split('\n');
  const source = lines[line - 1];
  if (source === undefined) return [];
  const bar = style.unicode ? '│' : '|';
  const width = String(line).length;
  const room = Math.max(style.width - width - 5, 20);
  const before = lines[line - 2];
  const context =
    before === undefined ? [] : [pen.dim(`  ${String(line - 1).padStart(width)} ${bar} ${clip(before, room)}`)];
  const caret = terminalSafe(source.slice(0, column - 1)).length;
  const blank = ' '.repeat(caret < room ? caret : 0);
  const sign = caret < room ? '^' : '';
  const said = [sign, note].filter((part) => part !== '').join(' ');
  const pointer = said === '' ? [] : [`  ${' '.repeat(width)} ${bar} ${blank}${pen.red(said)}`];
  return [...context, `> ${line} ${bar} ${clip(source, room)}`, ...pointer];
}

function clip(source: string, room: number): string {
  const safe = terminalSafe(source.replace(/\r$/, ''));
  return safe.length > room ? `${safe.slice(0, room - 3)}...` : safe;
}
