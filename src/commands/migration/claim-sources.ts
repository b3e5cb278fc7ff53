import { isObject, member } from '../../core/json.js';
import { chainIdOf } from '../../core/legacy/json/older-part.js';
import type { OlderSource } from '../../core/legacy/json/older-source.js';
import type { LegacyEntry } from '../../core/legacy/entry.js';
import { type LegacyRecord, type LegacyReject, reject } from '../../core/legacy/legacy-record.js';
import { isReject, readEntry } from '../../core/legacy/read-entry.js';
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

/** One claim per entry, without its content. */
export function entryClaims(entries: readonly LegacyEntry[]) {
  const claims: LegacyRecord[] = [];
  const rejects: LegacyReject[] = [];
  for (const [at, entry] of entries.entries()) {
    const read = readEntry(entry);
    if (isReject(read)) rejects.push(read);
    else {
      const { chainId, network, spelling, contractName } = read;
      claims.push({
        key: `entry ${at}`,
        raw: nothing,
        value: null,
        chainId,
        network,
        spelling,
        contractName,
        fields: {},
      });
    }
  }
  return { claims, rejects, entryOf: (key: string) => entries[Number(key.slice('entry '.length))] };
}

const nothing = new Uint8Array();

/** An entry that was claimed and has no place, word for word. */
export function wholeEntry(entry: LegacyEntry | undefined, reason: string): LegacyReject[] {
  const read = entry === undefined ? null : readEntry(entry);
  if (read === null) return [];
  return [isReject(read) ? read : reject(read, reason)];
}

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
