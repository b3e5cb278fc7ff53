import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { networkFilePath } from '../../core/layout.js';
import { inventedAddress } from '../../core/sample/invented.js';
import type { Repository } from './step.js';

export const editedFile = networkFilePath('', 'bsctestnet');

/** What a person with an editor does: one valid address for another, and nothing else. */
export async function editAddress({ folder }: Repository): Promise<void> {
  const file = join(folder, editedFile);
  const text = await readFile(file, 'utf8');
  const recorded = inventedAddress('bsctestnet', 'FeeManager', 'implementation');
  await writeFile(file, text.replace(recorded, inventedAddress('bsctestnet', 'FeeManager', 'a typo')));
}
