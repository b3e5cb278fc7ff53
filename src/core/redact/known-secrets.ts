import { mayHoldSecret } from './secret-names.js';

/** Shorter ones would take ordinary words out of the text. */
const shortest = 6;

/**
 * What of named values (variables, settings) has to be hidden wherever it turns up: the values of names that may hold a secret, every
 * value that is a URL or carries a user, and their parts.
 */
export function knownSecrets(named: Iterable<readonly [string, string]>): string[] {
  const found = new Set<string>();
  for (const [name, value] of named) {
    if (!mayHoldSecret(name) && !/:\/\/|@/.test(value)) continue;
    for (const part of [value, value.trim(), ...partsOf(value), ...partsOf(name)]) {
      if (part.length >= shortest && !isOrdinary(part)) found.add(part);
    }
  }
  return [...found].sort();
}

/** User, password, path segments and query values of a URL; what stands behind `Basic` in a header. */
function partsOf(text: string): string[] {
  const [, rest] = /:\/\/([\s\S]*)$/.exec(text) ?? [];
  if (rest === undefined) return /\s/.test(text) ? text.split(/\s+/).filter((word) => /\d/.test(word)) : [];
  const at = rest.lastIndexOf('@');
  const user = at === -1 ? [] : [rest.slice(0, at), ...rest.slice(0, at).split(':')];
  const [, ...path] = rest.slice(at + 1).split(/[/?#&=]/);
  const all = [...user, ...path.filter((part) => part.length >= 8)];
  return [...all, ...all.map(decoded)];
}

/** As it is, where it is no percent encoding. */
function decoded(part: string): string {
  return part.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Numbers and switches, and what every repository has in its URLs. */
function isOrdinary(part: string): boolean {
  return /^(?:true|false|\d{1,8}|stateroot|deployments|unified|[/.~]+)$/i.test(part);
}
