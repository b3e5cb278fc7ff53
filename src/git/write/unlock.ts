import { rm } from 'node:fs/promises';
import { StateManagerError } from '../../errors.js';
import { lockFolder, lockPath, readLocks } from './lock.js';
import { liveness } from './process-identity.js';

/**
 * Removes a lock that cannot be judged from here (another host or pid namespace); the id is the proof that someone looked
 * at it. Throws NOT_FOUND, and BUSY while its process lives on this machine.
 */
export async function unlock(commonDir: string, id: string): Promise<void> {
  const folder = lockFolder(commonDir);
  const locks = await readLocks(folder);
  const lock = locks.find((candidate) => candidate.id === id);
  if (lock === undefined) {
    const known = locks.map((candidate) => candidate.id);
    throw new StateManagerError('NOT_FOUND', `There is no lock ${JSON.stringify(id)}.`, {
      hint: known.length === 0 ? 'nothing is locked' : `stateroot unlock ${known.join(' or ')}`,
      details: { locks: known },
    });
  }
  if ((await liveness(lock)) === 'alive') {
    throw new StateManagerError(
      'BUSY',
      `Process ${lock.pid} on this machine holds the lock ${id} and is running "${lock.operation}".`,
      {
        hint: 'wait for it to end, or end that process first',
      },
    );
  }
  await rm(lockPath(folder, id), { force: true });
}
