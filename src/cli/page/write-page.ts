import { lstat } from 'node:fs/promises';
import { openRegularFile } from '../../files/regular-file.js';
import { writeDurably } from '../../git/write/durable.js';
import { StateManagerError } from '../../errors.js';

/**
 * Writes a page whole, or leaves what was there. Only a page that begins with `marker` is replaced: a mistyped name costs
 * nobody a file. Throws OUTPUT_EXISTS, FILE_FAILED.
 */
export async function writePage(file: string, page: string, marker: string): Promise<void> {
  try {
    if (!(await isReplaceable(file, marker))) {
      throw new StateManagerError('OUTPUT_EXISTS', `${file} is there, and is no report of stateroot`, {
        hint: 'name another file, or remove that one first',
        details: { file },
      });
    }
    await writeDurably(file, page);
  } catch (cause) {
    if (cause instanceof StateManagerError) throw cause;
    throw new StateManagerError('FILE_FAILED', `${file} cannot be written: ${String(cause)}`, {
      cause,
      hint: 'check the folder, its permissions and the space that is left; what was there is as it was',
      details: { file },
    });
  }
}

async function isReplaceable(file: string, marker: string): Promise<boolean> {
  const found = await lstat(file).catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw cause;
  });
  if (found === null) return true;
  if (!found.isFile()) return false;
  const handle = await openRegularFile(file);
  try {
    const wanted = Buffer.from(marker);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(wanted.length), 0, wanted.length, 0);
    return bytesRead === wanted.length && buffer.equals(wanted);
  } finally {
    await handle.close();
  }
}
