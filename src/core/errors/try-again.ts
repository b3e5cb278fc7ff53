import type { ErrorEntry } from './error-entry.js';

/** Exit code 5: busy or raced. Nothing was written; the same call may succeed now. */
export const tryAgain = {
  BUSY: {
    message: 'Another process writes here.',
    causes: ['Another stateroot or git command runs in this clone, or one died and left its lock.'],
    resolution: [
      ['Run it again.'],
      ['See who holds what.', 'stateroot status'],
      ['A lock of another host, whose process is gone for certain.', 'stateroot unlock <id>'],
    ],
    prevention: 'Give parallel jobs a clone each, and bring them together with `stateroot sync`.',
  },
  RACED: {
    message: 'Somebody else was faster: the branch moved while the write was made.',
    causes: ['Two writers on one branch.'],
    resolution: [['Run it again: it starts from the new state.'], ['See what came in between.', 'stateroot log']],
    prevention: 'None needed: nothing was lost, and commands try again by themselves first.',
  },
  LEVELDB_LOCKED: {
    message: 'Another process has the LevelDB open.',
    causes: ['A deploy script or a second manager is running.', 'The folder changes while it is copied.'],
    resolution: [
      ['Let that program end, or close() its manager, then run the command again. Its lock ends with it.'],
      ['Or work on a copy of the folder.', 'stateroot import leveldb copy/ --dry-run'],
    ],
    prevention: 'One manager per process and folder; close() it at the end. Files of state have no such lock.',
  },
} satisfies Record<string, ErrorEntry>;
