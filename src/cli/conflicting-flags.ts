import { StateManagerError } from '../errors.js';
import type { Arguments } from './command.js';

/** Throws BAD_USAGE when one of the flags is given: it says nothing beside `main`, or (null) without a flag that is missing. */
export function conflictingFlags(args: Arguments, main: string | null, flags: readonly string[]): void {
  const given = flags.find((name) => args[name] !== undefined && args[name] !== false);
  if (given === undefined) return;
  const why = main === null ? 'belongs to --waive' : `says nothing beside ${main}`;
  throw new StateManagerError('BAD_USAGE', `--${given} ${why}`, { hint: 'stateroot help check' });
}
