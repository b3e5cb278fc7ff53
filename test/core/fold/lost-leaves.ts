import assert from 'node:assert/strict';
import type { FoldedFile } from '../../../src/core/fold/fold.js';
import { readFoldSource } from '../../../src/core/fold/fold-source.js';
import { equalJson } from '../../../src/core/equal.js';
import { isObject, type Json } from '../../../src/core/json.js';
import { parentPointer, pointer, segments } from '../../../src/core/text/pointer.js';
import { valueAt } from '../../../src/core/text/value-at.js';

/**
 * Pointers of the leaves of a source that are neither in the folded file, under the name its record has there, nor
 * below a place that the report names. Checksums of ours are derived, and objects that are empty say nothing.
 */
export function lostLeaves(text: string, result: FoldedFile): string[] {
  const read = readFoldSource(Buffer.from(text));
  assert.ok(read.ok);
  const named = reportedPlaces(result);
  const moved = movedPlaces(result);
  return [...leaves(read.source.root, '')].flatMap(([path, value]) => {
    if (typeof value === 'string' && value.startsWith('sha256:')) return [];
    const places = [
      path,
      ...moved.filter(([from]) => isBelow(path, from)).map(([from, to]) => to + path.slice(from.length)),
    ];
    if (places.some((at) => holds(result.file.root, at, value))) return [];
    return named.some((place) => isBelow(path, place)) ? [] : [path];
  });
}

function reportedPlaces({ folded, ambiguous, quarantined }: FoldedFile): string[] {
  const asWhole = quarantined.flatMap(({ key, value }) =>
    isObject(value) && 'extended' in value ? [extendedOf(key)] : [],
  );
  const moves = new Set(['name-qualified', 'name-twice']);
  return [
    ...folded.filter(({ rule }) => !moves.has(rule)).map(({ path }) => path),
    ...ambiguous.filter(({ rule }) => !moves.has(rule)).map(({ path }) => path),
    ...quarantined.map(({ key }) => key),
    ...asWhole,
  ];
}

/** Aliases are a set: an item may stand elsewhere in it. */
function holds(root: Json, path: string, value: Json): boolean {
  if (equalJson(valueAt(root, path), value)) return true;
  const parent = parentPointer(path);
  const aliases = parent.endsWith('/aliases') ? valueAt(root, parent) : undefined;
  return Array.isArray(aliases) && (aliases as readonly Json[]).includes(value);
}

/** Where a record that got another name has its two objects now. */
function movedPlaces({ folded }: FoldedFile): [string, string][] {
  return folded.flatMap(({ rule, path, to }): [string, string][] => {
    if ((rule !== 'name-qualified' && rule !== 'name-twice') || to === undefined) return [];
    return [
      [path, to],
      [extendedOf(path), extendedOf(to)],
    ];
  });
}

function extendedOf(entryPath: string): string {
  return pointer(`extended_${segments(entryPath)[2] ?? ''}`);
}

function isBelow(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}/`);
}

function* leaves(value: Json, path: string): Generator<[string, Json]> {
  if (Array.isArray(value) && value.length > 0) {
    for (const [at, item] of (value as readonly Json[]).entries()) yield* leaves(item, path + pointer(at));
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) yield* leaves(item, path + pointer(key));
  } else {
    yield [path, value];
  }
}
