import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { canonicalize } from '../core/text/canonical.js';
import { StateManagerError } from '../errors.js';
import type { MergeFiles } from '../ports/merge-files.js';
import { findCheckout } from './checkout-place.js';
import { isAbsent } from './read/worktree-tree.js';

/** The files git made for a merge driver it started in `cwd`. */
export function openMergeFiles(cwd: string): MergeFiles {
  return {
    read: (file) => readWhole(resolve(cwd, file), file),
    replace: (file, bytes) => replaceWhole(resolve(cwd, file), file, bytes),
    merged: () => mergedCommit(),
    async report(path, conflicts) {
      const gitDir = await gitDirOf(cwd);
      const name = ['stateroot', 'conflicts', ...path.split('/')];
      // A path of a commit has no such segments; what is asked by hand must not leave the folder.
      if (gitDir === null || name.some((segment) => ['', '.', '..'].includes(segment))) return;
      const file = `${join(gitDir, ...name)}.json`;
      if (conflicts === null) await rm(file, { force: true });
      else await replaceWhole(file, file, Buffer.from(canonicalize(conflicts)));
    },
  };
}

async function readWhole(file: string, name: string): Promise<Uint8Array | null> {
  try {
    return await readFile(file);
  } catch (cause) {
    if (isAbsent(cause)) return null;
    throw fileFailed(name, 'read', cause);
  }
}

async function replaceWhole(file: string, name: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${file}.${process.pid}`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(temporary, bytes);
    await rename(temporary, file);
  } catch (cause) {
    throw fileFailed(name, 'written', cause);
  }
}

/** Null where there is no work tree: nobody settles a conflict there. */
async function gitDirOf(cwd: string): Promise<string | null> {
  try {
    return (await findCheckout(cwd, process.env)).gitDir;
  } catch (error) {
    if (error instanceof StateManagerError) return null;
    throw error;
  }
}

/** `git merge` names what it merges in the environment, `GITHEAD_<oid>`; whatever else starts drivers does not. */
function mergedCommit(): string | null {
  const heads = Object.keys(process.env).flatMap((name) => /^GITHEAD_([0-9a-f]{40,64})$/.exec(name)?.[1] ?? []);
  return heads.length === 1 ? (heads[0] ?? null) : null;
}

function fileFailed(name: string, verb: string, cause: unknown): StateManagerError {
  return new StateManagerError('FILE_FAILED', `${name} cannot be ${verb}: ${String(cause)}`, {
    cause,
    hint: 'check its permissions and the disk',
  });
}
