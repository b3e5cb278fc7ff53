import { redactUrl } from './redact-url.js';

const hidden = '[redacted]';

/** What a document must not show, besides what looks like a secret by itself. */
export type Hidden = {
  /** Texts that are secrets, wherever they stand. */
  readonly secrets: readonly string[];
  /** Names of people and accounts. */
  readonly users: readonly string[];
  /** Absolute folders, and what is written for them: `~`. */
  readonly folders: ReadonlyMap<string, string>;
};

/**
 * The text without secrets, addresses of people and private paths: rather too little than too much is left. Contract addresses
 * stay, hashes and longer hexadecimal numbers go, since a private key looks like one.
 */
export function redactText(text: string, { secrets, users, folders }: Hidden): string {
  let left = longestFirst(secrets).reduce((rest, secret) => rest.replaceAll(secret, hidden), text);
  left = left.replace(/-----BEGIN [A-Z ]+-----[\s\S]*?(?:-----END [A-Z ]+-----|$)/g, hidden);
  left = left.replace(/(?<![a-z0-9+.-])[a-z0-9+.-]+:\/\/[^\s"'`<>]+/gi, redactUrl);
  left = left.replace(/(?<![\w.%+-])[\w.%+-]+@([\w.-]+):[^\s"'`<>]+/g, '$1:…');
  left = left.replace(/(?<![\w.%+-])[\w.%+-]+@[\w-]+(?:\.[\w-]+)+/g, '[e-mail]');
  left = longestFirst([...folders.keys()]).reduce((rest, path) => rest.replaceAll(path, folders.get(path) ?? ''), left);
  left = left.replace(/(?:\/home|\/Users|[A-Za-z]:\\+Users)[/\\]+[^/\\\s"']+/g, '~');
  left = left.replace(assigned, `$1${hidden}`).replace(carried, `$1 ${hidden}`).replace(prefixed, hidden);
  left = left.replace(phrase, hidden);
  left = left.replace(/[A-Za-z0-9_+=-]{20,}/g, (word) => (isPlain(word) ? word : hidden));
  return longestFirst(users).reduce((rest, user) => rest.replace(wordOf(user), '[user]'), left);
}

/** `API_KEY=…`, `"token": "…"`. */
const assigned =
  /([\w-]*(?:secret|token|passw(?:or)?d|passphrase|mnemonic|private[_-]?key|api[_-]?key|authorization)[\w-]*["']?\s*[=:]\s*)(?:"[^"]*"|'[^']*'|[^\s,;}]+)/gi;
/** `Authorization: Basic …`. */
const carried = /\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi;
/** What services put before their tokens. */
const prefixed =
  /\b(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-|sk-|sk_|pk_|rk_|npm_|hf_|AKIA|ASIA|AIza|eyJ)[\w.-]{8,}/g;
/** Twelve words or more in a row, as wallets are backed up. */
const phrase = /\b[a-z]{3,8}(?:[\s,]+[a-z]{3,8}){11,}\b/g;

/** A long word that says what it is: an address, words and short numbers. Everything else may be a key. */
function isPlain(word: string): boolean {
  if (/^0x[0-9a-fA-F]{40}$/.test(word)) return true;
  return word
    .split(/[_+=-]/)
    .every((part) => /^(?:[A-Za-z]*|\d{1,14}|[0-9a-f]{1,12}|[A-Za-z]{1,16}\d{1,4})$/.test(part));
}

function longestFirst(texts: readonly string[]): string[] {
  return texts.filter((text) => text !== '').sort((a, b) => b.length - a.length);
}

function wordOf(user: string): RegExp {
  return new RegExp(`(?<![A-Za-z0-9])${user.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![A-Za-z0-9])`, 'gi');
}
