import { type FileHandle, open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Mutex } from 'async-mutex';
import { shown } from '../../core/shown.js';
import { StateManagerError } from '../../errors.js';
import { mkdirDurably, syncFolder } from '../../git/write/durable.js';
import { type AuditEntry, auditLine, checksumOfLine } from './audit-line.js';

/** Managers of one process that share a file append one after the other. */
const writers = new Map<string, Mutex>();

/**
 * Adds lines at the end of an audit file (mode 0600) and waits until the disk has them. Each is chained to the last line
 * that stands there, whoever wrote it. Two processes that append at the very same moment may chain to the same line: the
 * file still verifies, and only the removal of the last of these would not show. Throws FILE_FAILED.
 */
export async function appendAudit(file: string, entries: readonly AuditEntry[]): Promise<void> {
  const path = resolve(file);
  const writer = writers.get(path) ?? new Mutex();
  writers.set(path, writer);
  await writer.runExclusive(async () => {
    try {
      await append(path, entries);
    } catch (cause) {
      throw failed(file, cause);
    }
  });
}

async function append(path: string, entries: readonly AuditEntry[]): Promise<void> {
  await mkdirDurably(dirname(path));
  const handle = await open(path, 'a+', 0o600);
  try {
    const { size } = await handle.stat();
    const tail = await tailOf(handle, size);
    // What died in the middle of a line must not take the next line with it.
    const isTorn = tail !== '' && !tail.endsWith('\n');
    const lines: string[] = [];
    let previous = lastChecksum(tail);
    for (const entry of entries) {
      const { line, checksum } = auditLine(entry, previous);
      lines.push(`${line}\n`);
      previous = checksum;
    }
    await handle.appendFile(`${isTorn ? '\n' : ''}${lines.join('')}`);
    await handle.sync();
    if (size === 0) await syncFolder(dirname(path));
  } finally {
    await handle.close();
  }
}

/** The end of the file, from some line's middle on, with at least one whole line where there is one. */
async function tailOf(handle: FileHandle, size: number): Promise<string> {
  for (let length = 65_536; ; length *= 4) {
    const start = Math.max(0, size - length);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - start), 0, size - start, start);
    const text = buffer.toString('utf8', 0, bytesRead);
    if (start === 0 || lastChecksum(text) !== null) return text;
  }
}

function lastChecksum(text: string): string | null {
  const lines = text.split('\n').slice(0, -1).reverse();
  for (const line of lines) {
    const checksum = checksumOfLine(line);
    if (checksum !== null) return checksum;
  }
  return null;
}

function failed(file: string, cause: unknown): StateManagerError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new StateManagerError('FILE_FAILED', `The audit ${shown(file)} cannot be written: ${reason}`, {
    hint: 'mend what the reason says; without its audit nothing is written',
    cause,
    details: { file },
  });
}
