import { isObject, type Json, member } from '../../core/json.js';

const key = 'json.schemas';
const schema = './node_modules/stateroot/schemas/network-file.schema.json';

/**
 * Editor settings with our schema for the files of one pattern, added as text so that the rest stays as it is; null where
 * that is not certain: comments, no object, another form of the member. Null settings are no file.
 */
export function associate(settings: string | null, pattern: string): string | null {
  if (settings === null) return `{${wholeMember(pattern)}\n}\n`;
  if (settings.includes(entry(pattern))) return settings;
  const value = parsed(settings);
  if (!isObject(value)) return null;
  const schemas = member(value, key);
  if (schemas === undefined) {
    const at = settings.indexOf('{') + 1;
    const comma = Object.keys(value).length === 0 ? '' : ',';
    return settings.slice(0, at) + wholeMember(pattern) + comma + settings.slice(at);
  }
  // An empty list could not be told from the one that our last entry leaves.
  if (!Array.isArray(schemas) || schemas.length === 0) return null;
  const [place, another] = settings.matchAll(/"json\.schemas"\s*:\s*\[/g);
  if (place === undefined || another !== undefined) return null;
  const at = place.index + place[0].length;
  const added = `${settings.slice(0, at)}${entry(pattern)},${settings.slice(at)}`;
  return schemasOf(added)?.length === schemas.length + 1 ? added : null;
}

/** The settings as they were before, byte for byte; null when there was no file. */
export function dissociate(settings: string, pattern: string): string | null {
  if (settings === associate(null, pattern)) return null;
  const whole = without(settings, wholeMember(pattern));
  if (whole !== settings) return whole;
  const rest = without(settings, entry(pattern));
  const empty = `\n  "${key}": [\n  ]`;
  return rest === settings ? settings : rest === `{${empty}\n}\n` ? null : without(rest, empty);
}

/** With the comma that made room for it, before or behind. */
function without(text: string, part: string): string {
  const at = text.indexOf(part);
  if (at === -1) return text;
  const after = text.slice(at + part.length);
  const before = text.slice(0, at);
  if (after.startsWith(',')) return before + after.slice(1);
  return (before.endsWith(',') ? before.slice(0, -1) : before) + after;
}

function wholeMember(pattern: string): string {
  return `\n  "${key}": [${entry(pattern)}\n  ]`;
}

function entry(pattern: string): string {
  const fileMatch = JSON.stringify(pattern).replace(
    /[^ -~]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `\n    { "fileMatch": [${fileMatch}], "url": "${schema}" }`;
}

function schemasOf(settings: string): readonly Json[] | undefined {
  const value = parsed(settings);
  const schemas = isObject(value) ? member(value, key) : undefined;
  return Array.isArray(schemas) ? schemas : undefined;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
