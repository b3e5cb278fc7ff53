import { createHash } from 'node:crypto';
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StateManagerError } from '../../errors.js';

// File times tick every few milliseconds, and some file systems count seconds: what is younger can change without a trace.
const tick = 2_000n;

/**
 * A text that differs whenever one of the files does: times, size and inode of each, and what stands in those that are so
 * young that the next edit could leave all of that as it is.
 */
export async function identityOf(top: string, paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(JSON.stringify([path, await fileIdentity(join(top, path))]));
  return hash.digest('hex');
}

async function fileIdentity(file: string): Promise<readonly string[]> {
  try {
    const { mtimeNs, mtimeMs, ctimeNs, size, ino } = await lstat(file, { bigint: true });
    const identity = [mtimeNs, ctimeNs, size, ino].map(String);
    const isYoung = BigInt(Date.now()) - mtimeMs < tick;
    return isYoung ? [...identity, await digest(file)] : identity;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
    throw new StateManagerError('FILE_FAILED', `${file} cannot be read: ${String(cause)}`, {
      cause,
      hint: 'check its permissions',
    });
  }
}

async function digest(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}
