import { withoutRepository } from './bundles.js';
import type { Environment } from './environment.js';
import { runGit } from './run.js';

/** An empty repository in an empty folder, and the environment in which it can be committed to. Throws GIT_FAILED. */
export async function initScratch(folder: string, base: Environment): Promise<Environment> {
  const who = { NAME: 'stateroot', EMAIL: 'stateroot@localhost' };
  const env = {
    ...withoutRepository(base),
    GIT_AUTHOR_NAME: who.NAME,
    GIT_AUTHOR_EMAIL: who.EMAIL,
    GIT_COMMITTER_NAME: who.NAME,
    GIT_COMMITTER_EMAIL: who.EMAIL,
  };
  await runGit(['init', '--quiet', '--template=', '.'], { cwd: folder, env });
  return env;
}
