import type { Flag } from './verb-entry.js';

export const globalFlags: readonly Flag[] = [
  { name: 'cwd', short: 'C', value: 'dir', summary: 'run as if started there' },
  { name: 'json', summary: 'one JSON document on stdout' },
  { name: 'quiet', short: 'q', summary: 'only the answer; of a write only the commit id' },
  { name: 'no-color', summary: 'no colour, as NO_COLOR=1' },
  { name: 'no-input', summary: 'never ask a question' },
  { name: 'help', short: 'h', summary: 'this text' },
  { name: 'version', summary: 'the version' },
];

export const at: Flag = { name: 'at', value: 'rev', summary: 'at a commit, tag or date, e.g. 2025-08-13' };
export const network: Flag = { name: 'network', value: 'name', summary: 'only this network' };
export const dryRun: Flag = { name: 'dry-run', short: 'n', summary: 'show the change, write nothing' };
export const yes: Flag = { name: 'yes', short: 'y', summary: 'answer every question with yes' };

/** What every verb that makes a commit on the current branch takes. */
export const write: readonly Flag[] = [
  { name: 'branch', value: 'new', summary: 'commit to a new branch, without a checkout' },
  { name: 'allow-detached', summary: 'commit although no branch is checked out' },
  dryRun,
  yes,
];

export const readExits = '0 found   1 not found   2 bad input   4 git or disk';
export const writeExits = '0 done or unchanged   2 bad input   3 conflict   4 git or disk   5 busy, raced';
export const judgeExits = '0 no errors   1 errors found   2 bad input   4 git or disk';
