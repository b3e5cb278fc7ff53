import { randomUUID } from 'node:crypto';
import { mkdir, open, realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Mutex } from 'async-mutex';
import type { LegacyEntry } from '../../core/legacy/entry.js';
import { openFailure, readFailure, writeFailure } from './database-failure.js';

export type Operation =
  | { readonly type: 'put'; readonly key: Uint8Array; readonly value: Uint8Array }
  | { readonly type: 'del'; readonly key: Uint8Array };

/** An open LevelDB. Nobody else can write to it while it is. */
export type Database = {
  /** Of the folder, links resolved. */
  readonly path: string;
  get(key: Uint8Array): Promise<Uint8Array | undefined>;
  /** Ascending by key bytes. */
  entries(): Promise<readonly LegacyEntry[]>;
  /** All or nothing, on disk when it resolves. */
  write(operations: readonly Operation[]): Promise<void>;
  /** Held from reading what is there to writing what follows from it. */
  readonly writing: Mutex;
  version(): string;
  close(): Promise<void>;
};

/** Throws LEVELDB_LOCKED, LEVELDB_READ_ERROR, BACKEND_UNAVAILABLE; with `create` also LEVELDB_WRITE_ERROR. */
export async function openDatabase(path: string, { create }: { readonly create: boolean }): Promise<Database> {
  if (create) await makeFolder(path);
  const { Level } = await import('level');
  const level = new Level<Uint8Array, Uint8Array>(path, {
    keyEncoding: 'view',
    valueEncoding: 'view',
    createIfMissing: create,
  });
  await level.open().catch(async (cause: unknown) => {
    throw await openFailure(path, cause);
  });
  const id = randomUUID();
  let writes = 0;
  return {
    path,
    get: (key) => reading(path, level.get(key)),
    entries: async () => {
      const found = await reading(path, level.iterator({ fillCache: false }).all());
      return found.map(([key, value]) => ({ key, value }));
    },
    async write(operations) {
      writes += 1;
      await level.batch([...operations], { sync: true }).catch((cause: unknown) => {
        throw writeFailure(path, cause);
      });
    },
    writing: new Mutex(),
    version: () => `${id}:${writes}`,
    close: () => level.close(),
  };
}

async function reading<Result>(path: string, result: Promise<Result>): Promise<Result> {
  try {
    return await result;
  } catch (cause) {
    throw readFailure(path, cause);
  }
}

/** The folder with its names on disk: LevelDB syncs only what is inside it. */
async function makeFolder(path: string): Promise<void> {
  try {
    const first = await mkdir(path, { recursive: true });
    if (first === undefined) return;
    const above = dirname(await realpath(first));
    for (let folder = dirname(await realpath(path)); ; folder = dirname(folder)) {
      const handle = await open(folder, 'r');
      await handle.sync().finally(() => handle.close());
      if (folder === above) return;
    }
  } catch (cause) {
    throw writeFailure(path, cause);
  }
}
