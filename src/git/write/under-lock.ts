import { StateManagerError } from '../../errors.js';
import type { Unfinished } from '../../ports/state-repository.js';
import type { Checkout } from '../checkout-context.js';
import { acquireLock, type HeldLock } from './lock.js';
import { recoverDead } from './recover.js';

/**
 * Runs with the one lock of this clone held, after what dead writers left is finished or undone. Throws BUSY, FILE_FAILED, and
 * RECOVERY_NEEDED for what only a person decides.
 */
export async function underLock<Result>(
  checkout: Checkout,
  operation: string,
  run: (lock: HeldLock, recovered: readonly Unfinished[]) => Promise<Result>,
): Promise<Result> {
  const lock = await acquireLock(checkout.commonDir, operation, checkout.lockTimeout).catch(unwritable);
  try {
    const recovered = await recoverDead(checkout, 'auto');
    const undecided = recovered.find((write) => write.state === 'undecided');
    if (undecided !== undefined) throw recoveryNeeded(undecided);
    return await run(lock, recovered);
  } finally {
    await lock.release();
  }
}

/** A git folder that is read-only or full: what `acquireLock` itself refuses comes as it is. */
function unwritable(cause: unknown): never {
  if (!(cause instanceof Error) || !('syscall' in cause)) throw cause;
  throw new StateManagerError('FILE_FAILED', `The git folder cannot be written: ${cause.message}`, {
    cause,
    hint: 'check its permissions and the disk; nothing was written',
  });
}

function recoveryNeeded(write: Unfinished): StateManagerError {
  return new StateManagerError(
    'RECOVERY_NEEDED',
    `The write "${write.operation}" of ${write.startedAt} did not finish: its process (${write.pid}) is gone, and ${write.reason ?? 'its files were changed since'}. It was never acknowledged.`,
    { hint: 'stateroot recover --finish, or stateroot recover --undo', details: { unfinished: write } },
  );
}
