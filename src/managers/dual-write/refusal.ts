import { type ErrorCode, StateManagerError } from '../../errors.js';

/** What is wrong with the data or the call, not with the backend: no other backend is asked then, and trying again is no use. */
const refusals: ReadonlySet<ErrorCode> = new Set([
  'ACCESS_DENIED',
  'ADDRESS_AMBIGUOUS',
  'BAD_INPUT',
  'BAD_USAGE',
  'CHAIN_AMBIGUOUS',
  'CHAIN_ID_MISMATCH',
  'CHAIN_ID_UNKNOWN',
  'NAME_AMBIGUOUS',
  'NETWORK_NAME_INVALID',
  'RECORD_INVALID',
  'RECORD_NAME_INVALID',
  'STATE_INVALID',
  'VALIDATION_FAILED',
]);

export function isRefusal(error: unknown): boolean {
  return error instanceof StateManagerError && refusals.has(error.code);
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
