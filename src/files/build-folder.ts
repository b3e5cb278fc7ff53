import { mkdir, mkdtemp, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { StateManagerError } from '../errors.js';

/**
 * Makes a folder that must not be there yet (an empty one may): `fill` gets one beside it, which is made durable and then
 * given its name, so nobody ever sees half of it. Answers what `fill` does. Throws OUTPUT_EXISTS, and `code` for what the file system refuses.
 */
export async function buildFolder<Answer>(
  folder: string,
  code: 'LEVELDB_WRITE_ERROR' | 'JSON_WRITE_ERROR' | 'FILE_FAILED',
  fill: (place: string) => Promise<Answer>,
): Promise<Answer> {
  const target = resolve(folder);
  await refuseExisting(folder, target);
  let workspace: string | null = null;
  try {
    await mkdir(dirname(target), { recursive: true });
    workspace = await mkdtemp(join(dirname(target), `.${basename(target)}-`));
    const built = join(workspace, 'built');
    await mkdir(built);
    const answer = await fill(built);
    await syncFolder(built);
    await rename(built, target);
    await syncOne(dirname(target));
    return answer;
  } catch (cause) {
    if (cause instanceof StateManagerError) throw cause;
    throw new StateManagerError(code, `${folder} could not be written: ${String(cause)}`, {
      hint: `check that ${dirname(folder)} can be written and has room`,
      cause,
      details: { path: folder },
    });
  } finally {
    if (workspace !== null) await rm(workspace, { recursive: true, force: true });
  }
}

/** An empty folder may stand there: rename replaces it, and fails should something appear in it meanwhile. */
async function refuseExisting(folder: string, target: string): Promise<void> {
  const names = await readdir(target).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    return ['a file'];
  });
  if (names.length === 0) return;
  throw new StateManagerError('OUTPUT_EXISTS', `${folder} exists already; nothing in it was touched`, {
    hint: 'name a folder that does not exist yet',
    details: { path: folder },
  });
}

/** With all below it; a link is synced with the folder it stands in. */
async function syncFolder(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await syncFolder(join(folder, entry.name));
    else if (entry.isFile()) await syncOne(join(folder, entry.name));
  }
  await syncOne(folder);
}

async function syncOne(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
