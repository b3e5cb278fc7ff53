import { isObject, type Json, type JsonObject, member } from '../../core/json.js';
import type { ContractType } from '../../core/model/contract-type.js';
import { readText } from '../../core/text/read.js';
import { tagBigints, untagBigints } from '../../core/values/bigint.js';
import type { Scope, StoreChange } from '../contract-store.js';

/**
 * One write. `pending`: begun, and not known to have ended on both sides. `queued`: the backend `to` lacks it, `refused`
 * where that backend did not take the data itself.
 */
export type QueueEntry = {
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  readonly changes: readonly StoreChange[];
} & (
  | { readonly state: 'pending' }
  | { readonly state: 'queued'; readonly to: string; readonly reason: string; readonly refused: boolean }
);

/** One line, bigints tagged. Throws BAD_INPUT for what JSON would lose. */
export function entryLine(entry: QueueEntry): string {
  return `${JSON.stringify(tagBigints(entry))}\n`;
}

/** The entry of a line; null for what is none. */
export function readEntry(line: string): QueueEntry | null {
  const read = readText(Buffer.from(line, 'utf8'));
  if (!read.ok) return null;
  const id = member(read.value, 'id');
  const at = member(read.value, 'at');
  const items = member(read.value, 'changes');
  if (typeof id !== 'string' || typeof at !== 'string' || !Array.isArray(items)) return null;
  const changes = (items as readonly Json[]).map(readChange).filter((change) => change !== null);
  if (changes.length !== items.length) return null;
  if (member(read.value, 'state') === 'pending') return { id, at, changes, state: 'pending' };
  return readQueued(read.value, { id, at, changes });
}

function readQueued(entry: JsonObject, base: Pick<QueueEntry, 'id' | 'at' | 'changes'>): QueueEntry | null {
  const to = member(entry, 'to');
  const reason = member(entry, 'reason');
  if (member(entry, 'state') !== 'queued' || typeof to !== 'string' || typeof reason !== 'string') return null;
  return { ...base, state: 'queued', to, reason, refused: member(entry, 'refused') === true };
}

function readChange(value: Json): StoreChange | null {
  if (!isObject(value)) return null;
  const scope = readScope(member(value, 'scope'));
  const contract = member(value, 'contract');
  const contractName = member(value, 'contractName');
  if (scope === null) return null;
  if (member(value, 'kind') === 'delete' && typeof contractName === 'string') {
    return { kind: 'delete', scope, contractName };
  }
  if (member(value, 'kind') !== 'put' || contract === undefined || !isObject(contract)) return null;
  return { kind: 'put', scope, contract: untagBigints(contract) as ContractType };
}

function readScope(value: Json | undefined): Scope | null {
  if (value === undefined || !isObject(value)) return null;
  const chainId = member(value, 'chainId');
  const network = member(value, 'network');
  if (typeof chainId !== 'number') return null;
  return { chainId, ...(typeof network === 'string' ? { network } : {}) };
}
