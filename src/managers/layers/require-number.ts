import { StateManagerError } from '../../errors.js';

/** What a timer can wait; beyond it node waits one millisecond. */
const longest = 2 ** 31 - 1;

/** Throws BAD_USAGE unless the option is a number of milliseconds above 0 that a timer can wait. */
export function requireMilliseconds(option: string, value: number): void {
  if (Number.isFinite(value) && value > 0 && value <= longest) return;
  throw new StateManagerError('BAD_USAGE', `${option} is ${value}, and has to be milliseconds from 1 to ${longest}`, {
    hint: `leave ${option} out for its default`,
    details: { option },
  });
}

/** Throws BAD_USAGE unless the option is a whole number of at least one. */
export function requireCount(option: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 1) return;
  throw new StateManagerError('BAD_USAGE', `${option} is ${value}, and has to be a whole number from 1 on`, {
    hint: `leave ${option} out for its default`,
    details: { option },
  });
}
