import { mkdtemp, rm } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { Ref } from '../core/backup/manifest.js';
import { compareText } from '../core/equal.js';
import type { BundleHead, Bundles, BundleSource } from '../ports/bundles.js';
import { inCheckout } from './checkout-context.js';
import type { Environment } from './environment.js';
import { openCheckoutContext, type OpenOptions } from './open-checkout-context.js';
import { openRepository } from './open-repository.js';
import { gitText, runGit, type RunOptions } from './run.js';

/** The repository around `cwd`, to make a bundle of. Throws NOT_A_REPOSITORY and BARE_REPOSITORY. */
export async function openBundleSource(cwd: string, options: OpenOptions = {}): Promise<BundleSource> {
  const checkout = await openCheckoutContext(cwd, options);
  return {
    top: checkout.top,
    shallow: async () => (await gitText(['rev-parse', '--is-shallow-repository'], inCheckout(checkout))) === 'true',
    objectFormat: async () => (await checkout.objectFormat()).name,
    async create(file) {
      await runGit(['bundle', 'create', '--quiet', file, '--all'], inCheckout(checkout));
    },
  };
}

/** @see Bundles */
export function bundlesOf(base: Environment = process.env): Bundles {
  const env = withoutRepository(base);
  return {
    heads: async (file) => refLines(await gitText(['bundle', 'list-heads', file], { cwd: tmpdir(), env })),
    restore: (file, folder, head) => restore(file, head, { cwd: folder, env, durable: true }),
    refs: async (folder) =>
      refLines(await gitText(['for-each-ref', '--format=%(objectname) %(refname)'], { cwd: folder, env })),
    open: (folder) => openRepository(folder, { env }),
    async scratch(use) {
      const folder = await mkdtemp(join(tmpdir(), 'stateroot-backup-'));
      try {
        return await use(folder);
      } finally {
        await rm(folder, { recursive: true, force: true, maxRetries: 3 });
      }
    },
  };
}

/** Without hooks and templates: what a bundle brings, or a user's git adds to each clone, must not run here. */
async function restore(file: string, head: BundleHead, options: RunOptions): Promise<void> {
  const quiet = ['-c', `core.hooksPath=${devNull}`];
  const unborn = '--initial-branch=stateroot-restoring';
  await runGit(['init', '--quiet', '--template=', `--object-format=${head.objectFormat}`, unborn, '.'], options);
  await runGit(['bundle', 'verify', '--quiet', file], options);
  const fetch = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--update-head-ok', '--no-auto-maintenance'];
  await runGit([...quiet, ...fetch, file, 'HEAD', '+refs/*:refs/*'], options);
  if (head.branch === null) await runGit([...quiet, 'update-ref', '--no-deref', 'HEAD', head.commit], options);
  else await runGit(['symbolic-ref', 'HEAD', head.branch], options);
  await runGit([...quiet, 'reset', '--quiet', '--hard', head.commit], options);
  await runGit(['fsck', '--full', '--no-dangling', '--no-progress'], options);
}

function refLines(text: string): Ref[] {
  const lines = text.split('\n').filter((line) => line !== '');
  const refs = lines.map((line) => ({
    oid: line.slice(0, line.indexOf(' ')),
    name: line.slice(line.indexOf(' ') + 1),
  }));
  return refs.sort((a, b) => compareText(a.name, b.name));
}

const ofRepository = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_COMMON_DIR',
  'GIT_INDEX_FILE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_NAMESPACE',
  'GIT_PREFIX',
  'GIT_SHALLOW_FILE',
];

/** A clone is a repository of its own, whatever repository this process was started in. */
export function withoutRepository(base: Environment): Environment {
  return Object.fromEntries(Object.entries(base).filter(([name]) => !ofRepository.includes(name)));
}
