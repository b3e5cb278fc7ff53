import type { Arguments } from './command.js';

/** Was the flag given? `flag(args, 'dry-run')`. */
export function flag(args: Arguments, name: string): boolean {
  return args[name] === true;
}

/** The value of a flag or a positional; undefined when it was not given. Never a number: `0x10` stays what was typed. */
export function text(args: Arguments, name: string): string | undefined {
  const value = args[name];
  return typeof value === 'string' ? value : undefined;
}

/** Every value of a flag or a positional that may be repeated, in order. */
export function texts(args: Arguments, name: string): readonly string[] {
  const value = args[name];
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** A positional the parser has already insisted on. */
export function required(args: Arguments, name: string): string {
  const value = text(args, name);
  if (value === undefined) throw new TypeError(`the table of verbs does not require <${name}>`);
  return value;
}
