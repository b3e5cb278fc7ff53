import { isObject, type Json, type JsonObject, member } from '../../core/json.js';
import { compareFieldNames } from '../../core/model/fields.js';
import { type NetworkFile, networkFileText, parseNetworkFile, recordsOf } from '../../core/model/network-file.js';
import { normalizeFile } from '../../core/model/normalize.js';
import type { StateRecord } from '../../core/model/record.js';
import { remainderOf } from '../../core/model/remainder.js';
import { pointer } from '../../core/text/pointer.js';
import { decodeUtf8 } from '../../core/text/utf8.js';
import { isTaggedBigint } from '../../core/values/bigint.js';
import { terminalSafe } from './escape.js';

const labelWidth = 22;

/**
 * A network file as text that is compared by line: a block per record, `field  value`, and one per section, `path = value`,
 * a fact per line. Files that read alike here hold the same. One that cannot be read stands as it is, null if it is no text.
 */
export function stateText(bytes: Uint8Array): string | null {
  const parsed = parseNetworkFile(bytes);
  const decoded = decodeUtf8(bytes);
  const raw = decoded.ok ? decoded.text : null;
  if (!parsed.ok || raw === null) return raw;
  const { file } = parsed;
  const blocks = [headBlock(file, raw), ...recordsOf(file).map(recordBlock), ...sectionBlocks(remainderOf(file))];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function headBlock(file: NetworkFile, raw: string): string[] {
  const members = Object.entries(remainderOf(file)).filter(([, value]) => !isOpen(value));
  const facts = members
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([key, value]) => fieldLine(terminalSafe(key), value));
  // What `fmt` would change is no fact of any record, but a change of it should not look like none.
  const form = networkFileText({ ...file, root: normalizeFile(file.root) }) === raw;
  return [terminalSafe(file.network), ...facts, ...(form ? [] : ['  (not in canonical form: stateroot fmt)'])];
}

function rank(key: string): number {
  return key === 'network' ? 0 : key === 'chainId' ? 1 : 2;
}

function recordBlock({ category, name, fields }: StateRecord): string[] {
  const names = Object.keys(fields).sort(compareFieldNames);
  const facts = names.flatMap((field) => leaves(member(fields, field) ?? null, [field]));
  return [
    terminalSafe(`${category} / ${name}`),
    ...facts.map(({ path, value }) => fieldLine(terminalSafe(pointer(...path).slice(1)), value)),
  ];
}

function sectionBlocks(remainder: JsonObject): string[][] {
  return Object.entries(remainder)
    .filter(([, value]) => isOpen(value))
    .map(([key, value]) => [
      terminalSafe(key),
      ...leaves(value, [key]).map((leaf) => `  ${terminalSafe(pointer(...leaf.path))} = ${valueText(leaf.value)}`),
    ]);
}

function isOpen(value: Json): boolean {
  return Array.isArray(value) || (isObject(value) && !isTaggedBigint(value));
}

/** Down to what holds nothing more: one fact each. */
function leaves(
  value: Json,
  path: readonly (string | number)[],
): { path: readonly (string | number)[]; value: Json }[] {
  const items = Array.isArray(value)
    ? [...(value as readonly Json[]).entries()]
    : isObject(value) && isOpen(value)
      ? Object.entries(value)
      : [];
  return items.length === 0 ? [{ path, value }] : items.flatMap(([key, item]) => leaves(item, [...path, key]));
}

function fieldLine(label: string, value: Json): string {
  return `  ${label.padEnd(labelWidth - 1)} ${valueText(value)}`;
}

/** Text without quotes where nothing else reads like it. */
function valueText(value: Json): string {
  if (isObject(value) && isTaggedBigint(value)) return `${value._value}n`;
  if (typeof value === 'string' && isPlain(value)) return value;
  return terminalSafe(JSON.stringify(value));
}

function isPlain(text: string): boolean {
  return (
    /^[A-Za-z0-9]\S*(?: \S+)*$/.test(text) &&
    terminalSafe(text) === text &&
    !/^(?:[0-9.eE+-]+n?|true|false|null)$/.test(text)
  );
}
