import { lstat, readdir, realpath } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { compareText } from '../core/equal.js';
import { StateManagerError } from '../errors.js';
import type { SourceFile, SourceFiles } from '../ports/source-files.js';
import { openRegularFile } from './regular-file.js';

/** What strict reading accepts of one file (FORMAT §2), here for all files of a folder together. */
const sizeLimit = 67_108_864;

/** Source files below a working directory. */
export function sourceFiles(cwd: string): SourceFiles {
  return {
    async read(path, wanted = () => true) {
      const place = await realpath(resolve(cwd, path)).catch((cause: unknown) => {
        throw unreadable(path, cause);
      });
      const isFolder = (await lstat(place)).isDirectory();
      const names = isFolder ? await jsonNames(path, place, wanted) : [basename(path)];
      const files: SourceFile[] = [];
      let size = 0;
      for (const name of names) {
        const shownPath = isFolder ? join(path, name) : path;
        const bytes = await readBounded(shownPath, isFolder ? join(place, name) : place, sizeLimit - size);
        size += bytes.length;
        files.push({ name, path: shownPath, bytes });
      }
      return files;
    },
  };
}

async function jsonNames(path: string, folder: string, wanted: (name: string) => boolean): Promise<string[]> {
  const all = await readdir(folder).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  const shownNames = all.filter((name) => !name.startsWith('.')).sort(compareText);
  const meant = shownNames.filter(wanted).filter(isJsonName);
  if (shownNames.some(isJsonName)) return meant;
  throw new StateManagerError('BAD_INPUT', `${path} holds no .json file.`, {
    hint: 'name a file, or the folder with the files directly in it',
    details: { path },
  });
}

function isJsonName(name: string): boolean {
  return name.endsWith('.json');
}

async function readBounded(path: string, place: string, left: number): Promise<Uint8Array> {
  const found = await lstat(place).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  if (!found.isFile()) {
    const what = found.isSymbolicLink() ? 'a symbolic link' : found.isDirectory() ? 'a folder' : 'a device or a pipe';
    throw new StateManagerError('BAD_INPUT', `${path} is ${what}, not a file.`, {
      hint: 'import the files one by one, or put the ones that are meant into a folder of their own',
      details: { path },
    });
  }
  if (found.size > left) {
    throw new StateManagerError('BAD_INPUT', `${path}: more than ${sizeLimit} bytes are not read at once.`, {
      hint: 'import the files one by one; is this a file of addresses?',
      details: { path, size: found.size },
    });
  }
  return readAtMost(path, place, left);
}

async function readAtMost(path: string, place: string, left: number): Promise<Uint8Array> {
  const handle = await openRegularFile(place).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  try {
    const { size } = await handle.stat();
    const buffer = Buffer.alloc(Math.min(size, left));
    let filled = 0;
    while (filled < buffer.length) {
      const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  } finally {
    await handle.close();
  }
}

function unreadable(path: string, cause: unknown): StateManagerError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  const reason =
    code === 'ENOENT' ? 'there is nothing of that name' : code === 'EACCES' ? 'permission denied' : String(cause);
  return new StateManagerError('BAD_INPUT', `${path} cannot be read: ${reason}.`, {
    cause,
    hint: 'check the path; it is relative to the folder the command runs in',
    details: { path },
  });
}
