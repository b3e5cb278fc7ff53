import { lstat, readdir, readFile, readlink, stat } from 'node:fs/promises';

/**
 * The file system isomorphic-git gets: it can read and nothing else. Its writes take no locks and lose commits
 * (git-facts E1-E7), and even some of its reads write the index (E33).
 */
export const readOnlyFs = {
  promises: {
    readFile,
    readdir,
    stat,
    lstat,
    readlink,
    writeFile: refuse,
    unlink: refuse,
    mkdir: refuse,
    rmdir: refuse,
    rename: refuse,
    symlink: refuse,
    chmod: refuse,
  },
};

function refuse(): Promise<never> {
  return Promise.reject(new Error('isomorphic-git may not write here'));
}
