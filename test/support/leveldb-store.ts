import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { Level } from 'level';
import type { LegacyEntry } from '../../src/core/legacy/entry.js';

/** A temporary folder, gone when the test is over. */
export function temporaryFolder(t: { after(run: () => void): void }): string {
  const folder = mkdtempSync(join(tmpdir(), 'stateroot-test-'));
  t.after(() => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });
  return folder;
}

/** Entries from texts: values that are not text are stored as their JSON. */
export function entriesOf(pairs: Readonly<Record<string, unknown>>): LegacyEntry[] {
  return Object.entries(pairs).map(([key, value]) => ({
    key: Buffer.from(key),
    value: value instanceof Uint8Array ? value : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
  }));
}

/** A LevelDB as deploy scripts make it, through `level` itself and none of our code. */
export async function makeStore(path: string, entries: Iterable<LegacyEntry>): Promise<string> {
  const database = new Level<Uint8Array, Uint8Array>(path, { keyEncoding: 'view', valueEncoding: 'view' });
  await database.open();
  for (const { key, value } of entries) await database.put(key, value);
  await database.close();
  return path;
}

/** Everything in a LevelDB by key, read with `level` alone. */
export async function storeContent(path: string): Promise<Map<string, string>> {
  const database = new Level<string, string>(path, { createIfMissing: false });
  await database.open();
  const content = new Map<string, string>();
  for await (const [key, value] of database.iterator()) content.set(key, value);
  await database.close();
  return content;
}

/** A process that has the LevelDB open, until it is killed. */
export async function holdOpen(t: { after(run: () => void): void }, path: string): Promise<ChildProcess> {
  const level = createRequire(import.meta.url).resolve('level');
  const script = `const { Level } = require(${JSON.stringify(level)}); const db = new Level(${JSON.stringify(path)});
    db.open().then(() => { process.stdout.write('open'); setInterval(() => db.status, 1000); });`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => {
    child.kill('SIGKILL');
  });
  await once(child.stdout, 'data');
  return child;
}

/** Names, kinds, sizes, times and content of a folder: equal before and after means untouched. */
export function fingerprint(folder: string): unknown {
  const names = readdirSync(folder).sort();
  const { mtimeNs } = lstatSync(folder, { bigint: true });
  return { mtimeNs, files: names.map((name) => fileFingerprint(join(folder, name))) };
}

function fileFingerprint(path: string): unknown {
  const { mode, size, mtimeNs, ino, nlink } = lstatSync(path, { bigint: true });
  const isFile = lstatSync(path).isFile();
  const hash = isFile ? createHash('sha256').update(readFileSync(path)).digest('hex') : null;
  return { path, mode, size, mtimeNs, ino, nlink, hash };
}

/** The value of a well-formed ContractType, with what a test wants to be different. */
export function contractValue(contractName: string, chainId: number, changes: object = {}): object {
  return {
    contractName,
    chainId,
    networkName: 'bsctestnet',
    address: '0xfD6ab351cd88F004c614E83225816b3A7b7733be',
    factoryByteCodeHash: `0x${'ab'.repeat(32)}`,
    implementationHash: `0x${'ab'.repeat(32)}`,
    proxyAddress: '0x50E82e86598C47bAb5E24eFba83DA69FaD27A256',
    deploymentArgs: [],
    timestamp: 1754079530056,
    ...changes,
  };
}
