import type { ErrorEntry } from './error-entry.js';

/** Exit code 2: what it was run with and on. Nothing was written. */
export const wrongSetup = {
  CONFIG_INVALID: {
    message: 'stateroot.config.json is not valid.',
    causes: ['It does not parse, or a key holds something else than it must.'],
    resolution: [
      ['See every problem of it.', 'stateroot validate'],
      ['Correct it; schemas/config.schema.json says what each key holds.'],
    ],
    prevention: '`stateroot init` lets the editor check it while you type.',
  },
  ENVIRONMENT_INVALID: {
    message: 'An environment variable of the state managers has a value that makes no sense.',
    causes: [
      'STATE_BACKEND names no backend that is known, or PRIMARY_BACKEND one that cannot be primary.',
      'A switch such as ENABLE_CACHING is neither true nor false.',
    ],
    resolution: [
      ['The message names the variable and what it may be: correct or unset it.'],
      ['Pass the option to StateManagerFactory.createManager instead; options win over the environment.'],
    ],
    prevention: 'Set the variables in one place, and print the resolved configuration in CI.',
  },
  BACKEND_INVALID: {
    message: 'A backend does not do what every backend has to do.',
    causes: [
      'A plug-in lacks an operation of ContractStore, or answers in another form.',
      'No backend of that name is registered.',
    ],
    resolution: [
      ['The message names the operation: correct the plug-in.'],
      ['Until then, use a backend that is built in: leveldb, json, unified or dual-write.'],
    ],
    prevention: 'Run the conformance suite of the documentation against the plug-in.',
  },
  ACCESS_DENIED: {
    message: 'The role of this manager may not do that. The documents call it SecurityError.',
    causes: [
      'A readonly manager was asked to write, or a migration manager to delete.',
      'The manager was made with another role than the script needs.',
    ],
    resolution: [
      ['Create the manager with the role that the task needs: admin, migration or readonly.'],
      ['Roles guard against mistakes of scripts; who may push is decided by the remote and its reviews.'],
    ],
    prevention: 'Give each script the smallest role that does its work.',
  },
  UNKNOWN_REVISION: {
    message: 'A commit, tag or date names nothing here.',
    causes: ['It is misspelled, not fetched, or the clone is shallow.'],
    resolution: [
      ['See the commits of state.', 'stateroot log'],
      ['Fetch what is missing.', 'git fetch --tags'],
    ],
    prevention: 'In CI, check out with the whole history (fetch-depth: 0).',
  },
  BRANCH_INVALID: {
    message: 'This is no branch name that is safe everywhere.',
    causes: ['It has blanks, control characters or other signs that git or a shell gives a meaning.'],
    resolution: [['Use letters, digits, / . _ -.', 'stateroot delete <network> <name> --branch deploy/fee-manager']],
    prevention: 'Build branch names from contract and network names only.',
  },
  DETACHED_HEAD: {
    message: 'No branch is checked out, so a commit would belong to none.',
    causes: ['A commit or tag was checked out, as CI does.'],
    resolution: [
      ['Check out a branch.', 'git switch <branch>'],
      ['Or write to a new one without a checkout.', 'stateroot apply changes.json --branch deploy/new'],
    ],
    prevention: 'In CI, check out the branch before anything is written.',
  },
  LEVELDB_NOT_FOUND: {
    message: 'There is no LevelDB at this path.',
    causes: ['The path is wrong, or the folder was never created.'],
    resolution: [['Name the folder with the file CURRENT in it.', 'stateroot import leveldb leveldb/']],
    prevention: 'Pass the path from the root of the repository.',
  },
  LEVELDB_INVALID: {
    message: 'The folder is no LevelDB of deployments, or none to trust.',
    causes: [
      'A file of it is missing, too large, a link or a device.',
      'It belongs to another program, such as a browser or a node.',
    ],
    resolution: [
      ['Check that the path is the database of the deploy scripts.', 'stateroot import leveldb leveldb/ --dry-run'],
      ['Take a damaged file from git history or a backup.', 'git log -- leveldb'],
    ],
    prevention: 'Copy the folder only while no program has it open.',
  },
} satisfies Record<string, ErrorEntry>;
