import { rmSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

/** Runs with a new folder that is gone afterwards: also when it fails, and when an interrupt ends the process. */
export async function inTemporaryFolder<T>(run: (folder: string) => Promise<T>, name = 'demo'): Promise<T> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), `stateroot-${name}-`)));
  const removeNow = () => {
    rmSync(folder, removal);
  };
  process.once('exit', removeNow);
  try {
    return await run(folder);
  } finally {
    process.off('exit', removeNow);
    await rm(folder, removal);
  }
}

/** git may still be closing files when its process is gone. */
const removal = { recursive: true, force: true, maxRetries: 3 } as const;
