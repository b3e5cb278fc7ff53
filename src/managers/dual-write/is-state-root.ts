import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { configPath, unifiedFolder } from '../../core/layout.js';

/** Whether a folder has network files, or a place for them, or says that it is to have them. */
export function isStateRoot(folder: string): boolean {
  return existsSync(join(folder, unifiedFolder(''))) || existsSync(join(folder, configPath('')));
}
