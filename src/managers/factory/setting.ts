import { shown } from '../../core/shown.js';
import { StateManagerError } from '../../errors.js';
import type { Environment } from '../../git/environment.js';

/** A value and where it comes from: the option of that name, an environment variable, or the default. */
export type Setting<Value> = { readonly value: Value; readonly origin: string };

const words: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['yes', true],
  ['on', true],
  ['false', false],
  ['0', false],
  ['no', false],
  ['off', false],
]);

/** The option, else the variable, else the default. */
export function settled<Value>(
  option: Value | undefined,
  variable: Setting<Value> | undefined,
  fallback: Value,
): Setting<Value> {
  if (option !== undefined) return { value: option, origin: 'option' };
  return variable ?? { value: fallback, origin: 'default' };
}

/** Undefined where the variable is unset or empty. Throws ENVIRONMENT_INVALID. */
export function booleanOf(env: Environment, variable: string): Setting<boolean> | undefined {
  const text = textOf(env, variable);
  if (text === undefined) return undefined;
  const value = words.get(text.toLowerCase());
  if (value === undefined) throw environmentInvalid(variable, text, ['true', 'false']);
  return { value, origin: variable };
}

/** The same for one of some words. */
export function choiceOf(env: Environment, variable: string, choices: readonly string[]): Setting<string> | undefined {
  const value = textOf(env, variable);
  if (value === undefined) return undefined;
  if (!choices.includes(value)) throw environmentInvalid(variable, value, choices);
  return { value, origin: variable };
}

export function environmentInvalid(variable: string, value: string, allowed: readonly string[]): StateManagerError {
  return new StateManagerError(
    'ENVIRONMENT_INVALID',
    `${variable} is ${shown(value)}; it may be ${allowed.join(', ')}`,
    {
      hint: `export ${variable}=${allowed[0] ?? ''}, or unset it`,
      details: { variable, value, allowed },
    },
  );
}

function textOf(env: Environment, variable: string): string | undefined {
  const text = env[variable]?.trim();
  return text === '' ? undefined : text;
}
