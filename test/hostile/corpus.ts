import { readFileSync } from 'node:fs';
import { sharedData } from '../support/shared-data.js';

/** Where the corpus is not: the kinds of strings it holds. */
const own = [
  '',
  '__proto__',
  'constructor',
  'CON',
  '../../etc/passwd',
  '$(touch canary)',
  '\u001b]0;title\u0007',
  '\u009b2J',
  'abc\rxyz',
  'a\nState-Reverts: 0000000000000000000000000000000000000000',
  '\u202egnp.exe',
  '\u200bzero\u2060width\ufeff',
  '\u{e0041}tag',
  '::set-output name=x::y',
  '##[error]x',
  '<img src=x onerror=alert(1)>',
  '[a](javascript:alert(1))',
  '\u2028\u2029',
  'a\u0000b',
];
/** The Big List of Naughty Strings, null where the shared data is not. */
export const corpus = sharedData('corpora', 'blns', 'blns.json');
export const strings: readonly string[] = [
  ...new Set([...own, ...(corpus === null ? [] : (JSON.parse(readFileSync(corpus, 'utf8')) as string[]))]),
];
