import { shown } from '../core/shown.js';
import { StateManagerError } from '../errors.js';
import type { Tag, Tags } from '../ports/tags.js';
import { type Checkout, inCheckout } from './checkout-context.js';
import { openCheckoutContext, type OpenOptions } from './open-checkout-context.js';
import { gitText, runGit } from './run.js';
import { refuseWithoutIdentity } from './write/check-paths.js';
import { syncRef } from './write/move-ref.js';
import { readRef } from './write/position.js';

/** Tags of the repository around `cwd`. Throws NOT_A_REPOSITORY and BARE_REPOSITORY. */
export async function openTags(cwd: string, options: OpenOptions = {}): Promise<Tags> {
  const checkout = await openCheckoutContext(cwd, options);
  return {
    create: (name, commit, message) => createTag(checkout, { name, commit, message }),
    list: (folder) => listTags(checkout, folder),
  };
}

async function createTag(
  checkout: Checkout,
  { name, commit, message }: { readonly name: string; readonly commit: string; readonly message: string },
): Promise<void> {
  await refuseWithoutIdentity(checkout);
  const args = ['tag', '--annotate', `--message=${message}`, '--end-of-options', name, commit];
  const { code, stderr } = await runGit(args, inCheckout(checkout, { durable: true, answers: [1, 128] }));
  if (code === 0) {
    await syncRef(checkout, `refs/tags/${name}`);
    return;
  }
  const there = await readRef(checkout, `refs/tags/${name}`);
  if (there === commit) return;
  if (there === null) {
    throw new StateManagerError('GIT_FAILED', `git tag ${shown(name)} failed: ${stderr.trim()}`, {
      hint: 'stateroot doctor',
      details: { exitCode: code, stderr },
    });
  }
  throw new StateManagerError('CONFLICT', `The tag ${shown(name)} is there, at ${there.slice(0, 7)}`, {
    hint: `git show ${name}`,
    details: { name, commit: there },
  });
}

async function listTags(checkout: Checkout, folder: string): Promise<Tag[]> {
  const format = '%(refname:lstrip=2)%00%(objectname)%00%(*objectname)%00%(creatordate:unix)';
  const args = ['for-each-ref', `--format=${format}`, `refs/tags/${folder}/`];
  const lines = (await gitText(args, inCheckout(checkout))).split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const [name = '', oid = '', peeled = '', seconds = '0'] = line.split('\0');
    return { name, commit: peeled === '' ? oid : peeled, time: Number(seconds) * 1000 };
  });
}
