import { randomUUID } from 'node:crypto';
import { changeKey } from '../contract-key.js';
import type { StoreChange } from '../contract-store.js';
import { type Pair, type Side, type SideOutcome, type WriteOutcome } from './pair.js';
import type { QueueEntry } from './queue-entry.js';
import { isRefusalBy, messageOf } from './refusal.js';
import { repairPair, type Repaired, settle, superseded } from './repair.js';

/** `changed` is null where neither side took it. */
export type Written = { readonly outcome: WriteOutcome; readonly changed: readonly boolean[] | null };

type Attempt = { readonly outcome: SideOutcome; readonly changed: readonly boolean[]; readonly refused: boolean };

/**
 * The primary, then the secondary, with the intent in the queue before either. Data that the primary refuses is refused as
 * a whole, by its own error. One side failed: the write stands, a warning says so, and the queue has it for that side.
 * Only under the lock.
 */
export async function writeBoth(pair: Pair, changes: readonly StoreChange[]): Promise<Written> {
  const before = await repairPair(pair);
  const entry: QueueEntry = { id: randomUUID(), at: new Date().toISOString(), state: 'pending', changes };
  await pair.queue.append(entry);
  const primary = await attempt(pair.primary, changes, before);
  if (primary.refused) {
    await pair.queue.replace(before.left);
    throw primary.outcome.error;
  }
  const secondary = await attempt(pair.secondary, changes, before);
  const lacking = [primary, secondary].filter(({ outcome }) => outcome.result === 'failed');
  if (lacking.length === 2) {
    await withdraw(pair, before.left, changes);
    return { outcome: outcomeOf(primary, secondary, false), changed: null };
  }
  const [failed] = lacking;
  const queued: readonly QueueEntry[] = failed === undefined ? [] : [queuedFor(entry, failed)];
  await pair.queue.replace([...afterWrite(pair, before.left, changes, failed), ...queued]);
  if (failed !== undefined) pair.warn(partial(changes, failed.outcome));
  return {
    outcome: outcomeOf(primary, secondary, failed !== undefined),
    changed: primary.outcome.result === 'written' ? primary.changed : secondary.changed,
  };
}

/** The primary alone, where dual-write is off; first what the queue has for it. */
export async function writePrimary(pair: Pair, changes: readonly StoreChange[]): Promise<Written> {
  const before = await repairPair(pair, [pair.primary]);
  const { outcome, changed } = await attempt(pair.primary, changes, before);
  if (outcome.result === 'failed') throw outcome.error;
  const left = superseded(before.left, changes, pair.primary);
  const isShorter = left.length < before.left.length || left.some((entry, i) => entry !== before.left[i]);
  if (isShorter) await pair.queue.replace(left);
  const skipped = { backend: pair.secondary.name, result: 'skipped' } as const;
  return { outcome: { primary: outcome, secondary: skipped, queued: false }, changed };
}

async function attempt(side: Side, changes: readonly StoreChange[], { failures }: Repaired): Promise<Attempt> {
  const backend = side.name;
  // What is queued for it comes first, or a later repair would put the older value over this one.
  if (failures.has(backend))
    return { outcome: { backend, result: 'failed', error: failures.get(backend) }, changed: [], refused: false };
  try {
    return { changed: await side.store.apply(changes), outcome: { backend, result: 'written' }, refused: false };
  } catch (error) {
    const refused = await isRefusalBy(side, changes, error);
    return { outcome: { backend, result: 'failed', error }, changed: [], refused };
  }
}

function afterWrite(
  { primary, secondary }: Pair,
  left: readonly QueueEntry[],
  changes: readonly StoreChange[],
  failed: Attempt | undefined,
): QueueEntry[] {
  const written = [primary, secondary].filter(({ name }) => name !== failed?.outcome.backend);
  return written.reduce<QueueEntry[]>((entries, side) => superseded(entries, changes, side), [...left]);
}

function queuedFor({ id, at, changes }: QueueEntry, { outcome, refused }: Attempt): QueueEntry {
  return { id, at, changes, state: 'queued', to: outcome.backend, reason: messageOf(outcome.error), refused };
}

function outcomeOf(primary: Attempt, secondary: Attempt, queued: boolean): WriteOutcome {
  return { primary: primary.outcome, secondary: secondary.outcome, queued };
}

/** Nothing of it is queued. Where a side may have it all the same, the entry stays until the sides have been compared. */
async function withdraw(pair: Pair, left: readonly QueueEntry[], changes: readonly StoreChange[]): Promise<void> {
  const isReady = !left.some(({ state }) => state === 'queued');
  if (isReady && (await isSettled(pair, changes))) await pair.queue.replace(left);
}

async function isSettled(pair: Pair, changes: readonly StoreChange[]): Promise<boolean> {
  try {
    await settle(pair, changes);
    return true;
  } catch (cause) {
    const { name } = pair.secondary;
    pair.warn({ kind: 'repair-failed', backend: name, message: `${name} may differ: ${messageOf(cause)}`, cause });
    return false;
  }
}

function partial(changes: readonly StoreChange[], { backend, error }: SideOutcome) {
  const keys = changes.map(changeKey).join(', ');
  const message = `${backend} did not take ${keys}, which is queued for repair: ${messageOf(error)}`;
  return { kind: 'partial-write', backend, message, cause: error } as const;
}
