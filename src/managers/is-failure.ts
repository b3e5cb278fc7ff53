import { exitCodes, StateManagerError } from '../errors.js';

/**
 * Whether a store did not work, rather than answered with a refusal: an error of the exit codes 4 and 5, or anything that
 * is no StateManagerError. "Not found", bad input and what a person has to decide (1 to 3) are answers.
 */
export function isFailure(error: unknown): boolean {
  return !(error instanceof StateManagerError) || exitCodes[error.code] >= 4;
}
