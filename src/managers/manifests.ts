import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compareText } from '../core/equal.js';
import { isManifest, manifestFolder } from '../core/layout.js';
import { StateManagerError } from '../errors.js';

/** The manifests of OpenZeppelin's upgrades plugin beside a store, as they stand now. Throws FILE_FAILED. */
export type Manifests = () => Promise<readonly { readonly path: string; readonly bytes: Uint8Array }[]>;

/** Those of `<cwd>/.openzeppelin/`; none where there is no such folder. */
export function manifestsIn(cwd: string): Manifests {
  return async () => {
    const folder = manifestFolder('');
    const names = await readdir(join(cwd, folder)).catch((cause: unknown) => {
      if (isAbsent(cause)) return [];
      throw unreadable(folder, cause);
    });
    const paths = names.map((name) => `${folder}/${name}`).filter((path) => isManifest(path, ''));
    return Promise.all(
      paths.sort(compareText).map(async (path) => ({ path, bytes: await bytesOf(join(cwd, path), path) })),
    );
  };
}

async function bytesOf(file: string, path: string): Promise<Uint8Array> {
  return readFile(file).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
}

function isAbsent(cause: unknown): boolean {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function unreadable(path: string, cause: unknown): StateManagerError {
  return new StateManagerError('FILE_FAILED', `${path} cannot be read: ${String(cause)}`, {
    cause,
    hint: 'check its permissions',
    details: { path },
  });
}
