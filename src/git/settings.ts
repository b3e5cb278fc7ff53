import type { Setting } from '../ports/checkout.js';
import type { StrictGit } from './strict-git.js';

const scopes = ['system', 'global', 'local', 'worktree', 'command'] as const;

/** Every setting in effect, later ones winning, without those that this program passes to git itself. */
export async function readSettings(git: StrictGit): Promise<Setting[]> {
  const fields = (await git('config', '--list', '--show-scope', '-z')).split('\0');
  const settings: Setting[] = [];
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const [key = '', ...value] = (fields[index + 1] ?? '').split('\n');
    const scope = scopes.find((name) => name === fields[index]) ?? 'unknown';
    // A key without a value is git's way to say true.
    settings.push({ key, value: value.length === 0 ? 'true' : value.join('\n'), scope });
  }
  return settings;
}
