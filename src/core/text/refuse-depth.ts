import type { Nesting } from './nesting.js';
import { type Refused, refused } from './refusal.js';
import { refuseSyntax } from './refuse-syntax.js';
import { places, syntaxTree } from './syntax-tree.js';

/**
 * `json-depth` at the first bracket that is one too many. Its pointer comes from the text before it, closed again:
 * what follows may be nested deeper than any parser's stack.
 */
export function refuseDepth(text: string, nesting: Nesting, limit: number): Refused {
  const closers = Array.from(nesting.open)
    .reverse()
    .map((bracket) => (bracket === '{' ? '}' : ']'));
  const shallow = `${text.slice(0, nesting.firstTooDeep)}0${closers.join('')}`;
  if (!isJson(shallow)) return refuseSyntax(shallow, { ...nesting, firstControl: -1 });
  const path = [...places(syntaxTree(shallow).body)].at(-1)?.path ?? '';
  const message = `The file is nested more than ${limit} levels deep`;
  return refused('json-depth', text, nesting.firstTooDeep, path, message);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''));
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
