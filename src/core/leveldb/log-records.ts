import { fixed32 } from './byte-reader.js';
import { crc32c, crcByte, crcEnd, crcNext, crcStart, unmaskedCrc } from './crc32c.js';
import type { Report } from './store-problem.js';

/** One logical record of a log or MANIFEST, its fragments put together. */
export type LogRecord = { readonly offset: number; readonly bytes: Uint8Array };

const blockSize = 32 * 1024;
const headerSize = 7;
const full = 1;
const first = 2;
const last = 4;

/**
 * The records of a file in LevelDB's log format, every CRC checked. `torn-tail` is what a crash leaves: the file ends inside
 * of its last record. Everything else that does not fit is damage, `crc` or `log-structure`; reading goes on in the next block.
 */
export function logRecords(bytes: Uint8Array, report: Report): LogRecord[] {
  const records: LogRecord[] = [];
  const pending: { open: { offset: number; parts: Uint8Array[] } | null } = { open: null };
  let at = 0;
  const damaged = (offset: number, kind: string, message: string): void => {
    pending.open = null;
    report({ offset, kind, message });
  };
  while (at < bytes.length) {
    const blockEnd = Math.min(bytes.length, (Math.floor(at / blockSize) + 1) * blockSize);
    const isLastBlock = blockEnd === bytes.length;
    if (blockEnd - at < headerSize) {
      if (blockEnd % blockSize !== 0) tornTail(pending.open?.offset ?? at);
      else if (!isZero(bytes, at, blockEnd)) damaged(at, 'log-structure', 'holds something where only zeros belong');
      at = blockEnd;
      continue;
    }
    const length = (bytes[at + 4] ?? 0) + (bytes[at + 5] ?? 0) * 256;
    const type = bytes[at + 6] ?? 0;
    const begin = at + headerSize;
    const end = begin + length;
    if (type === 0 && length === 0 && isZero(bytes, at, blockEnd)) {
      // Space that was set aside and never written: it may only follow the last record.
      if (!isLastBlock || pending.open !== null) damaged(at, 'log-structure', 'is empty where a record has to be');
      at = blockEnd;
      continue;
    }
    const stored = unmaskedCrc(fixed32(bytes, at));
    if (end > blockEnd) {
      if (isLastBlock && end - at <= blockSize - (at % blockSize) && !isShorter(bytes, at, stored)) {
        tornTail(pending.open?.offset ?? at);
      } else damaged(at, 'log-structure', 'a record reaches beyond its block: its length is damaged');
      at = blockEnd;
      continue;
    }
    if (crc32c(bytes.subarray(at + 6, end)) !== stored) {
      damaged(at, 'crc', 'a record does not have the bytes its CRC was made of');
      at = blockEnd;
      continue;
    }
    take(type, bytes.subarray(begin, end));
    at = end;
  }
  if (pending.open !== null) tornTail(pending.open.offset);
  return records;

  function take(type: number, part: Uint8Array): void {
    const begins = type === full || type === first;
    if (type < full || type > last) {
      damaged(at, 'log-structure', `a record is of the unknown type ${type}`);
      return;
    }
    if (begins && pending.open !== null) damaged(pending.open.offset, 'log-structure', 'a record has no end');
    if (!begins && pending.open === null) damaged(at, 'log-structure', 'a record has no beginning');
    if (begins) pending.open = { offset: at, parts: [] };
    const { open } = pending;
    if (open === null) return;
    open.parts.push(part);
    if (type !== full && type !== last) return;
    records.push({ offset: open.offset, bytes: open.parts.length === 1 ? part : Buffer.concat(open.parts) });
    pending.open = null;
  }

  function tornTail(offset: number): void {
    pending.open = null;
    report({
      offset,
      kind: 'torn-tail',
      severity: 'warning',
      message: 'ends inside of its last write, which is left out: a crash interrupted it, or the file was cut since',
    });
  }
}

/** Whether the record is whole, only shorter than its length says: then nothing was torn, the length was changed. */
function isShorter(bytes: Uint8Array, at: number, stored: number): boolean {
  let state = crcNext(crcStart, bytes.subarray(at + 6, at + headerSize));
  if (crcEnd(state) === stored) return true;
  for (let i = at + headerSize; i < bytes.length; i += 1) {
    state = crcByte(state, bytes[i] ?? 0);
    if (crcEnd(state) === stored) return true;
  }
  return false;
}

function isZero(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i += 1) if (bytes[i] !== 0) return false;
  return true;
}
