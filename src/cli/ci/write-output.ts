import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { StateManagerError } from '../../errors.js';

/** A report beside the state, never state itself; its folders are made. Throws FILE_FAILED. */
export async function writeOutput(cwd: string, file: string, text: string): Promise<void> {
  await attempt(file, async () => {
    const path = resolve(cwd, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  });
}

/** Behind what other steps have written there. Throws FILE_FAILED. */
export async function appendOutput(cwd: string, file: string, text: string): Promise<void> {
  await attempt(file, () => appendFile(resolve(cwd, file), text));
}

/** So that no report of an earlier run is taken for one of this. Throws FILE_FAILED. */
export async function removeOutput(cwd: string, file: string): Promise<void> {
  await attempt(file, () => rm(resolve(cwd, file), { force: true }));
}

async function attempt(file: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StateManagerError('FILE_FAILED', `${JSON.stringify(file)} cannot be written: ${reason}`, {
      cause,
      hint: 'name a file in a folder that can be written to',
    });
  }
}
