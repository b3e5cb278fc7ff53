import type { Checkout, Setting } from '../../ports/checkout.js';
import { lastOf } from './attribute-checks.js';
import type { Check } from './check.js';

const word = /^\s*(?:'([^']*)'|"([^"$`\\]*)"|([^\s'"$`\\;&|<>()*?[~=%!#]+))(?=\s|$)/;

/** What hooks and drivers will start: the project's own stateroot, else `stateroot.command`, else the one on PATH (CONTRACT §8). */
export async function programCheck(
  checkout: Checkout,
  settings: readonly Setting[],
  root: string,
): Promise<Check | null> {
  const folders = root === '' ? [] : root.split('/').map((_, at, all) => `${all.slice(0, at + 1).join('/')}/`);
  for (const folder of ['', ...folders]) {
    if (await checkout.hasProgram(`./${folder}node_modules/.bin/stateroot`)) return null;
  }
  const command = lastOf(settings, 'stateroot.command') ?? '';
  if (command === '') return null;
  const missing = await missingProgram(checkout, command);
  if (missing === null) return null;
  return {
    check: 'git config',
    severity: 'error',
    message: `git cannot start stateroot: stateroot.command names ${missing}, which is not there\nHooks refuse state, and merges fall back to text.`,
    fix: 'git config --unset stateroot.command && stateroot init',
  };
}

/** The program of a shell command that is not there, or the script its `node` is given; null when all is, or it is too clever to say. */
export async function missingProgram(checkout: Checkout, command: string): Promise<string | null> {
  const [program, rest] = firstWord(command);
  if (program === null) return null;
  if (!(await checkout.hasProgram(program))) return program;
  const [script] = firstWord(rest);
  if (!/(?:^|\/)node$/.test(program) || script === null || script.startsWith('-')) return null;
  return (await checkout.readFile(script)) === null ? script : null;
}

function firstWord(command: string): [string | null, string] {
  const match = word.exec(command);
  if (match === null) return [null, ''];
  return [match[1] ?? match[2] ?? match[3] ?? '', command.slice(match[0].length)];
}
