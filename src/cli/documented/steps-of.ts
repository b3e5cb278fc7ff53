import { shown } from '../../core/shown.js';
import { StateManagerError } from '../../errors.js';

const placeholder = /\{([a-z-]+)(?:=([^}]*))?\}/g;

/**
 * The command lines that a name stands for, as words. A placeholder takes the value of its flag out of `further`, or its
 * default; what is left of `further` goes to each of them. Throws BAD_USAGE for a value that is missing.
 */
export function stepsOf(name: string, runs: readonly string[], further: readonly string[]): (readonly string[])[] {
  const { values, rest } = takeOut(name, flagsOf(runs), further[0] === '--' ? further.slice(1) : further);
  const missing = runs.flatMap((run) => [...run.matchAll(placeholder)]).filter(isMissing(values));
  if (missing.length > 0) {
    const flags = [...new Set(missing.map(([, flag = '']) => `--${flag}`))];
    throw new StateManagerError('BAD_USAGE', `${name} needs ${flags.join(' and ')}.`, {
      hint: `stateroot run ${name} ${flags.map((flag) => `${flag} <${flag.slice(2)}>`).join(' ')}`,
    });
  }
  const filled = (word: string): string =>
    word.replace(placeholder, (_, flag: string, usual?: string) => values.get(flag) ?? usual ?? '');
  return runs.map((run) => [...run.split(' ').map(filled), ...rest]);
}

/** A command as help and the page show it: `stateroot blame <network> <contract>`, defaults filled in. */
export function shownStep(run: string): string {
  return `stateroot ${run.replace(placeholder, (_, flag: string, usual?: string) => usual ?? `<${flag}>`)}`;
}

/** The flags that a name takes for itself: with their default, null where one has to be given. */
export function flagsOf(runs: readonly string[]): ReadonlyMap<string, string | null> {
  const found = runs.flatMap((run) => [...run.matchAll(placeholder)]);
  return new Map(found.map(([, flag = '', usual]) => [flag, usual ?? null]));
}

/** `--flag value` and `--flag=value` of the flags that placeholders name; the rest stays as it was typed. */
function takeOut(name: string, flags: ReadonlyMap<string, string | null>, words: readonly string[]) {
  const values = new Map<string, string>();
  const rest: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (word === '--') return { values, rest: [...rest, ...words.slice(index)] };
    const [, flag = '', inline] = /^--([a-z-]+)(?:=([\s\S]*))?$/.exec(word) ?? [];
    if (!flags.has(flag)) {
      rest.push(word);
      continue;
    }
    if (inline === undefined) index += 1;
    values.set(flag, valueOf(name, flag, inline ?? words[index], values));
  }
  return { values, rest };
}

function valueOf(name: string, flag: string, value: string | undefined, values: ReadonlyMap<string, string>): string {
  const hint = `stateroot run ${name} --${flag} <${flag}>`;
  if (values.has(flag)) throw new StateManagerError('BAD_USAGE', `--${flag} is given twice to ${name}.`, { hint });
  if (value === undefined || value === '' || value.startsWith('-')) {
    const problem = value === undefined || value === '' ? 'needs a value' : `cannot be ${shown(value)}`;
    throw new StateManagerError('BAD_USAGE', `--${flag} of ${name} ${problem}.`, { hint });
  }
  return value;
}

function isMissing(values: ReadonlyMap<string, string>): (found: RegExpExecArray) => boolean {
  return ([, flag = '', usual]) => usual === undefined && !values.has(flag);
}
