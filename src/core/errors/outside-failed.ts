import type { ErrorEntry } from './error-entry.js';

/** Exit code 4: git, its hooks or a remote failed. */
export const outsideFailed = {
  NOT_A_REPOSITORY: {
    message: 'This is not inside a git repository.',
    causes: ['The command ran in another folder, or the repository was never made.'],
    resolution: [
      ['Run it in the repository.', 'stateroot -C <folder> status'],
      ['Or make one and set state up in it.', 'git init && stateroot init'],
    ],
    prevention: 'Pass cwd to managers whose script may start anywhere.',
  },
  BARE_REPOSITORY: {
    message: 'A bare repository has no work tree to keep state in.',
    causes: ['The command ran in the repository of a server.'],
    resolution: [['Write in a clone of it.', 'git clone <path> work']],
    prevention: 'On a server only judge: the pre-receive hook, `stateroot validate --at`.',
  },
  GIT_NOT_FOUND: {
    message: 'The program git was not found.',
    causes: ['It is not installed, or PATH of this process has it not.'],
    resolution: [['Install git 2.38 or newer, then look again.', 'stateroot doctor']],
    prevention: 'Use a CI image that has git.',
  },
  GIT_TOO_OLD: {
    message: 'This git is too old.',
    causes: ['It is older than 2.38.'],
    resolution: [['Install a newer one, then look again.', 'stateroot doctor']],
    prevention: 'Pin the version of git in the CI image.',
  },
  GIT_FAILED: {
    message: 'git failed, and what it said is in the message.',
    causes: ['A damaged object, a full disk, a setting that git refuses, or permissions.'],
    resolution: [
      ['See whether the set-up works.', 'stateroot doctor'],
      ['See whether the write was made.', 'stateroot status'],
      ['Check the objects.', 'git fsck'],
    ],
    prevention: 'Keep a second clone or a mirror.',
  },
  IDENTITY_MISSING: {
    message: 'Git does not know who writes.',
    causes: ['user.name or user.email is not set, as in a fresh CI machine.'],
    resolution: [['Say it.', 'git config user.name <name> && git config user.email <address>']],
    prevention: 'Set GIT_AUTHOR_NAME, GIT_AUTHOR_EMAIL and the same of the committer in CI.',
  },
  HOOK_REFUSED: {
    message: 'A hook of this clone refused.',
    causes: ['pre-push or reference-transaction ended with an error; the message has what it said.'],
    resolution: [
      ['See whether state is why.', 'stateroot validate'],
      ['See which hooks run.', 'stateroot doctor'],
    ],
    prevention: 'Run `stateroot ci` before the push.',
  },
  PUSH_REFUSED: {
    message: 'The remote refused the push. The commits are kept here.',
    causes: ['The branch is protected, the gate of the server found errors, or you may not push.'],
    resolution: [
      ['Read the message; judge what would be pushed.', 'stateroot validate --range origin/main..HEAD'],
      ['For a protected branch, push another one and open a pull request.', 'git push origin HEAD:refs/heads/<branch>'],
    ],
    prevention: 'Write to branches with --branch where the main one is protected.',
  },
  PUSH_UNKNOWN: {
    message: 'The connection was lost during the push: it may have arrived or not.',
    causes: ['The network failed before the remote answered.'],
    resolution: [['Find out; it pushes again only if it has not arrived.', 'stateroot sync']],
    prevention: 'None needed: `sync` asks the remote before it pushes again.',
  },
  FILE_FAILED: {
    message: 'A file could not be read or written.',
    causes: ['Permissions, a full disk, a read-only file system, or a link in place of a file or folder.'],
    resolution: [
      ['The message names the file: check its permissions and the disk.'],
      ['See what stands.', 'stateroot status'],
      ['After a crash, see what was left.', 'stateroot recover'],
    ],
    prevention: 'Let the user that runs the scripts own the checkout.',
  },
} satisfies Record<string, ErrorEntry>;
