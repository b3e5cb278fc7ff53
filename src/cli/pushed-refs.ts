import { shown } from '../core/shown.js';
import { StateManagerError } from '../errors.js';
import type { CommitScope } from '../ports/state-changes.js';

const oid = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/**
 * The commits that a push brings, from what git tells its hook on stdin; null when it only deletes. `pre-push`: lines of
 * `<local ref> <local oid> <remote ref> <remote oid>`, new is what the remote's branches do not have; `pre-receive`:
 * `<old oid> <new oid> <ref>`, new is what no ref here has. Throws BAD_INPUT.
 */
export function pushedCommits(hook: 'pre-push' | 'pre-receive', input: string, remote?: string): CommitScope | null {
  const updates = input
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (hook === 'pre-push' ? sentUpdate(line) : receivedUpdate(line)));
  const tips = [...new Set(updates.map(({ after }) => after).filter(isThere))];
  if (tips.length === 0) return null;
  if (hook === 'pre-receive') return { tips, known: { everyRef: true } };
  const commits = updates.map(({ before }) => before).filter(isThere);
  return { tips, known: { commits, ...(remote === undefined ? {} : { remote }) } };
}

type Update = { readonly before: string; readonly after: string };

// A local ref may be any revision, spaces included; the three fields after it hold none.
function sentUpdate(line: string): Update {
  const [after, , before] = line.split(' ').slice(-3);
  return checked(line, before, after);
}

function receivedUpdate(line: string): Update {
  const [before, after] = line.split(' ');
  return checked(line, before, after);
}

function checked(line: string, before = '', after = ''): Update {
  if (oid.test(before) && oid.test(after)) return { before, after };
  throw new StateManagerError('BAD_INPUT', `git's line ${shown(line)} does not say what is pushed.`, {
    hint: 'this is called by git: git push',
  });
}

/** Only zeros stand for a ref that is not there. */
function isThere(commit: string): boolean {
  return /[^0]/.test(commit);
}
