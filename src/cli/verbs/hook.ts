import type { ValidatedChanges } from '../../commands/validate-changes.js';
import { hasErrors } from '../../core/finding.js';
import { shown } from '../../core/shown.js';
import { compileKeccak } from '../../core/values/keccak.js';
import { StateManagerError } from '../../errors.js';
import type { Scope } from '../../ports/state-changes.js';
import { required, texts } from '../arguments.js';
import { type Arguments, type Context, type Outcome, type Verb, silent } from '../command.js';
import { pushedCommits } from '../pushed-refs.js';

/**
 * `hook <name>`: judges what a commit (the index git gave, also for a merge) or a push (each of its commits) records,
 * and only the state files that it changes. With `-` a hook of a commit gives what it asked git already.
 */
export const runHook: Verb = async (args, context) => {
  const name = required(args, 'name');
  const scope = await scopeOf(name, args, context);
  if (scope === null) return { data: { hook: name, files: [], commits: [] }, text: silent };
  const judged = await judge(scope, texts(args, 'args')[0] === '-', context);
  const { findings, commits } = judged;
  return {
    data: {
      hook: name,
      files: [...new Set(commits.flatMap(({ files }) => files))].sort(),
      commits: commits.flatMap(({ commit }) => (commit === null ? [] : [commit])),
    },
    findings,
    exit: hasErrors(findings) ? 1 : 0,
    text: silent,
    ...(findings.length === 0 ? {} : await told(scope, judged)),
  };
};

async function scopeOf(name: string, args: Arguments, context: Context): Promise<Scope | null> {
  if (name === 'pre-commit' || name === 'pre-merge-commit') return 'index';
  if (name === 'pre-push' || name === 'pre-receive') {
    const input = Buffer.from(await context.readInput('-')).toString('utf8');
    return pushedCommits(name, input, texts(args, 'args')[0]);
  }
  throw new StateManagerError('BAD_USAGE', `There is no hook ${shown(name)}.`, { hint: 'stateroot help hook' });
}

/** What is slow begins first, and texts are loaded only for something to tell: a commit waits. */
async function judge(scope: Scope, given: boolean, context: Context): Promise<ValidatedChanges> {
  const compiled = compileKeccak();
  const changes = (await context.openChanges(given)).changes(scope);
  const { validateChanges } = await import('../../commands/validate-changes.js');
  await compiled;
  return validateChanges(changes);
}

async function told(scope: Scope, judged: ValidatedChanges): Promise<Pick<Outcome, 'notes'>> {
  const { commitNotes, pushNotes } = await import('../text/gate-notes.js');
  return { notes: (style) => (scope === 'index' ? commitNotes(judged, style) : pushNotes(judged, style)) };
}
