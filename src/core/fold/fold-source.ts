import { isObject, type Json, type JsonObject } from '../json.js';
import { foreignValue } from '../text/foreign.js';
import { readSyntax } from '../text/read-syntax.js';
import type { Refused } from '../text/refusal.js';
import { refuseValue } from '../text/refuse-value.js';
import { parentPointer } from '../text/pointer.js';
import { type DocumentNode, keyText, places, syntaxTree, type ValueNode } from '../text/syntax-tree.js';

/** A file to be folded (FORMAT §10): its values, and its text where the values do not say enough. */
export type FoldSource = {
  /** Integers beyond 2^53−1 and `{"type":"BigInt"}` are tagged bigints (FORMAT §6). */
  readonly root: JsonObject;
  /** As ES itself reads it. */
  readonly parsed: JsonObject;
  /** The text of the value at a pointer, word for word. */
  raw(path: string): string;
  /** ES `JSON.stringify` of a root member with the keys as the text has them; null when there is none. */
  stringified(key: string): string | null;
};

/** As strictly as a network file is read (FORMAT §2), but for integers that only a bigint holds. */
export function readFoldSource(bytes: Uint8Array): { readonly ok: true; readonly source: FoldSource } | Refused {
  const read = readSyntax(bytes, { objectOnly: true });
  if (!read.ok) return read;
  const { text, value: parsed } = read;
  const refused = refuseValue(text, { hugeIntegers: true });
  if (refused !== null) return refused;
  const root = foreignValue(text);
  if (!isObject(root) || !isObject(parsed)) throw new TypeError('a root that is no object was let through');
  return { ok: true, source: { root, parsed, ...textQuestions(text) } };
}

function textQuestions(text: string): Pick<FoldSource, 'raw' | 'stringified'> {
  const body = once(() => syntaxTree(text).body);
  const spans = once(() => new Map([...places(body())].map(({ path, value }) => [path, value.loc])));
  return {
    raw(path) {
      // A bigint of another form has members that the text has not: its own text stands for them.
      const span = spans().get(path) ?? spans().get(/\/_(?:type|value)$/.test(path) ? parentPointer(path) : path);
      if (span === undefined) throw new TypeError(`the source has nothing at ${path}`);
      return text.slice(span.start.offset, span.end.offset);
    },
    stringified(key) {
      const found = membersOf(body()).find(({ name }) => keyText(name) === key);
      return found === undefined ? null : inTextOrder(found.value);
    },
  };
}

/** Only the tree knows where an integer-like key stands: an ES object puts those first. */
function inTextOrder(node: ValueNode): string {
  if (node.type === 'Object') {
    const members = node.members.map(({ name, value }) => `${JSON.stringify(keyText(name))}:${inTextOrder(value)}`);
    return `{${members.join(',')}}`;
  }
  if (node.type === 'Array') return `[${node.elements.map(({ value }) => inTextOrder(value)).join(',')}]`;
  return JSON.stringify(leaf(node));
}

function leaf(node: Exclude<ValueNode, { type: 'Object' | 'Array' }>): Json {
  if (node.type === 'Null') return null;
  if (node.type === 'NaN' || node.type === 'Infinity') throw new TypeError('JSON has no NaN or Infinity');
  return node.value;
}

function membersOf(node: DocumentNode['body']) {
  return node.type === 'Object' ? node.members : [];
}

/** The tree costs more than the values, and most files are never asked. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
