import { byteReader, fixed32 } from './byte-reader.js';
import { damage } from './damage.js';
import { compareInternal, type InternalKey, internalKey, type StoredVersion } from './internal-key.js';
import { orProblem, type Report } from './store-problem.js';
import { type BlockHandle, blockContent, blockEntries, blockHandle, trailerSize } from './table-block.js';

const footerSize = 48;
const magic = [0x8b80fb57, 0xdb477524] as const;

export type ReadTable = {
  /** In file order; of damaged blocks nothing. */
  readonly versions: readonly StoredVersion[];
  /** Of the whole table; null when it could not be read whole, or is empty. */
  readonly smallest: InternalKey | null;
  readonly largest: InternalKey | null;
};

/**
 * One table file: footer, index, every data, filter and meta block with its CRC. Blocks have to follow one another without
 * gap, so that no handle can lead twice to one block. `room` counts bytes
 * that are kept, answers how many more may be, and throws damage beyond.
 */
export function readTable(file: Uint8Array, room: (bytes: number) => number, report: Report): ReadTable {
  const nothing = { versions: [], smallest: null, largest: null };
  const footer = orProblem(report, 0, () => footerOf(file));
  if (footer === null) return nothing;
  const index = orProblem(report, 0, () => indexOf(file, footer.index, room));
  const meta = orProblem(report, 0, () => metaOf(file, footer.meta, room));
  if (index === null) return nothing;
  const handles = [...index.map(({ handle }) => handle), ...(meta ?? []), footer.meta, footer.index];
  const isTight = orProblem(report, 0, () => {
    requireTight(meta === null ? handles.slice(0, index.length) : handles, meta === null ? null : file.length);
    return true;
  });
  if (isTight === null) return nothing;
  const versions: StoredVersion[] = [];
  let isWhole = true;
  let previous: InternalKey | null = null;
  let smallest: InternalKey | null = null;
  for (const { handle, bound } of index) {
    const read = orProblem(report, 0, () => readBlock(file, handle, room));
    if (read === null) {
      isWhole = false;
      continue;
    }
    for (const { key, value } of read) {
      if (previous !== null && compareInternal(previous, key) >= 0) {
        report({ offset: handle.offset, kind: 'order', message: 'keys do not ascend' });
      }
      previous = key;
      smallest ??= key;
      versions.push({ key: key.key, sequence: key.sequence, value: key.isPut ? value : null });
    }
    if (previous !== null && compareInternal(previous, bound) > 0) {
      report({ offset: handle.offset, kind: 'order', message: 'a block holds keys beyond its place in the index' });
    }
  }
  return isWhole ? { versions, smallest, largest: previous } : { ...nothing, versions };
}

function footerOf(file: Uint8Array): { meta: BlockHandle; index: BlockHandle } {
  const at = file.length - footerSize;
  if (at < 0) throw damage('footer', `has ${file.length} bytes, less than a footer`);
  if (fixed32(file, file.length - 8) !== magic[0] || fixed32(file, file.length - 4) !== magic[1]) {
    throw damage('footer', 'does not end as a table of LevelDB does', file.length - 8);
  }
  const reader = byteReader(file.subarray(0, file.length - 8), at);
  const meta = { offset: reader.varint(), size: reader.varint() };
  return { meta, index: { offset: reader.varint(), size: reader.varint() } };
}

function indexOf(file: Uint8Array, handle: BlockHandle, room: (bytes: number) => number) {
  const content = blockContent(file, handle, room(0));
  room(content.length);
  return Array.from(blockEntries(content), ({ key, value }) => {
    room(key.length);
    return { handle: blockHandle(value), bound: internalKey(key) };
  });
}

/** Filter and other blocks that the meta index names; their CRCs are checked, their content is for LevelDB's own look-ups. */
function metaOf(file: Uint8Array, handle: BlockHandle, room: (bytes: number) => number): BlockHandle[] {
  const handles = [...blockEntries(blockContent(file, handle, room(0)))].map(({ value }) => blockHandle(value));
  for (const each of handles) room(blockContent(file, each, room(0)).length);
  return handles;
}

function requireTight(handles: readonly BlockHandle[], size: number | null): void {
  let at = 0;
  for (const { offset, size: length } of handles) {
    if (offset !== at) throw damage('gap', `a block is said to begin at ${offset}, not at ${at} where it has to`, at);
    at = offset + length + trailerSize;
  }
  if (size !== null && at + footerSize !== size) throw damage('gap', 'something lies before the footer', at);
}

function readBlock(file: Uint8Array, handle: BlockHandle, room: (bytes: number) => number) {
  const content = blockContent(file, handle, room(0));
  room(content.length);
  return Array.from(blockEntries(content), ({ key, value }) => {
    room(key.length);
    const read = internalKey(key);
    if (!Number.isSafeInteger(read.sequence))
      throw damage('structure', 'a write has a number too large', handle.offset);
    return { key: read, value };
  });
}
