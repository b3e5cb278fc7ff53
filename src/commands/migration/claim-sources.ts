import { isObject, member } from '../../core/json.js';
import { chainIdOf } from '../../core/legacy/json/older-part.js';
import type { OlderSource } from '../../core/legacy/json/older-source.js';
import { networkNameProblem } from '../../core/model/names.js';
import type { SourceFile } from '../../ports/source-files.js';
import type { FileClaim } from '../place-older.js';
import type { PassedOver } from '../plan-import.js';
import { readOlder } from '../read-older.js';
import { readUnified } from '../read-unified.js';

/** What a file says of its network, and how to read it again. */
export type FileShare = FileClaim & {
  readonly isExport: boolean;
  readonly names: readonly string[];
  readonly unified: SourceFile | null;
  readonly read: () => OlderSource[];
};

/** Of JSON files from before 3.0, one for each network that a file speaks of. */
export function olderClaims(files: readonly SourceFile[]) {
  const claims: FileShare[] = [];
  const passedOver: PassedOver[] = [];
  const ignored: PassedOver[] = [];
  for (const file of files) {
    const read = readOlder([file], { asked: false });
    passedOver.push(...read.passedOver);
    ignored.push(...read.ignored);
    // An export of many networks would be read again for each of them.
    const isKept = read.older.length > 1;
    for (const [at, one] of read.older.entries()) {
      const { chainId, spelling, records } = one.part;
      claims.push({
        file: one.file,
        part: { chainId, spelling },
        isExport: one.format === 'export',
        names: records.map(({ name }) => name),
        unified: null,
        read: isKept ? () => [one] : () => readOlder([file], { asked: false }).older.slice(at, at + 1),
      });
    }
  }
  return { claims, passedOver, ignored };
}

/** The network of a 3.0 file is the one of its name, else the one that it says. */
export function unifiedClaims(files: readonly SourceFile[]) {
  const { unified, passedOver } = readUnified(files);
  const claims = unified.map(({ file, source, named }): FileShare => {
    const network = member(source.root, 'network');
    const said = typeof network === 'string' && networkNameProblem(network) === null ? network : null;
    const contracts = member(source.root, 'contracts');
    const categories = isObject(contracts) ? Object.values(contracts) : [];
    return {
      file: file.path,
      part: { chainId: chainIdOf(member(source.root, 'chainId')), spelling: named ?? said },
      isExport: false,
      names: categories.flatMap((names) => (isObject(names) ? Object.keys(names) : [])),
      unified: file,
      read: () => [],
    };
  });
  return { claims, passedOver };
}
