import { grouped } from './table.js';

const listed = 20;

/** The first lines of a list, and how to see the rest of a long one. */
export function cut(lines: readonly string[], rest: string): string[] {
  if (lines.length <= listed) return [...lines];
  return [...lines.slice(0, listed), `  and ${grouped(lines.length - listed)} more; ${rest}`];
}
