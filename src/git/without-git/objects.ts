import type { TreeEntry } from 'isomorphic-git';
import { StateManagerError } from '../../errors.js';
import type { Objects } from '../objects.js';
import type { GitObject } from '../read/cat-file-answer.js';
import { readOnlyFs } from './read-only-fs.js';

/**
 * Objects of a repository where there is no git program (functions, containers): isomorphic-git in process, read-only.
 * Understands what reading state asks for: `<blob oid>`, `<commit oid>^{tree}` and `<commit oid>:<path>`. What it cannot
 * read (SHA-256, alternates, a damaged object) throws GIT_NOT_FOUND: "absent" would be a false answer.
 */
export function objectsWithoutGit(commonDir: string): Objects {
  const at = { fs: readOnlyFs, gitdir: commonDir, cache: {} };

  async function readTree(oid: string): Promise<GitObject & { entries: readonly TreeEntry[] }> {
    const git = await import('isomorphic-git');
    const read = await git.readTree({ ...at, oid }).catch(unreadable(oid));
    return { oid: read.oid, type: 'tree', bytes: encodeTree(read.tree), entries: read.tree };
  }

  async function readBlob(oid: string): Promise<GitObject> {
    const git = await import('isomorphic-git');
    const read = await git.readBlob({ ...at, oid }).catch(unreadable(oid));
    return { oid, type: 'blob', bytes: Buffer.from(read.blob) };
  }

  async function below(commit: string, path: string): Promise<GitObject | null> {
    let tree = await readTree(commit);
    const names = path.split('/').filter((name) => name !== '');
    for (const [i, name] of names.entries()) {
      const entry = tree.entries.find((candidate) => candidate.path === name);
      if (entry === undefined) return null;
      if (entry.type !== 'tree') return i === names.length - 1 && entry.type === 'blob' ? readBlob(entry.oid) : null;
      tree = await readTree(entry.oid);
    }
    return tree;
  }

  return {
    read(name) {
      const [, oid, suffix = ''] = /^([0-9a-f]{40,64})(.*)$/s.exec(name) ?? [];
      if (oid === undefined) return Promise.resolve(null);
      if (suffix === '') return readBlob(oid);
      return suffix === '^{tree}' ? readTree(oid) : below(oid, suffix.slice(1));
    },
    close: () => undefined,
  };
}

/** As the object itself has it: what reads trees parses this form. */
function encodeTree(entries: readonly TreeEntry[]): Buffer {
  const parts = entries.flatMap((entry) => [
    Buffer.from(`${entry.mode.replace(/^0/, '')} ${entry.path}\0`),
    Buffer.from(entry.oid, 'hex'),
  ]);
  return Buffer.concat(parts);
}

function unreadable(oid: string): (cause: unknown) => never {
  return (cause) => {
    throw new StateManagerError('GIT_NOT_FOUND', `The object ${oid} cannot be read without the git program.`, {
      cause,
      hint: 'install git 2.38 or newer and put it on PATH',
    });
  };
}
