import { StateManagerError } from '../../errors.js';

/**
 * Writes again when another process held the lock or moved the branch, up to five times, later each time. Not when the
 * commit is made already and only its push was raced: the next one would find nothing to write.
 */
export async function againWhenBusy<Result>(write: () => Promise<Result>): Promise<Result> {
  const { ExponentialBackoff, handleWhen, retry } = await import('cockatiel');
  const backoff = new ExponentialBackoff({ initialDelay: 20, maxDelay: 2_000 });
  return retry(handleWhen(isBusy), { maxAttempts: 5, backoff }).execute(write);
}

function isBusy(error: Error): boolean {
  if (!(error instanceof StateManagerError) || 'commits' in error.details) return false;
  return error.code === 'BUSY' || error.code === 'RACED';
}
