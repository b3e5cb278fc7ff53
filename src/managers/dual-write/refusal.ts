import { type ErrorCode, StateManagerError } from '../../errors.js';
import type { StoreChange } from '../contract-store.js';
import type { Side } from './pair.js';

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
  'VALIDATION_FAILED',
]);

export function isRefusal(error: unknown): boolean {
  return error instanceof StateManagerError && refusals.has(error.code);
}

/** The same for a write: a gate refuses data by STATE_INVALID too, which an unreadable state is as well. */
export async function isRefusalBy({ store }: Side, changes: readonly StoreChange[], error: unknown): Promise<boolean> {
  if (!(error instanceof StateManagerError) || error.code !== 'STATE_INVALID') return isRefusal(error);
  const scopes = changes.map(({ scope }) => scope);
  const read = await Promise.allSettled(scopes.map((scope) => store.list(scope)));
  return read.every(({ status }) => status === 'fulfilled');
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
