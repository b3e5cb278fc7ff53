import { type DocumentNode, type MemberNode, parse, type ValueNode } from '@humanwhocodes/momoa';
import { pointer } from './pointer.js';

export type { DocumentNode, MemberNode, ValueNode };

/** A value of a text with its place; `key` is null for the root and for array items. */
export type Place = {
  readonly path: string;
  readonly value: ValueNode;
  readonly key: MemberNode['name'] | null;
};

/**
 * The syntax tree of a text that `JSON.parse` accepts, with offsets into it. Recursive: only for texts whose nesting
 * was scanned first. Line numbers of the tree count CR too, so only its offsets are used.
 */
export function syntaxTree(text: string): DocumentNode {
  return parse(blankBom(text), { mode: 'json' });
}

/** Offset of the first syntax error as the tree's parser sees it; the text's length when the text just ends early. */
export function syntaxErrorOffset(text: string): number {
  try {
    // The sentinel is an error of its own: without it an early end is reported at the token before.
    parse(`${blankBom(text)}\u0000`, { mode: 'json' });
  } catch (error) {
    if (isLocated(error)) return Math.min(error.offset, text.length);
    throw error;
  }
  return text.length;
}

/** Every value of the tree in text order: a parent before its members. */
export function* places(node: ValueNode, path = '', key: Place['key'] = null): Generator<Place> {
  yield { path, value: node, key };
  if (node.type === 'Object') {
    for (const { name, value } of node.members) yield* places(value, path + pointer(keyText(name)), name);
  } else if (node.type === 'Array') {
    for (const [index, { value }] of node.elements.entries()) yield* places(value, path + pointer(index));
  }
}

export function keyText(name: MemberNode['name']): string {
  return name.type === 'String' ? name.value : name.name;
}

function blankBom(text: string): string {
  return text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text;
}

function isLocated(error: unknown): error is Error & { offset: number } {
  return error instanceof Error && 'offset' in error && typeof error.offset === 'number';
}
