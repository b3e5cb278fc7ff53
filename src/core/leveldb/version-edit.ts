import { type ByteReader, byteReader } from './byte-reader.js';
import { damage } from './damage.js';
import { type InternalKey, internalKey } from './internal-key.js';

export type TableFile = {
  readonly level: number;
  readonly number: number;
  /** Bytes. */
  readonly size: number;
  readonly smallest: InternalKey;
  readonly largest: InternalKey;
};

/** One record of a MANIFEST: what changed in the set of files. */
export type VersionEdit = {
  readonly comparator?: string;
  readonly logNumber?: number;
  readonly previousLogNumber?: number;
  readonly nextFileNumber?: number;
  readonly lastSequence?: number;
  readonly deleted: readonly { readonly level: number; readonly number: number }[];
  readonly added: readonly TableFile[];
};

const levels = 7;

/** Throws damage. */
export function versionEdit(bytes: Uint8Array): VersionEdit {
  const reader = byteReader(bytes);
  const numbers: { -readonly [Name in keyof Omit<VersionEdit, 'deleted' | 'added'>]: VersionEdit[Name] } = {};
  const deleted: { level: number; number: number }[] = [];
  const added: TableFile[] = [];
  while (!reader.atEnd()) {
    const at = reader.offset();
    const tag = reader.varint();
    if (tag === 1) numbers.comparator = Buffer.from(reader.prefixed()).toString('latin1');
    else if (tag === 2) numbers.logNumber = reader.varint();
    else if (tag === 3) numbers.nextFileNumber = reader.varint();
    else if (tag === 4) numbers.lastSequence = reader.varint();
    else if (tag === 5) compactPointer(reader);
    else if (tag === 6) deleted.push({ level: levelOf(reader), number: reader.varint() });
    else if (tag === 7) added.push(newFile(reader));
    else if (tag === 9) numbers.previousLogNumber = reader.varint();
    else throw damage('structure', `the unknown tag ${tag} of another kind of database`, at);
  }
  return { ...numbers, deleted, added };
}

/** Where the next compaction begins: of no meaning to a reader. */
function compactPointer(reader: ByteReader): void {
  levelOf(reader);
  internalKey(reader.prefixed());
}

function newFile(reader: ByteReader): TableFile {
  const level = levelOf(reader);
  const number = reader.varint();
  const size = reader.varint();
  const smallest = internalKey(reader.prefixed());
  const largest = internalKey(reader.prefixed());
  return { level, number, size, smallest, largest };
}

function levelOf(reader: ByteReader): number {
  const level = reader.varint();
  if (level < levels) return level;
  throw damage('structure', `there is no level ${level}`, reader.offset());
}
