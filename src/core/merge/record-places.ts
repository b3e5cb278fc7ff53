import { compareText } from '../equal.js';
import { isObject, member } from '../json.js';
import type { NetworkFile } from '../model/network-file.js';
import { extendedPrefix, objectMembers } from '../model/placed-record.js';
import { segments } from '../text/pointer.js';
import { replaced } from './replaced.js';

/** The names a place of the file is about, record or not: one, all of a category, or none. */
export function namesAt(path: string, files: readonly NetworkFile[]): string[] {
  const [root = '', category = '', name] = segments(path);
  if (root.startsWith(extendedPrefix)) return [root.slice(extendedPrefix.length)];
  if (root !== 'contracts') return [];
  if (name !== undefined) return [name];
  const names = files.flatMap((file) => objectMembers(entriesOf(file, category)).map(([each]) => each));
  return [...new Set(names)].sort(compareText);
}

/** The file with everything that stands under this name as another file has it: entries of all categories, and fields. */
export function withPlacesOf(file: NetworkFile, name: string, from: NetworkFile): NetworkFile {
  const categories = [file, from].flatMap(({ root }) => objectMembers(member(root, 'contracts')).map(([key]) => key));
  const root = [...new Set(categories)].reduce((rest, category) => {
    const entries = entriesOf(from, category);
    const changed = replaced(
      rest,
      ['contracts', category, name],
      isObject(entries) ? member(entries, name) : undefined,
    );
    const left = entriesOf({ ...file, root: changed }, category);
    const isEmptied = category !== 'core' && isObject(left) && Object.keys(left).length === 0;
    return isEmptied ? replaced(changed, ['contracts', category], undefined) : changed;
  }, file.root);
  return { ...file, root: replaced(root, [extendedPrefix + name], member(from.root, extendedPrefix + name)) };
}

function entriesOf(file: NetworkFile, category: string) {
  const contracts = member(file.root, 'contracts');
  return isObject(contracts) ? member(contracts, category) : undefined;
}
