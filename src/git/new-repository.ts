import type { Environment } from './environment.js';
import { runGit } from './run.js';

/** Makes an empty repository on `main` in a folder that is there, without the hooks of anybody's template. Throws GIT_FAILED, GIT_NOT_FOUND. */
export async function newRepository(folder: string, env: Environment): Promise<void> {
  await runGit(['init', '--quiet', '--template=', '--initial-branch=main', '.'], { cwd: folder, env });
}
