import process from 'node:process';
import { askObjectFormat, type Checkout } from '../../src/git/checkout-context.js';
import { findCheckout } from '../../src/git/checkout-place.js';
import { openObjects } from '../../src/git/objects.js';
import { buildCommits } from '../../src/git/write/build-commits.js';
import { blobsAt } from '../../src/git/write/check-paths.js';
import { holdIndex, stage } from '../../src/git/write/index-lock.js';
import { type Journal, writeJournal } from '../../src/git/write/journal.js';
import { acquireLock, lockFolder } from '../../src/git/write/lock.js';
import { moveRef } from '../../src/git/write/move-ref.js';
import { placeFile } from '../../src/git/write/place-files.js';
import { readPosition } from '../../src/git/write/position.js';

/**
 * Run as a program: `die-at.js <repository> <step> <path> <text>`. Makes the steps of a write in their order with the
 * adapter's own parts, and ends like SIGKILL after the named one: nothing is cleaned up.
 */
export const steps = ['lock', 'journal', 'index-lock', 'work-tree', 'stage', 'index', 'ref-step', 'ref'] as const;

if (process.argv[1] === import.meta.filename) {
  const [, , folder = '', step = '', path = '', text = ''] = process.argv;
  await dieAt(folder, step, path, text);
}

async function dieAt(folder: string, step: string, path: string, text: string): Promise<void> {
  const place = await findCheckout(folder, process.env);
  const options = { cwd: place.top, env: process.env };
  const checkout: Checkout = {
    ...place,
    env: process.env,
    objects: openObjects(options),
    lockTimeout: 1000,
    objectFormat: () => askObjectFormat(options),
  };
  const reached = (name: (typeof steps)[number]) => {
    if (name === step) process.kill(process.pid, 'SIGKILL');
  };
  const lock = await acquireLock(checkout.commonDir, `put ${path}`, 1000);
  reached('lock');
  const position = await readPosition(checkout, { kind: 'head', allowDetached: false });
  const before = (await blobsAt(checkout, position.parent, [path])).get(path) ?? null;
  const plans = [{ files: new Map([[path, text]]), message: 'state: died\n' }];
  const built = await buildCommits(checkout, position.parent, plans, lock);
  const after = built.blobs.get(path) ?? null;
  const journal: Journal = {
    ...{
      id: lock.id,
      operation: lock.operation,
      startedAt: lock.startedAt,
      pid: lock.pid,
      host: lock.host,
      step: 'files',
    },
    ...{ ref: position.ref, base: position.base, commit: built.commits[0] ?? '' },
    checkout: { top: checkout.top, gitDir: checkout.gitDir },
    paths: [{ path, before, after }],
  };
  await writeJournal(lockFolder(checkout.commonDir), journal);
  reached('journal');
  const index = await holdIndex(checkout, lock.id, 1000);
  reached('index-lock');
  await placeFile(checkout, path, after, lock.id);
  reached('work-tree');
  await stage(checkout, index, built.blobs);
  reached('stage');
  await index.publish();
  reached('index');
  await writeJournal(lockFolder(checkout.commonDir), { ...journal, step: 'ref' });
  reached('ref-step');
  await moveRef(checkout, { ref: journal.ref, from: journal.base, to: journal.commit, reason: 'died' }, 1000);
  reached('ref');
}
