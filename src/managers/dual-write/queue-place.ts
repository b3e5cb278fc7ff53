import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { compareText } from '../../core/equal.js';
import type { Environment } from '../../git/environment.js';
import { lockFolder } from '../../git/write/lock.js';
import { checkoutAround } from '../checkout-around.js';

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
  const place = await checkoutAround(cwd, env);
  if (place === null) return join(cwd, 'leveldb.dual-write', file);
  const root = place.root === '' ? [] : [createHash('sha256').update(place.root).digest('hex').slice(0, 12)];
  return join(lockFolder(place.gitDir), 'dual-write', ...root, file);
}
