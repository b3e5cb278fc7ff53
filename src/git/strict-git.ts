import { simpleGit } from 'simple-git';
import { StateManagerError } from '../errors.js';
import { type Environment, gitEnvironment } from './environment.js';
import { gitMissing } from './run.js';

/** A git command by its arguments; resolves with its stdout. */
export type StrictGit = (...args: readonly string[]) => Promise<string>;

/**
 * simple-git where porcelain is wanted and milliseconds are not: configuration, status, branches. Strict: any non-zero
 * exit rejects with GIT_FAILED (by itself it takes a silent failure for success), and the environment stays whole (by
 * itself it drops what a hook was given). Arguments are never user text in the place of an option.
 */
export function strictGit(folder: string, env?: Environment): StrictGit {
  const environment = gitEnvironment(env, false);
  const git = simpleGit({
    baseDir: folder,
    // A repository's own configuration must not run a program when we ask for its status.
    config: ['core.fsmonitor=false'],
    allowEnvironment: Object.keys(environment),
    // The user's own environment: with EDITOR set, which npx does, it would refuse every call.
    unsafe: {
      allowUnsafeEditor: true,
      allowUnsafeAskPass: true,
      allowUnsafeSshCommand: true,
      allowUnsafeGitProxy: true,
      allowUnsafeDiffExternal: true,
      allowUnsafeTemplateDir: true,
      allowUnsafeExec: true,
      allowUnsafePager: true,
      // For the setting above, which switches it off.
      allowUnsafeFsMonitor: true,
      allowUnsafeHooksPath: true,
      allowUnsafeConfigPaths: true,
      allowUnsafeConfigEnvCount: true,
    },
    errors: (error, result) =>
      error ?? (result.exitCode === 0 ? undefined : Buffer.concat([...result.stdErr, ...result.stdOut])),
  }).env(environment);
  return async (...args) => {
    try {
      return await git.raw(...args);
    } catch (cause) {
      const message = cause instanceof Error ? cause.message.trim() : String(cause);
      if (message.includes('ENOENT')) throw gitMissing(cause);
      throw new StateManagerError('GIT_FAILED', `git ${args[0] ?? ''} failed: ${message || 'it said nothing'}`, {
        cause,
        hint: 'run it by hand to see more',
      });
    }
  };
}
