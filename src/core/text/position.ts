import { type LineColumn, lineIndex } from './line-column.js';
import { parentPointer } from './pointer.js';
import { places, syntaxTree } from './syntax-tree.js';

/**
 * Where the value or the key at a pointer stands. A missing member gets the position of the nearest object or array
 * above it, the key of an array item that of the item (FORMAT §13).
 */
export type Locator = (path: string, at: 'value' | 'key') => LineColumn;

/** For a text that strict reading accepts. The text is parsed on the first question only. */
export function locate(text: string): Locator {
  let find: Locator | null = null;
  return (path, at) => {
    find ??= indexed(text);
    return find(path, at);
  };
}

function indexed(text: string): Locator {
  const at = lineIndex(text);
  const offsets = new Map<string, { value: number; key: number }>();
  for (const { path, value, key } of places(syntaxTree(text).body)) {
    const start = value.loc.start.offset;
    offsets.set(path, { value: start, key: key === null ? start : key.loc.start.offset });
  }
  return (path, wanted) => {
    const found = offsets.get(path);
    if (found !== undefined) return at(found[wanted]);
    let parent = parentPointer(path);
    while (parent !== '' && !offsets.has(parent)) parent = parentPointer(parent);
    return at(offsets.get(parent)?.value ?? 0);
  };
}
