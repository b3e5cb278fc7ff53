import { shown } from '../core/shown.js';
import { StateManagerError } from '../errors.js';

/** What belongs to a format. Throws BAD_USAGE, naming the formats there are, when it is none of them. */
export function pickFormat<T>(verb: string, format: string | undefined, known: ReadonlyMap<string, T>): T {
  const picked = format === undefined ? undefined : known.get(format);
  if (picked !== undefined) return picked;
  const names = [...known.keys()];
  const what = format === undefined ? 'No format was named' : `${shown(format)} is no format that can be ${verb}ed`;
  throw new StateManagerError('BAD_USAGE', `${what}. There is: ${names.join(', ')}.`, {
    hint: `stateroot ${verb} ${names[0] ?? ''} <path>`,
    details: { formats: names },
  });
}
