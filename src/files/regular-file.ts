import { constants, type FileHandle, open } from 'node:fs/promises';

/** Whole content; for small files. Refuses links and devices as `openRegularFile` does. */
export async function readRegularFile(path: string): Promise<Buffer> {
  const handle = await openRegularFile(path);
  try {
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/**
 * Opens for reading what was a regular file a moment ago. A link put there since makes open fail (O_NOFOLLOW), and a
 * pipe put there since cannot make us wait (O_NONBLOCK).
 */
export async function openRegularFile(path: string): Promise<FileHandle> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new Error(`${path} is not a regular file`);
}
