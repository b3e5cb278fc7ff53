import { StateManagerError } from '../errors.js';
import type { WriteTarget } from '../ports/state-repository.js';
import { shown } from '../core/shown.js';
import { flag, text } from './arguments.js';
import type { Arguments } from './command.js';

/** Where `put`, `delete`, `apply` and `rollback` write: the current branch, or with `--branch` a new one. Throws BRANCH_INVALID. */
export function writeTarget(args: Arguments): WriteTarget {
  const branch = text(args, 'branch');
  if (branch === undefined) return { kind: 'head', allowDetached: flag(args, 'allow-detached') };
  // Stricter than git's check-ref-format, which lets $(id) and backticks through to every script that prints a branch.
  if (
    !/^[A-Za-z0-9_][A-Za-z0-9_.+@=-]*(\/[A-Za-z0-9_][A-Za-z0-9_.+@=-]*)*$/.test(branch) ||
    /\.\.|@\{|\.lock$|\.$|^HEAD$/.test(branch)
  ) {
    throw new StateManagerError('BRANCH_INVALID', `${shown(branch)} is no branch name that is safe everywhere.`, {
      hint: 'use letters, digits, / . _ -, for example --branch deploy/fee-manager',
    });
  }
  return { kind: 'branch', ref: `refs/heads/${branch}`, create: true };
}
