import { rootsOf } from '../../core/layout.js';
import type { Place } from '../../ports/state-repository.js';
import { type Checkout, inCheckout } from '../checkout-context.js';
import { runGit } from '../run.js';

const anywhere = [':(top,glob)**/deployments/**', ':(top,glob)**/stateroot.config.json'];

/** Every state root of a place, found from the tree itself (CONTRACT §2). */
export async function findRoots(checkout: Checkout, place: Place): Promise<readonly string[]> {
  const { stdout } = await runGit(
    listing(place),
    inCheckout(checkout, { index: place === 'index' ? 'inherit' : undefined }),
  );
  return rootsOf(
    stdout
      .toString('utf8')
      .split('\0')
      .filter((path) => path !== ''),
  );
}

function listing(place: Place): string[] {
  if (place === 'index') return ['ls-files', '-z', '--', ...anywhere];
  if (place === 'worktree') return ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...anywhere];
  // ls-tree knows no glob: everything is listed, and rootsOf keeps what counts.
  return ['ls-tree', '-r', '-z', '--name-only', '--full-tree', place.commit];
}
