import { setTimeout as sleep } from 'node:timers/promises';
import { StateManagerError } from '../errors.js';
import { shown } from '../core/shown.js';
import type { PushOutcome, RemoteBranch, Remotes } from '../ports/remotes.js';
import { type Checkout, inCheckout } from './checkout-context.js';
import { openCheckoutContext, type OpenOptions } from './open-checkout-context.js';
import { runGit } from './run.js';
import { type StrictGit, strictGit } from './strict-git.js';
import { isReached } from './write/move-ref.js';
import { readHead, readRef } from './write/position.js';

/** Remotes of the checkout around `cwd`. Throws NOT_A_REPOSITORY and BARE_REPOSITORY. */
export async function openRemotes(cwd: string, options: OpenOptions = {}): Promise<Remotes> {
  const checkout = await openCheckoutContext(cwd, options);
  const git = strictGit(checkout.top, options.env);
  return {
    names: () => remoteNames(checkout),
    branchOf: (remote) => branchOf(checkout, remote),
    fetch: (branch) => fetch(checkout, branch),
    push: (branch, commit, expected) => push(git, branch, commit, expected),
    pause: (attempt) => sleep(Math.min(25 * 1.5 ** attempt, 1000) * (0.5 + Math.random())),
    isAncestor: (ancestor, commit) => isReached(checkout, ancestor, commit),
    count: (known, commit) => count(checkout, known, commit),
  };
}

async function branchOf(checkout: Checkout, wanted: string | undefined): Promise<RemoteBranch> {
  const { branch } = await readHead(checkout);
  if (branch === null) {
    throw new StateManagerError('DETACHED_HEAD', 'HEAD is detached: there is no branch to bring together.', {
      hint: 'git switch <branch>',
    });
  }
  const name = branch.replace(/^refs\/heads\//, '');
  const [remote, merge, remotes] = await Promise.all([
    config(checkout, `branch.${name}.remote`),
    config(checkout, `branch.${name}.merge`),
    remoteNames(checkout),
  ]);
  const chosen = wanted ?? remote ?? 'origin';
  if (!remotes.includes(chosen)) {
    throw new StateManagerError('BAD_INPUT', `There is no remote ${shown(chosen)} in this clone.`, {
      hint: remotes.length === 0 ? 'git remote add origin <url>' : `it has ${remotes.map(shown).join(', ')}`,
    });
  }
  const there = chosen === remote && merge !== null ? merge : branch;
  return { remote: chosen, branch: there, tracking: `refs/remotes/${chosen}/${there.replace(/^refs\/heads\//, '')}` };
}

async function remoteNames(checkout: Checkout): Promise<string[]> {
  const { stdout } = await runGit(['remote'], inCheckout(checkout));
  const lines = stdout.toString('utf8').split('\n');
  return lines.filter((line) => line !== '').sort();
}

async function config(checkout: Checkout, key: string): Promise<string | null> {
  const { code, stdout } = await runGit(['config', '--get', key], inCheckout(checkout, { answers: [1] }));
  return code === 0 ? stdout.toString('utf8').trim() : null;
}

/** By the plumbing: simple-git waits 50 ms after a command that says nothing, and this is where races are lost. */
async function fetch(checkout: Checkout, { remote, branch, tracking }: RemoteBranch): Promise<string | null> {
  const args = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', remote, `+${branch}:${tracking}`];
  try {
    await runGit(args, inCheckout(checkout));
  } catch (error) {
    if (error instanceof StateManagerError && /couldn't find remote ref/.test(error.message)) return null;
    throw error;
  }
  return readRef(checkout, tracking);
}

/**
 * `--force-with-lease` names the value that has to stand there; what is pushed descends from it, so nothing is ever
 * overwritten. The answer is read from `--porcelain`, not from the exit code.
 */
async function push(
  git: StrictGit,
  { remote, branch }: RemoteBranch,
  commit: string,
  expected: string | null,
): Promise<PushOutcome> {
  const lease = `--force-with-lease=${branch}:${expected ?? ''}`;
  try {
    await git('push', '--porcelain', '--no-follow-tags', lease, remote, `${commit}:${branch}`);
    return { kind: 'pushed' };
  } catch (error) {
    if (!(error instanceof StateManagerError) || error.code !== 'GIT_FAILED') throw error;
    return outcomeOf(error);
  }
}

const moved =
  /stale info|fetch first|non-fast-forward|cannot lock ref|failed to update ref|incorrect old value|already exists|unable to (?:create|lock)/;
const disconnected =
  /hung up|unexpected disconnect|early EOF|remote failed to report status|remote failure|connection|timed out|could not read from remote|unable to access|RPC failed|broken pipe|unpack/i;

/** Throws PUSH_REFUSED and HOOK_REFUSED for what another try does not change. */
function outcomeOf(error: StateManagerError): PushOutcome {
  const said = error.message;
  const rejected = /^!\t\S+\t\[(.+?)\] ?(.*)$/m.exec(said);
  const reason = rejected === null ? said : `${rejected[1] ?? ''} ${rejected[2] ?? ''}`.trim();
  if (rejected !== null && moved.test(reason)) return { kind: 'raced', reason };
  if (disconnected.test(reason)) return { kind: 'unknown', reason };
  if (rejected !== null) {
    throw new StateManagerError('PUSH_REFUSED', `The remote refused the push: ${said}`, {
      cause: error,
      hint: 'what it refuses is in its message; your commits are kept here. For a protected branch push another one and open a pull request',
    });
  }
  throw new StateManagerError('HOOK_REFUSED', `The push was refused before it was sent: ${said}`, {
    cause: error,
    hint: 'the pre-push hook of this clone says why; your commits are kept here',
  });
}

async function count(
  checkout: Checkout,
  known: string | null,
  commit: string,
): Promise<{ commits: number; merges: number }> {
  const not = known === null ? [] : [`^${known}`];
  const args = ['rev-list', '--parents', commit, ...not];
  const lines = (await runGit(args, inCheckout(checkout))).stdout
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
  const merges = lines.filter((line) => line.split(' ').length > 2).length;
  return { commits: lines.length - merges, merges };
}
