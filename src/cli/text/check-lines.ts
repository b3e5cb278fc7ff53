import type { Check } from '../../commands/doctor/check.js';
import { terminalSafeLines } from './escape.js';
import type { Paint } from './paint.js';

/** What was looked at, and below it the command that repairs it. */
export function checkLines(check: Check, { red, yellow, green, mark }: Paint): string[] {
  const signs = { ok: green(mark.done), warning: yellow(mark.warning), error: red(mark.error) };
  const [first = '', ...more] = terminalSafeLines(check.message);
  const fix = check.fix === undefined ? [] : [`  fix: ${terminalSafeLines(check.fix).join(' ')}`];
  return [`${signs[check.severity]} ${first}`, ...more.map((line) => `  ${line}`), ...fix];
}
