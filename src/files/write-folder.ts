import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FolderWriter } from '../ports/folder-writer.js';
import { buildFolder } from './build-folder.js';

/** @see FolderWriter */
export const folderWriter: FolderWriter = {
  async write(folder, files) {
    await buildFolder(folder, 'JSON_WRITE_ERROR', async (place) => {
      for (const [name, text] of files) await writeFile(join(place, name), text, { flag: 'wx' });
    });
  },
};
