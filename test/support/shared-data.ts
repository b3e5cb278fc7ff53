import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A path in the developers' shared data, which the repository never contains: `../shared/data` beside the checkout,
 * or where STATEROOT_SHARED_DATA says. Null when it is not there; the test then skips and says so.
 */
export function sharedData(...segments: string[]): string | null {
  const folder =
    process.env['STATEROOT_SHARED_DATA'] ?? join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data');
  const path = join(folder, ...segments);
  return existsSync(path) ? path : null;
}
