import { lstat, open, rm } from 'node:fs/promises';
import { StateManagerError } from '../errors.js';

/** Says before a long run that its answer would have no place. Throws OUTPUT_EXISTS. */
export async function refuseExisting(file: string): Promise<void> {
  if ((await lstat(file).catch(() => null)) !== null) throw exists(file);
}

/** Makes a file that is not there yet, and never writes over one. Throws OUTPUT_EXISTS, FILE_FAILED. */
export async function writeNewFile(file: string, text: string): Promise<void> {
  try {
    const handle = await open(file, 'wx');
    try {
      await handle.writeFile(text);
      await handle.sync();
    } catch (cause) {
      await rm(file, { force: true });
      throw cause;
    } finally {
      await handle.close();
    }
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') throw exists(file);
    throw new StateManagerError('FILE_FAILED', `${file} cannot be written: ${String(cause)}`, {
      cause,
      hint: 'check the folder, its permissions and the space that is left',
      details: { file },
    });
  }
}

function exists(file: string): StateManagerError {
  return new StateManagerError('OUTPUT_EXISTS', `${file} is there already.`, {
    hint: 'name another file, or remove that one first',
    details: { file },
  });
}
