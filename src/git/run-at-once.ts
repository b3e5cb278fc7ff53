import { spawnSync } from 'node:child_process';
import { gitCommand, type GitResult, gitResult, type RunOptions, spawnFailed } from './run.js';

/**
 * `runGit` for a process that has nothing else to do meanwhile, as the hook of a commit: no stream is opened and no event
 * awaited, which cost it more than git's answer does. Throws as `runGit`.
 */
export function runGitAtOnce(args: readonly string[], options: RunOptions): GitResult {
  const command = gitCommand(args, options);
  const { status, stdout, stderr, error } = spawnSync('git', command.args, {
    cwd: options.cwd,
    env: command.env,
    input: options.input ?? '',
    maxBuffer: Number.POSITIVE_INFINITY,
    windowsHide: true,
  });
  // A git that could not be started has no output at all; one that ended before it read its input has an exit code.
  if (error !== undefined && status === null) throw spawnFailed(args, error);
  return gitResult(args, options, { code: status ?? -1, stdout, stderr: stderr.toString('utf8') });
}
