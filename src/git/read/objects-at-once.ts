import { StateManagerError } from '../../errors.js';
import type { RunOptions } from '../run.js';
import { runGitAtOnce } from '../run-at-once.js';
import { type GitObject, parseAnswer } from './cat-file-answer.js';

/**
 * Objects that one `git cat-file` is asked for together, by oid or `<revision>:<path>`; null where there is none. A name
 * with a newline is none that git could be asked about. Throws GIT_FAILED.
 */
export function readObjectsAtOnce(
  names: readonly string[],
  options: RunOptions,
): ReadonlyMap<string, GitObject | null> {
  const asked = [...new Set(names)].filter((name) => !name.includes('\n'));
  if (asked.length === 0) return new Map();
  const input = asked.map((name) => `${name}\n`).join('');
  let rest = runGitAtOnce(['cat-file', '--batch'], { ...options, input }).stdout;
  return new Map(
    asked.map((name) => {
      const answer = parseAnswer(rest);
      if ('wanted' in answer) {
        throw new StateManagerError('GIT_FAILED', 'git cat-file ended unexpectedly.', { hint: 'git fsck' });
      }
      rest = rest.subarray(answer.length);
      return [name, answer.object];
    }),
  );
}
