import type { Merges } from '../../ports/merges.js';
import { type Checkout, inCheckout } from '../checkout-context.js';
import { openCheckoutContext, type OpenOptions } from '../open-checkout-context.js';
import { readBlob } from '../read/commit-tree.js';
import { runGit } from '../run.js';
import { refuseWithoutIdentity } from '../write/check-paths.js';
import { divergedFiles } from './diverged.js';
import { fastForward } from './fast-forward.js';
import { leaveWaiting } from './leave-waiting.js';
import { storeMerge } from './merge-commit.js';

/** Merging in the checkout around `cwd`. Throws NOT_A_REPOSITORY and BARE_REPOSITORY. */
export async function openMerges(cwd: string, options: OpenOptions = {}): Promise<Merges> {
  const checkout = await openCheckoutContext(cwd, options);
  return {
    describe: (revision) => describe(checkout, revision),
    async mergeBases(a, b) {
      const { stdout } = await runGit(['merge-base', '--all', a, b], inCheckout(checkout, { answers: [1] }));
      return stdout
        .toString('utf8')
        .split('\n')
        .filter((line) => line !== '');
    },
    diverged: (sides) => divergedFiles(checkout, sides),
    async blobs(oids) {
      const read = oids.map(async (oid) => [oid, await readBlob(checkout.objects, oid, 'a state file')] as const);
      return new Map(await Promise.all(read));
    },
    async commit(sides, files, message) {
      await refuseWithoutIdentity(checkout);
      return storeMerge(checkout, sides, files, message);
    },
    fastForward: (from, to) => fastForward(checkout, from, to),
    leaveWaiting: (sides, message, files) => leaveWaiting(checkout, sides, message, files),
    close: () => {
      checkout.objects.close();
    },
  };
}

/** As `git merge` names what it merges. */
async function describe(checkout: Checkout, revision: string): Promise<string> {
  const args = ['rev-parse', '--verify', '--quiet', '--symbolic-full-name', '--end-of-options', revision];
  const { stdout } = await runGit(args, inCheckout(checkout, { answers: [1, 128] }));
  const [, kind, name] = /^refs\/(heads|remotes|tags)\/(.+)\n$/.exec(stdout.toString('utf8')) ?? [];
  if (name === undefined) return `commit '${revision}'`;
  const kinds: Readonly<Record<string, string>> = { heads: 'branch', remotes: 'remote-tracking branch', tags: 'tag' };
  return `${kinds[kind ?? ''] ?? ''} '${name}'`;
}
