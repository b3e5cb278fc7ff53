import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from './environment.js';

const ignoring = /^\s*ignore-scripts\s*=\s*"?true"?\s*$/m;

/** Where npm was told `ignore-scripts`: the environment, the project's or the user's `.npmrc`; null when nowhere. */
export async function findIgnoredScripts(top: string, env: Environment): Promise<string | null> {
  const variables = Object.entries(env).filter(([name]) => name.toLowerCase() === 'npm_config_ignore_scripts');
  if (variables.some(([, value]) => value === 'true')) return 'npm_config_ignore_scripts';
  const home = env['HOME'] ?? env['USERPROFILE'];
  const user = env['NPM_CONFIG_USERCONFIG'] ?? env['npm_config_userconfig'] ?? (home && join(home, '.npmrc'));
  if (await says(join(top, '.npmrc'))) return '.npmrc';
  return user !== undefined && (await says(user)) ? '~/.npmrc' : null;
}

async function says(file: string): Promise<boolean> {
  try {
    return ignoring.test(await readFile(file, 'utf8'));
  } catch {
    // Absent, or not for us to read: then it is not known to say so.
    return false;
  }
}
