import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { join } from 'node:path';
import { writeHeapSnapshot } from 'node:v8';
import { StateManagerError } from '../../errors.js';

/** What a profiled run leaves in its folder; both are opened by the developer tools of a browser. */
export const profileNames = { cpu: 'bench.cpuprofile', heap: 'bench.heapsnapshot' } as const;

/** Runs with the CPU profiler on, then takes a snapshot of the heap. The folder is new or empty. Throws OUTPUT_EXISTS, FILE_FAILED. */
export async function profiled<Result>(folder: string, run: () => Promise<Result>): Promise<Result> {
  await emptyFolder(folder);
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.start');
    const result = await run();
    const { profile } = await session.post('Profiler.stop');
    await writing(folder, async () => {
      await writeFile(join(folder, profileNames.cpu), JSON.stringify(profile), { flag: 'wx', mode: 0o600 });
      writeHeapSnapshot(join(folder, profileNames.heap));
    });
    return result;
  } finally {
    session.disconnect();
  }
}

async function emptyFolder(folder: string): Promise<void> {
  await writing(folder, () => mkdir(folder, { recursive: true, mode: 0o700 }));
  if ((await readdir(folder)).length === 0) return;
  throw new StateManagerError('OUTPUT_EXISTS', `${folder} is not empty.`, {
    hint: 'name a new folder with --profile',
    details: { folder },
  });
}

async function writing(folder: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (cause) {
    throw new StateManagerError('FILE_FAILED', `${folder} cannot be written: ${String(cause)}`, {
      cause,
      hint: 'name a new folder in one that can be written to',
      details: { folder },
    });
  }
}
