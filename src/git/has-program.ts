import { access, constants } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import type { Environment } from './environment.js';

/** What a shell at the top of the work tree would find by this word. */
export async function hasProgram(top: string, word: string, environment: Environment): Promise<boolean> {
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const places = /[/\\]/.test(word) ? [resolve(top, word)] : folders.map((folder) => join(folder, word));
  for (const place of places) if (await isExecutable(place)) return true;
  return false;
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
