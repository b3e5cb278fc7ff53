import { equalJson } from '../../core/equal.js';
import { isObject, type Json, type JsonObject, member } from '../../core/json.js';

/** The scripts that the design documents want in the package.json of a repository; each runs `stateroot run <name>`. */
export const npmScriptNames = [
  'state:validate',
  'state:migrate',
  'state:backup',
  'state:restore',
  'migration:export',
  'migration:sync',
  'migration:validate',
  'migration:consolidate',
  'migration:rollback',
  'emergency:rollback-to-leveldb',
] as const;

/**
 * A package.json with those of the scripts that it does not have, added as text, so that the rest stays as it is. One that
 * has its name already is somebody's and stays. Null where that is not certain: no object, or empty `scripts`, which
 * could not be told from what taking ours out again leaves.
 */
export function addScripts(manifest: string): string | null {
  const value = parsed(manifest);
  if (value === null || Object.keys(value).length === 0) return null;
  const scripts = member(value, 'scripts');
  const missing = npmScriptNames.filter((name) => !isObject(scripts) || member(scripts, name) === undefined);
  if (missing.length === 0) return manifest;
  if (scripts === undefined) {
    const at = manifest.indexOf('{') + 1;
    return checked(insert(manifest, at, `${head(manifest)}${scriptLines(manifest, missing)}${foot(manifest)},`), value);
  }
  if (!isObject(scripts) || Object.keys(scripts).length === 0) return null;
  const places = [...manifest.matchAll(/"scripts"\s*:\s*\{/g)].map((found) => found.index + found[0].length);
  const added = places.map((at) => checked(insert(manifest, at, `${scriptLines(manifest, missing)},`), value));
  return added.find((text) => text !== null) ?? null;
}

/** The package.json without the scripts that are still as `addScripts` makes them; itself when there is none. */
export function takeOutScripts(manifest: string): string {
  const value = parsed(manifest);
  if (value === null) return manifest;
  const rest = npmScriptNames.reduce(withoutLine, manifest);
  if (rest === manifest) return manifest;
  const empty = `{${head(manifest)}${foot(manifest)}`;
  return checked(rest.startsWith(`${empty},`) ? `{${rest.slice(empty.length + 1)}` : rest, value) ?? manifest;
}

/** The lines to add by hand. */
export function scriptsByHand(): string {
  return npmScriptNames.map((name) => `${line(name)},`).join('\n');
}

/** A text that is the value as before, but for our scripts; null for any other. */
function checked(text: string, before: JsonObject): string | null {
  const after = parsed(text);
  return after !== null && equalJson(withoutOurs(after), withoutOurs(before)) ? text : null;
}

function withoutOurs(value: JsonObject): JsonObject {
  const { scripts, ...rest } = value;
  if (!isObject(scripts)) return value;
  const theirs = Object.entries(scripts).filter(([name, command]) => command !== `stateroot run ${name}`);
  return theirs.length === 0 ? rest : { ...rest, scripts: Object.fromEntries(theirs) };
}

function withoutLine(manifest: string, name: string): string {
  const [key = '', command = ''] = line(name).split(': ');
  const [found] = manifest.matchAll(new RegExp(`(,?)\\r?\\n[ \\t]*${key}\\s*:\\s*${command}(,?)`, 'g'));
  if (found === undefined) return manifest;
  const [whole, before = '', after = ''] = found;
  const kept = before !== '' && after !== '' ? ',' : '';
  return manifest.slice(0, found.index) + kept + manifest.slice(found.index + whole.length);
}

function scriptLines(manifest: string, names: readonly string[]): string {
  const { eol, indent } = layoutOf(manifest);
  return names.map((name) => `${eol}${indent}${indent}${line(name)}`).join(',');
}

function head(manifest: string): string {
  const { eol, indent } = layoutOf(manifest);
  return `${eol}${indent}"scripts": {`;
}

function foot(manifest: string): string {
  const { eol, indent } = layoutOf(manifest);
  return `${eol}${indent}}`;
}

function line(name: string): string {
  return `"${name}": "stateroot run ${name}"`;
}

function layoutOf(manifest: string): { eol: string; indent: string } {
  const [, eol = '\n', indent = '  '] = /^\s*\{(\r?\n)([ \t]+)"/.exec(manifest) ?? [];
  return { eol, indent };
}

function insert(text: string, at: number, added: string): string {
  return text.slice(0, at) + added + text.slice(at);
}

function parsed(text: string): JsonObject | null {
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
