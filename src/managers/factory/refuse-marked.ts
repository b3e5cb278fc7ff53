import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compareText } from '../../core/equal.js';
import { networkFilePathOf, networkOfPath, unifiedFolder } from '../../core/layout.js';
import { marksKey, marksOf } from '../../core/model/marks.js';
import { networkNameProblem } from '../../core/model/names.js';
import { parseNetworkFile } from '../../core/model/network-file.js';
import { shown } from '../../core/shown.js';
import { StateManagerError } from '../../errors.js';
import { isAbsent } from '../../git/read/worktree-tree.js';

/**
 * Refuses network files in which deploy scripts of another clone record what they write to two backends: they lack what only the
 * other one has, and whoever took them for all would deploy it again. The file of the network alone is read where there is one, else
 * all of them: the next file would be the first that is made. `root` is absolute. Throws BACKEND_UNAVAILABLE.
 */
export async function refuseMarked(root: string, network: string | null): Promise<void> {
  const folder = join(root, unifiedFolder(''));
  const all = (await namesIn(folder)).filter((name) => networkOfPath(`${unifiedFolder('')}/${name}`) !== null);
  const isOwnName = network !== null && networkNameProblem(network) === null;
  const own = isOwnName ? all.filter((name) => networkFilePathOf('', network).endsWith(`/${name}`)) : [];
  for (const name of own.length > 0 ? own : all.sort(compareText)) {
    const id = migrationOf(await readFile(join(folder, name)));
    if (id !== null) throw incomplete(name, id);
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    if (isAbsent(cause)) return [];
    throw cause;
  }
}

/** Null without a mark. A file that cannot be read may be marked, and its text says whether. */
function migrationOf(bytes: Uint8Array): string | null {
  if (!Buffer.from(bytes).includes(`"${marksKey}"`)) return null;
  const parsed = parseNetworkFile(bytes);
  if (parsed.ok) return [...marksOf(parsed.file).values()].sort(compareText)[0] ?? null;
  const root = new RegExp(`^ {2}"${marksKey}": \\{`, 'm');
  return root.test(Buffer.from(bytes).toString('utf8')) ? '' : null;
}

function incomplete(file: string, id: string): StateManagerError {
  const which = id === '' ? 'a migration' : `migration ${shown(id)}`;
  return new StateManagerError(
    'BACKEND_UNAVAILABLE',
    `${file} holds what scripts of another clone wrote to two backends in ${which}, and not what only the other one has.`,
    {
      hint: 'deploy from the clone that migrates until its cutover is merged and pulled here: stateroot migrate resume --cutover there; or name a backend',
      details: { file, migration: id, reference: 'MIGRATION-002' },
    },
  );
}
