import { shown } from '../core/shown.js';
import { StateManagerError } from '../errors.js';

/** Throws BAD_USAGE, naming the formats there are, unless `format` is one of them. */
export function requireFormat(verb: string, format: string | undefined, known: readonly string[]): void {
  if (format !== undefined && known.includes(format)) return;
  const what = format === undefined ? 'No format was named' : `${shown(format)} is no format that can be ${verb}ed`;
  throw new StateManagerError('BAD_USAGE', `${what}. There is: ${known.join(', ')}.`, {
    hint: `stateroot ${verb} ${known[0] ?? ''} <path>`,
    details: { formats: known },
  });
}
