import { existsSync, realpathSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { StateManagerError } from '../errors.js';
import { configPath } from '../core/layout.js';
import type { Environment } from './environment.js';
import { gitText, runGit } from './run.js';

/** Where a checkout lives. All paths are absolute. */
export type CheckoutPlace = {
  /** Top of the work tree. */
  readonly top: string;
  /** This worktree's git dir: HEAD, index, what is in progress. */
  readonly gitDir: string;
  /** The directory all worktrees share: refs, objects, our lock. */
  readonly commonDir: string;
  /** The nearest state root at or above the starting directory, relative to `top` with `/` (CONTRACT §2). */
  readonly root: string;
};

/**
 * Finds the checkout around a directory. The usual case looks at files only: a read of the work tree must not pay for
 * a git process. Throws NOT_A_REPOSITORY and BARE_REPOSITORY.
 */
export async function findCheckout(start: string, environment: Environment): Promise<CheckoutPlace> {
  if (!existsSync(start)) {
    throw new StateManagerError('NOT_A_REPOSITORY', `${start} does not exist.`, {
      hint: 'name a folder inside a git repository',
    });
  }
  const cwd = realpathSync(start);
  const named = environment['GIT_DIR'] !== undefined || environment['GIT_WORK_TREE'] !== undefined;
  const place = (named ? null : await walkUp(cwd)) ?? (await askGit(cwd, environment));
  return { ...place, root: stateRootAbove(cwd, place.top) };
}

async function walkUp(cwd: string): Promise<Omit<CheckoutPlace, 'root'> | null> {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const dotGit = join(folder, '.git');
    const stats = statSync(dotGit, { throwIfNoEntry: false });
    if (stats?.isDirectory() === true && existsSync(join(dotGit, 'HEAD'))) {
      return { top: folder, gitDir: dotGit, commonDir: await commonDirOf(dotGit) };
    }
    if (stats?.isFile() === true) return await linked(folder, dotGit);
    if (dirname(folder) === folder) return null;
  }
}

/** A `.git` file: a linked worktree or a submodule. */
async function linked(top: string, dotGit: string): Promise<Omit<CheckoutPlace, 'root'> | null> {
  const target = /^gitdir: (.+)\n?$/.exec(await readFile(dotGit, 'utf8'))?.[1];
  if (target === undefined) return null;
  const gitDir = resolve(top, target);
  return existsSync(join(gitDir, 'HEAD')) ? { top, gitDir, commonDir: await commonDirOf(gitDir) } : null;
}

async function commonDirOf(gitDir: string): Promise<string> {
  const file = join(gitDir, 'commondir');
  return existsSync(file) ? resolve(gitDir, (await readFile(file, 'utf8')).trim()) : gitDir;
}

async function askGit(cwd: string, env: Environment): Promise<Omit<CheckoutPlace, 'root'>> {
  const options = { cwd, env };
  const bare = await runGit(['rev-parse', '--is-bare-repository'], { ...options, answers: [128] });
  if (bare.code === 128) {
    throw new StateManagerError('NOT_A_REPOSITORY', `${cwd} is not inside a git repository.`, {
      hint: 'git init && stateroot init',
      details: { stderr: bare.stderr },
    });
  }
  if (bare.stdout.toString().trim() === 'true') {
    throw new StateManagerError(
      'BARE_REPOSITORY',
      `${cwd} is a bare repository: it has no work tree to keep state in.`,
      {
        hint: 'git clone it, and run stateroot in the clone',
      },
    );
  }
  const args = ['rev-parse', '--path-format=absolute', '--show-toplevel', '--absolute-git-dir', '--git-common-dir'];
  const [top, gitDir, commonDir] = (await gitText(args, options)).split('\n');
  if (top === undefined || gitDir === undefined || commonDir === undefined) {
    throw new StateManagerError('NOT_A_REPOSITORY', `git named no work tree around ${cwd}.`, { hint: 'git status' });
  }
  return { top: realpathSync(top), gitDir, commonDir };
}

function stateRootAbove(cwd: string, top: string): string {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const path = relative(top, folder);
    if (path === '' || path.startsWith('..') || isAbsolute(path)) return '';
    const root = path.split(sep).join('/');
    if (existsSync(join(top, configPath(root)))) return root;
  }
}
