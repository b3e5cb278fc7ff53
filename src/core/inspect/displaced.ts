import type { Finding } from '../finding.js';
import { placed } from './finding-of.js';
import { hintForMode } from './hint.js';

const folderName = /(?:^|\/)deployments(?:\/unified|\/quarantine)?$/i;

/**
 * What takes the place of state without being a state file: a link or submodule where a state folder belongs (the files
 * read there would be others than the ones judged), and a path that a disk which ignores case takes for a state file.
 */
export function inspectDisplaced({ path, mode }: { readonly path: string; readonly mode: string }): Finding[] {
  const about = { path, network: '' };
  if (!folderName.test(path)) {
    const message = 'The path is that of a state file but for its case: on some disks the two are one file';
    return [placed({ rule: 'network-name', path: '', message }, about, { line: 1, column: 1 })];
  }
  if (mode !== '120000' && mode !== '160000') return [];
  const message = `The folder of state is ${mode === '120000' ? 'a symbolic link' : 'a submodule'}; it is a plain folder`;
  const finding = placed({ rule: 'file-mode', path: '', message }, about, { line: 1, column: 1 });
  return [{ ...finding, hint: hintForMode(mode, path, 'folder') }];
}
