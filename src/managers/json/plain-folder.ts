import { createHash } from 'node:crypto';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { knownChainNamed } from '../../core/config/resolve-network.js';
import { compareText } from '../../core/equal.js';
import { isObject, type Json } from '../../core/json.js';
import { type PlainFile, plainFile } from '../../core/plain/plain-file.js';
import { plainNameOf } from '../../core/plain/plain-name.js';
import { locate } from '../../core/text/position.js';
import { readValue } from '../../core/text/read.js';
import { notDeployment, unparsable, unreadable } from './load-error.js';

/** A deployment file that was read. */
export type LoadedFile = {
  /** What it is called, without `.json`. */
  readonly name: string;
  /** As messages name it. */
  readonly path: string;
  readonly file: PlainFile;
  readonly bytes: Uint8Array;
  readonly digest: string;
  /** `path:line:column` of a pointer. */
  place(pointer: string): string;
};

/** The folder of plain deployment files. What was read is kept for as long as the file on disk is the same. */
export type PlainFolder = {
  readonly folder: string;
  /** What is no deployment file by its name is passed over. Ascending. Throws JSON_LOAD_ERROR. */
  names(): Promise<string[]>;
  /** Null where there is no such file. Throws JSON_LOAD_ERROR, JSON_PARSE_ERROR. */
  load(name: string): Promise<LoadedFile | null>;
  /**
   * The same for a file nobody asked for by name: null for one that neither has anything of a deployment nor is called like a
   * known network.
   */
  loadAny(name: string): Promise<LoadedFile | null>;
  pathOf(name: string): string;
};

type Kept = { readonly identity: string; readonly loaded: LoadedFile };

export function openPlainFolder(folder: string, cwd: string): PlainFolder {
  const kept = new Map<string, Kept>();
  const pathOf = (name: string): string => {
    const path = join(folder, `${name}.json`);
    const shownPath = relative(cwd, path);
    return shownPath.startsWith('..') ? path : shownPath;
  };
  const load = async (name: string, strict: boolean): Promise<LoadedFile | null> => {
    const path = join(folder, `${name}.json`);
    const seen = await identityOf(path, pathOf(name));
    if (seen === null) return null;
    const known = kept.get(name);
    if (known?.identity === seen.identity) return known.loaded;
    kept.delete(name);
    const bytes = await bytesOf(path, pathOf(name));
    const loaded = bytes === null ? null : parse(name, pathOf(name), bytes, strict);
    // What was written a moment ago may be written again without another time on the disk.
    if (loaded !== null && !seen.young) kept.set(name, { identity: seen.identity, loaded });
    return loaded;
  };
  return {
    folder,
    names: () => namesIn(folder),
    load: (name) => load(name, true),
    loadAny: (name) => load(name, knownChainNamed(name) !== undefined),
    pathOf,
  };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder))
      .map(plainNameOf)
      .filter((name) => name !== null)
      .sort(compareText);
  } catch (cause) {
    if (isMissing(cause)) return [];
    throw unreadable(folder, cause);
  }
}

async function identityOf(path: string, shownPath: string): Promise<{ identity: string; young: boolean } | null> {
  try {
    const found = await stat(path, { bigint: true });
    // Opening a pipe would wait for whoever writes into it.
    if (!found.isFile()) throw new Error('it is no regular file');
    const { mtimeNs, ctimeNs, size, ino } = found;
    const age = Date.now() - Number((mtimeNs > ctimeNs ? mtimeNs : ctimeNs) / 1_000_000n);
    return { identity: `${mtimeNs} ${ctimeNs} ${size} ${ino}`, young: age < 100 };
  } catch (cause) {
    if (isMissing(cause)) return null;
    throw unreadable(shownPath, cause);
  }
}

async function bytesOf(path: string, shownPath: string): Promise<Uint8Array | null> {
  try {
    return await readFile(path);
  } catch (cause) {
    if (isMissing(cause)) return null;
    throw unreadable(shownPath, cause);
  }
}

function parse(name: string, path: string, bytes: Uint8Array, strict: boolean): LoadedFile | null {
  const read = readValue(bytes, { foreign: true });
  if (!read.ok) {
    const { line, column, rule, message } = read.refusal;
    throw unparsable(`${path}:${line}:${column}`, rule, message);
  }
  const locator = locate(Buffer.from(bytes).toString('utf8'));
  const place = (pointer: string) => {
    const { line, column } = locator(pointer, 'value');
    return `${path}:${line}:${column}`;
  };
  const file = plainFile(read.value);
  if (!('message' in file)) return { name, path, file, bytes, digest: digestOf(bytes), place };
  if (!strict && !looksLikeDeployment(read.value)) return null;
  throw notDeployment(place(file.path), `${file.path} ${file.message}`.trim());
}

function looksLikeDeployment(root: Json): boolean {
  return isObject(root) && ['network', 'chainId', 'contracts'].some((key) => Object.hasOwn(root, key));
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
