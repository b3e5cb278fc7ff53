import { StateManagerError } from '../../errors.js';
import type { Scope } from '../contract-store.js';
import type { ContractStore } from '../contract-store.js';
import { type Pair, type Side, sidesOf } from './pair.js';
import type { QueueEntry } from './queue-entry.js';
import { isRefusal, messageOf } from './refusal.js';

/**
 * Asks the primary; the secondary where the primary failed, or where it lacks a write of that chain that was acknowledged.
 * Never because the primary holds nothing, and a fallback that finds nothing proves nothing: `isNothing` of it is the
 * primary's failure. Throws what the primary throws, BACKEND_UNAVAILABLE where both fail, DUAL_WRITE_FAILED where no side
 * is complete.
 */
export async function readEither<Result>(
  pair: Pair,
  request: {
    readonly scope: Scope | undefined;
    readonly fallback: boolean;
    readonly call: (store: ContractStore) => Promise<Result>;
    readonly isNothing: (result: Result) => boolean;
  },
): Promise<Result> {
  const entries = await pair.queue.read();
  const complete = sidesOf(pair).filter((side) => !isBehind(side, entries, request.scope));
  const [first, second] = request.fallback ? complete : complete.filter((side) => side === pair.primary);
  if (first === undefined) throw incomplete(pair);
  if (first !== pair.primary) pair.warn(behind(pair, first));
  try {
    return await request.call(first.store);
  } catch (cause) {
    if (second === undefined || isRefusal(cause)) throw cause;
    return await fallBack(pair, { ...request, second, cause });
  }
}

async function fallBack<Result>(
  pair: Pair,
  {
    second,
    cause,
    call,
    isNothing,
  }: {
    readonly second: Side;
    readonly cause: unknown;
    readonly call: (store: ContractStore) => Promise<Result>;
    readonly isNothing: (result: Result) => boolean;
  },
): Promise<Result> {
  const { name } = pair.primary;
  pair.warn({ kind: 'read-fallback', backend: name, message: `${name} cannot be read: ${messageOf(cause)}`, cause });
  let result: Result;
  try {
    result = await call(second.store);
  } catch (other) {
    throw new StateManagerError(
      'BACKEND_UNAVAILABLE',
      `Neither ${name} nor ${second.name} can be read: ${messageOf(cause)}; ${messageOf(other)}`,
      {
        cause: new AggregateError([cause, other]),
        hint: 'see what both say',
        details: { backends: [name, second.name] },
      },
    );
  }
  if (isNothing(result)) throw cause;
  return result;
}

function isBehind(side: Side, entries: readonly QueueEntry[], scope: Scope | undefined): boolean {
  return entries.some(
    (entry) =>
      entry.state === 'queued' &&
      entry.to === side.name &&
      entry.changes.some((change) => scope === undefined || change.scope.chainId === scope.chainId),
  );
}

function behind({ primary }: Pair, asked: Side) {
  const message = `${primary.name} lacks queued writes; ${asked.name} answered. repair() gives them to it`;
  return { kind: 'behind', backend: primary.name, message } as const;
}

function incomplete({ primary, secondary }: Pair): StateManagerError {
  return new StateManagerError(
    'DUAL_WRITE_FAILED',
    `${primary.name} lacks writes that are queued for it, and ${secondary.name} cannot answer instead`,
    { hint: 'call repair(), and see what it says', details: { backends: [primary.name, secondary.name] } },
  );
}
