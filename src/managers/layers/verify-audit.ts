import { readFile } from 'node:fs/promises';
import { isObject, type Json, member } from '../../core/json.js';
import { shown } from '../../core/shown.js';
import { StateManagerError } from '../../errors.js';
import { checksumOfLine } from './audit-line.js';

export type AuditVerdict = {
  /** Lines that hold. */
  readonly entries: number;
  /** Of the last line that holds. Kept elsewhere, it shows whether the end of the file was cut off. */
  readonly head: string | null;
  /** By line, counted from 1. */
  readonly problems: readonly { readonly line: number; readonly message: string }[];
};

/** Whether each line is as it was written, and follows one that is still there. Throws FILE_FAILED. */
export async function verifyAudit(file: string): Promise<AuditVerdict> {
  const lines = (await textOf(file)).split('\n');
  const last = lines.pop() ?? '';
  const problems: { line: number; message: string }[] = [];
  // The first line of a file follows none, and so does the first of a process that writes elsewhere.
  const known = new Set<Json>([null]);
  let head: string | null = null;
  for (const [index, text] of lines.entries()) {
    const checksum = checksumOfLine(text);
    const message = checksum === null ? 'is not what was written' : follows(text, known);
    if (message !== null) problems.push({ line: index + 1, message });
    if (checksum === null) continue;
    known.add(checksum);
    head = checksum;
  }
  if (last !== '') problems.push({ line: lines.length + 1, message: 'is cut off' });
  return { entries: known.size - 1, head, problems };
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StateManagerError('FILE_FAILED', `The audit ${shown(file)} cannot be read: ${reason}`, {
      hint: 'name the file that audited writes',
      cause,
      details: { file },
    });
  }
}

function follows(text: string, known: ReadonlySet<Json>): string | null {
  const entry = JSON.parse(text) as Json;
  const previous = isObject(entry) ? member(entry, 'previous') : undefined;
  return previous !== undefined && known.has(previous) ? null : 'follows a line that is not here';
}
