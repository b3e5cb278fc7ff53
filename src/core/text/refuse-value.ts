import { hugeInteger, numberProblem } from './number.js';
import { type Refused, refused } from './refusal.js';
import { keyText, type Place, places, syntaxTree } from './syntax-tree.js';

/** In the order in which they refuse (FORMAT §2). */
const rules = ['json-key', 'json-duplicate-key', 'json-surrogate', 'json-number'] as const;
type Rule = (typeof rules)[number];
type Trouble = { readonly offset: number; readonly path: string; readonly message: string };

/**
 * What `JSON.parse` lets through and we do not: the first trouble of the first rule that is broken, or null.
 * `hugeIntegers` lets integers beyond 2^53−1 pass: a foreign file's become tagged bigints.
 */
export function refuseValue(text: string, { hugeIntegers }: { hugeIntegers: boolean }): Refused | null {
  const first = new Map<Rule, Trouble>();
  const seen = new Set<string>();
  for (const place of places(syntaxTree(text).body)) {
    for (const [rule, trouble] of troubles(place, text, seen, hugeIntegers))
      if (!first.has(rule)) first.set(rule, trouble);
  }
  for (const rule of rules) {
    const trouble = first.get(rule);
    if (trouble !== undefined) return refused(rule, text, trouble.offset, trouble.path, trouble.message);
  }
  return null;
}

/** `seen` holds the pointers of the members so far: with equal keys two members have one pointer. */
function* troubles(
  { path, value, key }: Place,
  text: string,
  seen: Set<string>,
  hugeIntegers: boolean,
): Generator<[Rule, Trouble]> {
  if (key !== null) {
    const at = { offset: key.loc.start.offset, path };
    const name = keyText(key);
    if (name === '__proto__') yield ['json-key', { ...at, message: 'The key __proto__ is never allowed' }];
    if (seen.has(path))
      yield ['json-duplicate-key', { ...at, message: `The key ${JSON.stringify(name)} stands twice in one object` }];
    if (!name.isWellFormed())
      yield ['json-surrogate', { ...at, message: `The key ${JSON.stringify(name)} holds half of a surrogate pair` }];
    seen.add(path);
  }
  const at = { offset: value.loc.start.offset, path };
  if (value.type === 'String' && !value.value.isWellFormed()) {
    yield ['json-surrogate', { ...at, message: 'The text holds half of a surrogate pair' }];
  }
  if (value.type === 'Number') {
    const token = text.slice(value.loc.start.offset, value.loc.end.offset);
    const problem = hugeIntegers && hugeInteger(token) !== null ? null : numberProblem(token);
    if (problem !== null) yield ['json-number', { ...at, message: `The number ${shortened(token)} ${problem}` }];
  }
}

function shortened(token: string): string {
  return token.length <= 80 ? token : `${token.slice(0, 76)}… (${token.length} characters)`;
}
