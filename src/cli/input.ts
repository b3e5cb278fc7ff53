import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { StateManagerError } from '../errors.js';

/** `-` is stdin, else a file relative to `cwd`. Throws BAD_INPUT. */
export async function readInput(file: string, cwd: string, stdin: () => Readable): Promise<Uint8Array> {
  try {
    return file === '-' ? await readAll(stdin()) : readFileSync(resolve(cwd, file));
  } catch (cause) {
    const name = file === '-' ? 'stdin' : JSON.stringify(file);
    throw new StateManagerError('BAD_INPUT', `${name} cannot be read: ${reason(cause)}.`, {
      cause,
      hint: `check the path; it is relative to ${cwd}`,
    });
  }
}

async function readAll(stream: Readable): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

function reason(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES') return 'permission denied';
  return String(cause);
}
