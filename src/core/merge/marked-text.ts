import { compareText, equalJson } from '../equal.js';
import { isObject, type Json, type JsonObject, member } from '../json.js';
import { escaped } from '../shown.js';
import { canonicalize } from '../text/canonical.js';
import type { Marking, ThreeTexts } from './merged-file.js';

type ThreeValues = {
  readonly base: Json | undefined;
  readonly ours: Json | undefined;
  readonly theirs: Json | undefined;
};

/**
 * Canonical text with git's conflict markers around each member on which the two sides differ, as deep as objects go; null
 * when they differ nowhere. The base of each place stands between (`diff3`).
 */
export function markedText(
  { base, ours, theirs }: { base: JsonObject | undefined; ours: JsonObject; theirs: JsonObject },
  marking: Marking,
): string | null {
  if (equalJson(ours, theirs)) return null;
  const lines = memberLines({ base: base ?? {}, ours, theirs }, '  ', [], marking);
  return `{\n${lines.join('\n')}\n}\n`;
}

/** Both sides whole, where there is no member to name. */
export function wholeMarkedText({ base, ours, theirs }: ThreeTexts, marking: Marking): string {
  const linesOf = (bytes: Uint8Array | null) =>
    bytes === null ? [] : Buffer.from(bytes).toString('utf8').replace(/\n$/, '').split('\n');
  return `${block({ base: linesOf(base), ours: linesOf(ours), theirs: linesOf(theirs) }, '', marking).join('\n')}\n`;
}

function memberLines(sides: ThreeValues, indent: string, path: readonly string[], marking: Marking): string[] {
  const [base, ours, theirs] = [sides.base, sides.ours, sides.theirs].map((value) => (isObject(value) ? value : {}));
  const keys = [...new Set([...Object.keys(ours ?? {}), ...Object.keys(theirs ?? {})])].sort(compareText);
  return keys.flatMap((key, at) => {
    const values = { base: member(base ?? {}, key), ours: member(ours ?? {}, key), theirs: member(theirs ?? {}, key) };
    const comma = at === keys.length - 1 ? '' : ',';
    return valueLines(key, values, { indent, comma, path: [...path, key] }, marking);
  });
}

type Place = { readonly indent: string; readonly comma: string; readonly path: readonly string[] };

function valueLines(key: string, values: ThreeValues, place: Place, marking: Marking): string[] {
  const { indent, comma, path } = place;
  if (equalJson(values.ours, values.theirs)) return sideLines(key, values.ours, place);
  if (isObject(values.ours) && isObject(values.theirs)) {
    const inner = memberLines(values, `${indent}  `, path, marking);
    return [`${indent}${JSON.stringify(key)}: {`, ...inner, `${indent}}${comma}`];
  }
  const lines = {
    base: sideLines(key, values.base, place),
    ours: sideLines(key, values.ours, place),
    theirs: sideLines(key, values.theirs, place),
  };
  return block(lines, ` ${path.map(escaped).join(' / ')}`, marking);
}

function sideLines(key: string, value: Json | undefined, { indent, comma }: Place): string[] {
  if (value === undefined) return [];
  const text = `${JSON.stringify(key)}: ${canonicalize(value).trimEnd()}${comma}`;
  return text.split('\n').map((line) => `${indent}${line}`);
}

function block(
  lines: Readonly<Record<'base' | 'ours' | 'theirs', readonly string[]>>,
  where: string,
  { ours, theirs, size }: Marking,
): string[] {
  const marker = (character: string) => character.repeat(size);
  return [
    `${marker('<')} ${ours}${where}`,
    ...lines.ours,
    `${marker('|')} base`,
    ...lines.base,
    marker('='),
    ...lines.theirs,
    `${marker('>')} ${theirs}${where}`,
  ];
}
