import type { ErrorEntry } from './error-entry.js';

/** Exit code 3: a person decides. Nothing was written; only a conflicted `merge` waits. */
export const personDecides = {
  CONFLICT: {
    message: 'Two changes cannot both stand.',
    causes: [
      'Two branches changed one address or one code of a record.',
      'An import or rollback would replace what was changed since.',
    ],
    resolution: [
      ['See what waits, by record.', 'stateroot resolve --list'],
      ['Decide each.', 'stateroot resolve'],
      ['Or give the merge up.', 'git merge --abort'],
    ],
    prevention: 'Keep branches short, and bring them together with `stateroot sync`.',
  },
  UNCOMMITTED_EDITS: {
    message: 'A file that would be written has edits that are not committed.',
    causes: ['Somebody edited a network file by hand, or staged another state of it.'],
    resolution: [
      ['See them.', 'stateroot diff'],
      ['Meant: seal and commit them. Not meant: take them back.', 'git restore -SW deployments/'],
    ],
    prevention: 'Commit edits by hand before a script runs.',
  },
  OPERATION_IN_PROGRESS: {
    message: 'A merge, rebase, cherry-pick or revert is in progress.',
    causes: ['It waits for decisions, or its end was forgotten.'],
    resolution: [
      ['See what it waits for.', 'git status'],
      ['Settle state in it.', 'stateroot resolve'],
      ['Then finish it, or abandon it with --abort of the same git command.'],
    ],
    prevention: 'Run deploy scripts in a clone of their own.',
  },
  BRANCH_EXISTS: {
    message: 'The branch that should be new exists.',
    causes: ['An earlier run made it.'],
    resolution: [
      ['See what is on it.', 'stateroot diff HEAD..<branch>'],
      ['Choose another name, or merge that one first.', 'stateroot merge <branch>'],
    ],
    prevention: 'Put a date or a number into the names of such branches.',
  },
  BRANCH_CHECKED_OUT: {
    message: 'The branch is checked out in another worktree, which would not follow.',
    causes: ['`git worktree add` checked it out elsewhere.'],
    resolution: [
      ['See where.', 'git worktree list'],
      ['Run the command there.', 'stateroot -C <folder> status'],
    ],
    prevention: 'One worktree per branch that scripts write to.',
  },
  RECOVERY_NEEDED: {
    message: 'A write died, and what it left was changed since: only a person can say what stands.',
    causes: ['A process was killed in the middle of a write, and somebody edited the files before the next one.'],
    resolution: [
      ['See what it was about to do.', 'stateroot recover'],
      ['Make its commit.', 'stateroot recover --finish'],
      ['Or take it back.', 'stateroot recover --undo'],
    ],
    prevention: 'After a crash, run the next write before editing by hand: it clears up by itself.',
  },
} satisfies Record<string, ErrorEntry>;
