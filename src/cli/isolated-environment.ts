import { devNull } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';

/** For programs in a temporary folder: nobody's git configuration reaches them, and they commit as somebody of their own. */
export function isolatedEnvironment(home: string): Record<string, string> {
  const { PATH = '', TMPDIR } = process.env;
  return {
    // A hook starts `node`, which need not be on the PATH of whoever started us by its full name.
    PATH: PATH === '' ? dirname(process.execPath) : `${PATH}${delimiter}${dirname(process.execPath)}`,
    ...(TMPDIR === undefined ? {} : { TMPDIR }),
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    TZ: 'UTC',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_AUTHOR_NAME: 'deploy-bot',
    GIT_AUTHOR_EMAIL: 'deploy-bot@example.org',
    GIT_COMMITTER_NAME: 'deploy-bot',
    GIT_COMMITTER_EMAIL: 'deploy-bot@example.org',
  };
}
