import type { Nesting } from './nesting.js';
import { type Refused, refused } from './refusal.js';
import { syntaxErrorOffset } from './syntax-tree.js';

const conflictMarker = /(?:^\uFEFF?|\n)<<<<<<<(?= |\r?\n|\r?$)/;

/** For a text that `JSON.parse` refused: `json-conflict` or `json-syntax`, at the first place that is wrong. */
export function refuseSyntax(text: string, nesting: Nesting): Refused {
  const marker = conflictMarker.exec(text);
  if (marker !== null) {
    const offset = marker.index + marker[0].indexOf('<');
    return refused('json-conflict', text, offset, '', 'The file holds a merge conflict that nobody has resolved');
  }
  const offset = firstError(text, nesting);
  return refused('json-syntax', text, offset, '', `The file is not JSON: ${describe(text, offset)}`);
}

/** The tree's parser lets control characters in strings pass, `JSON.parse` and RFC 8259 do not. */
function firstError(text: string, { firstControl }: Nesting): number {
  const offset = syntaxErrorOffset(text);
  return firstControl === -1 ? offset : Math.min(offset, firstControl);
}

function describe(text: string, offset: number): string {
  const point = text.codePointAt(offset);
  if (text.trim() === '') return 'it is empty';
  if (point === undefined) return 'it ends too early';
  if (text.startsWith('//', offset) || text.startsWith('/*', offset)) return 'comments are not part of JSON';
  const shown = /^[!-~]$/.test(String.fromCodePoint(point)) ? String.fromCodePoint(point) : null;
  return shown === null ? `unexpected U+${point.toString(16).toUpperCase().padStart(4, '0')}` : `unexpected ${shown}`;
}
