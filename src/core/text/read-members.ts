import { readSyntax } from './read-syntax.js';
import type { Refused } from './refusal.js';
import { keyText, syntaxTree } from './syntax-tree.js';

/** One member of an object as it stands in a text: `source` is the text of its value, word for word. */
export type SourceMember = { readonly name: string; readonly source: string };

/**
 * The members of a foreign file, in its order and one by one: what strict reading has against a key, a value or a name
 * that stands twice concerns that member only. Else why the file is no JSON object at all (FORMAT §2).
 */
export function readMembers(
  bytes: Uint8Array,
): { readonly ok: true; readonly members: readonly SourceMember[] } | Refused {
  const read = readSyntax(bytes, { objectOnly: true });
  if (!read.ok) return read;
  const { body } = syntaxTree(read.text);
  if (body.type !== 'Object') throw new TypeError('a root that is no object was let through');
  const members = body.members.map(({ name, value }) => ({
    name: keyText(name),
    source: read.text.slice(value.loc.start.offset, value.loc.end.offset),
  }));
  return { ok: true, members };
}
