import { changeKey } from '../contract-key.js';
import type { StoreChange } from '../contract-store.js';
import { sameContract, withoutSeal } from '../../core/compare/comparable.js';
import { nameOf, type Pair, type Side, sidesOf } from './pair.js';
import type { QueueEntry } from './queue-entry.js';
import { isRefusalBy, messageOf } from './refusal.js';

/** What a repair came to. `failures`: by backend, why it takes nothing at present; in order, so later writes wait too. */
export type Repaired = {
  readonly repaired: number;
  readonly left: readonly QueueEntry[];
  readonly failures: ReadonlyMap<string, unknown>;
};

/**
 * Gives each of `sides` what the queue has for it, oldest first, then settles the writes that a dead process left unfinished.
 * A change whose data a backend refuses stays and holds up no other. Only under the lock.
 */
export async function repairPair(pair: Pair, sides: readonly Side[] = sidesOf(pair)): Promise<Repaired> {
  const entries = await pair.queue.read();
  const failures = new Map<string, unknown>();
  let left: QueueEntry[] = [];
  for (const entry of entries) {
    const kept = entry.state === 'queued' ? await replay(pair, { entry, sides, failures }) : entry;
    if (kept !== null) left.push(kept);
  }
  const unsettled = sides.includes(pair.secondary) ? left.filter(({ state }) => state === 'pending') : [];
  for (const entry of unsettled) {
    if (isAwaited(left, entry.changes, pair.primary) || failures.size > 0) continue;
    try {
      await settle(pair, entry.changes);
      left = superseded(left, entry.changes, pair.secondary).filter(({ id }) => id !== entry.id);
    } catch (cause) {
      pair.warn(notRepaired(pair.secondary.name, cause));
    }
  }
  if (entries.length > 0 && (left.length < entries.length || left.some((entry, i) => entry !== entries[i]))) {
    await pair.queue.replace(left);
  }
  return { repaired: entries.length - left.length, left, failures };
}

/**
 * Makes the secondary say what the primary says about the same contracts. A write that was never acknowledged either
 * stands or does not: the primary, which takes all or nothing, decides.
 */
export async function settle({ primary, secondary }: Pair, changes: readonly StoreChange[]): Promise<void> {
  const needed: StoreChange[] = [];
  for (const change of changes) {
    const { scope } = change;
    const contractName = nameOf(change);
    const wanted = await primary.store.read(scope, contractName);
    const there = await secondary.store.read(scope, contractName);
    if (sameContract(wanted, there)) continue;
    const copy: StoreChange =
      wanted === null ? { kind: 'delete', scope, contractName } : { kind: 'put', scope, contract: withoutSeal(wanted) };
    needed.push(copy);
  }
  if (needed.length > 0) await secondary.store.apply(needed);
}

/** The queue without what a side has got by a newer write of the same contracts. */
export function superseded(entries: readonly QueueEntry[], by: readonly StoreChange[], side: Side): QueueEntry[] {
  const newer = new Set(by.map(changeKey));
  return entries.flatMap((entry) => {
    if (entry.state !== 'queued' || entry.to !== side.name) return [entry];
    const changes = entry.changes.filter((change) => !newer.has(changeKey(change)));
    if (changes.length === entry.changes.length) return [entry];
    return changes.length === 0 ? [] : [{ ...entry, changes }];
  });
}

async function replay(
  pair: Pair,
  {
    entry,
    sides,
    failures,
  }: {
    readonly entry: QueueEntry & { readonly state: 'queued' };
    readonly sides: readonly Side[];
    readonly failures: Map<string, unknown>;
  },
): Promise<QueueEntry | null> {
  const side = sides.find(({ name }) => name === entry.to);
  if (side === undefined || failures.has(side.name)) return entry;
  try {
    await side.store.apply(entry.changes);
    return null;
  } catch (cause) {
    const refused = await isRefusalBy(side, entry.changes, cause);
    if (!refused) failures.set(side.name, cause);
    if (!entry.refused) pair.warn(notRepaired(side.name, cause));
    const reason = messageOf(cause);
    return refused === entry.refused && reason === entry.reason ? entry : { ...entry, refused, reason };
  }
}

function isAwaited(entries: readonly QueueEntry[], changes: readonly StoreChange[], side: Side): boolean {
  const keys = new Set(changes.map(changeKey));
  return entries.some(
    (entry) =>
      entry.state === 'queued' && entry.to === side.name && entry.changes.some((each) => keys.has(changeKey(each))),
  );
}

function notRepaired(backend: string, cause: unknown) {
  const message = `${backend} still lacks queued writes: ${messageOf(cause)}`;
  return { kind: 'repair-failed', backend, message, cause } as const;
}
