import { lstat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StateManagerError } from '../../errors.js';
import { type Checkout, inCheckout } from '../checkout-context.js';
import { blobOid } from '../read/blob-oid.js';
import { readIndex } from '../read/index-tree.js';
import { isAbsent, readStateFile } from '../read/worktree-tree.js';
import { runGit } from '../run.js';

/**
 * Refuses when index or work tree differ from HEAD in a path that is to be written: someone's edit would be lost.
 * Throws UNCOMMITTED_EDITS, and FILE_FAILED when a folder on the way is a link.
 */
export async function refuseUncommitted(
  checkout: Checkout,
  committed: ReadonlyMap<string, string | null>,
  index?: { readonly file: string },
): Promise<void> {
  const paths = [...committed.keys()];
  const staged = await readIndex(checkout, paths, index);
  for (const [path, oid] of committed) {
    const entries = staged.filter((entry) => entry.path === path);
    if (entries.some((entry) => entry.stage !== 0)) throw uncommitted(path, 'is in conflict');
    if ((entries[0]?.oid ?? null) !== oid) throw uncommitted(path, 'has staged edits that are not committed');
    await refuseLinkedFolder(checkout.top, path);
    if (!(await worktreeHas(checkout, path, oid)))
      throw uncommitted(path, oid === null ? 'is there but not tracked' : 'has edits that are not committed');
  }
}

/** True when the work-tree file is the blob (null: absent), CRLF endings that git would convert on its way in apart. */
export async function worktreeHas(checkout: Checkout, path: string, oid: string | null): Promise<boolean> {
  const file = await readStateFile(checkout.top, path);
  if (file === null || oid === null) return file === null && oid === null;
  if (file.mode === '120000') return false;
  const { name } = await checkout.objectFormat();
  if (blobOid(file.bytes, name) === oid) return true;
  const bytes = Buffer.from(file.bytes);
  if (!bytes.includes('\r\n')) return false;
  return blobOid(Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1'), name) === oid;
}

/** Blob oids of paths at a commit. */
export async function blobsAt(
  checkout: Checkout,
  commit: string | null,
  paths: Iterable<string>,
): Promise<Map<string, string | null>> {
  const found = new Map<string, string | null>();
  for (const path of paths) {
    const object = commit === null ? null : await checkout.objects.read(`${commit}:${path}`);
    found.set(path, object?.oid ?? null);
  }
  return found;
}

/** What the index has of a path: the blob's oid, null for nothing, undefined for the sides of a conflict. */
export async function stagedOid(
  checkout: Pick<Checkout, 'top' | 'env'>,
  path: string,
): Promise<string | null | undefined> {
  const entries = await readIndex(checkout, [path], undefined);
  if (entries.some((entry) => entry.stage !== 0)) return undefined;
  return entries[0]?.oid ?? null;
}

/** Throws IDENTITY_MISSING before anything is stored. */
export async function refuseWithoutIdentity(checkout: Checkout): Promise<void> {
  const asked = ['GIT_COMMITTER_IDENT', 'GIT_AUTHOR_IDENT'].map((name) =>
    runGit(['var', name], inCheckout(checkout, { answers: [128] })),
  );
  const missing = (await Promise.all(asked)).find((answer) => answer.code !== 0);
  if (missing === undefined) return;
  throw new StateManagerError('IDENTITY_MISSING', 'Git does not know who you are, and a commit needs an author.', {
    hint: 'git config user.name "…" && git config user.email "…"',
    details: { stderr: missing.stderr },
  });
}

/** A folder on the way that is a link leads out of what git tracks. Throws FILE_FAILED. */
export async function refuseLinkedFolder(top: string, path: string): Promise<void> {
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    try {
      if (!(await lstat(join(top, folder))).isSymbolicLink()) continue;
    } catch (cause) {
      if (isAbsent(cause)) continue;
      throw cause;
    }
    throw new StateManagerError('FILE_FAILED', `${folder} is a symbolic link: the state would be written elsewhere.`, {
      hint: `replace the link ${folder} by a folder`,
    });
  }
}

function uncommitted(path: string, what: string): StateManagerError {
  return new StateManagerError('UNCOMMITTED_EDITS', `${path} ${what}: a write would overwrite or hide what is there.`, {
    hint: `git diff HEAD -- ${path}, then git commit it or git restore -SW ${path}`,
    details: { path },
  });
}
