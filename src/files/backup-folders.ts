import { createHash } from 'node:crypto';
import { lstat, mkdir, open, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PresentFile } from '../core/backup/compare-files.js';
import { compareText } from '../core/equal.js';
import { StateManagerError } from '../errors.js';
import type { BackupFolders } from '../ports/backup-folders.js';
import { buildFolder } from './build-folder.js';
import { openRegularFile, readRegularFile } from './regular-file.js';

/** @see BackupFolders */
export const backupFolders: BackupFolders = {
  build: (folder, fill) => buildFolder(folder, 'FILE_FAILED', fill),
  async list(folder) {
    const found = await lstat(folder).catch(() => null);
    if (found?.isDirectory() !== true) throw noBackup(folder);
    return (await walk(folder, '')).sort((a, b) => compareText(a.path, b.path));
  },
  read: (folder, path) => readRegularFile(join(folder, path)),
  async write(folder, path, text, options) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    const handle = await open(join(folder, path), 'wx', options?.executable === true ? 0o755 : 0o644);
    try {
      await handle.writeFile(text);
    } finally {
      await handle.close();
    }
  },
  async makeFolder(folder, path) {
    await mkdir(join(folder, path), { recursive: true });
  },
  async makeIgnored(folder) {
    if ((await mkdir(folder, { recursive: true })) === undefined) return;
    await writeFile(join(folder, '.gitignore'), '*\n', { flag: 'wx' });
  },
  async copy(from, folder, path) {
    await refuseLinks(folder, path);
    await mkdir(dirname(join(folder, path)), { recursive: true });
    return copyFile(from, join(folder, path));
  },
  async clear(folder, path) {
    await refuseLinks(folder, path);
    const entries = await readdir(join(folder, path), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) if (!entry.isDirectory()) await rm(join(folder, path, entry.name));
  },
};

async function walk(folder: string, below: string): Promise<PresentFile[]> {
  const files: PresentFile[] = [];
  for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) files.push(...(await walk(folder, path)));
    else if (entry.isFile()) files.push(await describe(folder, path));
    else files.push({ path, kind: entry.isSymbolicLink() ? 'link' : 'other', size: 0, sha256: '', executable: false });
  }
  return files;
}

async function describe(folder: string, path: string): Promise<PresentFile> {
  const handle = await openRegularFile(join(folder, path));
  try {
    const hash = createHash('sha256');
    let size = 0;
    for await (const chunk of handle.createReadStream({ autoClose: false })) {
      hash.update(chunk as Buffer);
      size += (chunk as Buffer).length;
    }
    const executable = ((await handle.stat()).mode & 0o100) !== 0;
    return { path, kind: 'file', size, sha256: hash.digest('hex'), executable };
  } finally {
    await handle.close();
  }
}

async function copyFile(from: string, to: string): Promise<string> {
  const source = await openRegularFile(from);
  try {
    await rm(to, { force: true });
    const target = await open(to, 'wx', 0o644);
    try {
      const hash = createHash('sha256');
      for await (const chunk of source.createReadStream({ autoClose: false })) {
        hash.update(chunk as Buffer);
        await target.writeFile(chunk as Buffer);
      }
      return hash.digest('hex');
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** A clone may hold links: what is written through one lands outside of it. */
async function refuseLinks(folder: string, path: string): Promise<void> {
  let place = folder;
  for (const part of path.split('/')) {
    place = join(place, part);
    const found = await lstat(place).catch(() => null);
    if (found === null) return;
    if (!found.isSymbolicLink()) continue;
    throw new StateManagerError(
      'FILE_FAILED',
      `${path} cannot be put back: the repository has a link on the way to it`,
      {
        hint: 'copy the file by hand to where it belongs',
        details: { path },
      },
    );
  }
}

function noBackup(folder: string): StateManagerError {
  return new StateManagerError('BAD_INPUT', `${folder} is no folder, so no backup.`, {
    hint: 'name the folder of one backup, such as backups/20261121T093000Z-3945cb9',
    details: { path: folder },
  });
}
