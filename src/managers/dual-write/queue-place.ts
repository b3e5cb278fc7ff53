import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { compareText } from '../../core/equal.js';
import { findCheckout } from '../../git/checkout-place.js';
import type { Environment } from '../../git/environment.js';
import { lockFolder } from '../../git/write/lock.js';
import { StateManagerError } from '../../errors.js';

/**
 * Where the queue of a pair of backends is kept: in the git dir of the worktree, which moves with it and is no part of any
 * commit; outside git in `leveldb.dual-write` beside the LevelDB. A name for each pair and state root.
 */
export async function queuePlace(
  cwd: string,
  names: readonly [string, string],
  env: Environment = process.env,
): Promise<string> {
  const file = `${names.toSorted(compareText).join('+')}.jsonl`;
  const place = await checkoutOf(cwd, env);
  if (place === null) return join(cwd, 'leveldb.dual-write', file);
  const root = place.root === '' ? [] : [createHash('sha256').update(place.root).digest('hex').slice(0, 12)];
  return join(lockFolder(place.gitDir), 'dual-write', ...root, file);
}

async function checkoutOf(cwd: string, env: Environment) {
  try {
    return await findCheckout(cwd, env);
  } catch (cause) {
    if (cause instanceof StateManagerError && outside.has(cause.code)) return null;
    throw cause;
  }
}

const outside: ReadonlySet<string> = new Set(['NOT_A_REPOSITORY', 'BARE_REPOSITORY', 'GIT_NOT_FOUND']);
