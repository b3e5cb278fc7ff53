import { backupNames } from '../core/backup/names.js';
import type { BackupManifest, Ref } from '../core/backup/manifest.js';
import { backupProblem } from '../core/backup/problem.js';
import { equalJson } from '../core/equal.js';
import type { Finding } from '../core/finding.js';
import { recordsOf } from '../core/model/network-file.js';
import type { BackupFolders } from '../ports/backup-folders.js';
import type { Bundles } from '../ports/bundles.js';
import type { StateFile, StateRepository } from '../ports/state-repository.js';
import { snapshotAt } from './read-snapshot.js';
import { validate } from './validate.js';

/** What a backup holds, counted in a clone of its bundle. */
export type Contents = {
  readonly findings: readonly Finding[];
  readonly refs: number;
  readonly stateFiles: number;
  readonly networks: number;
  readonly records: number;
};

/**
 * Makes a repository of the bundle in an empty folder and compares: every ref with the manifest, unified-json with the
 * state files of the commit, and each of those with what it claims to be. Throws GIT_FAILED when git refuses the bundle.
 */
export async function checkContents(
  bundles: Bundles,
  folders: BackupFolders,
  where: { readonly backup: string; readonly clone: string },
  manifest: BackupManifest,
): Promise<Contents> {
  await bundles.restore(`${where.backup}/${backupNames.bundle}`, where.clone, manifest.repository);
  const refs = await bundles.refs(where.clone);
  const repository = await bundles.open(where.clone);
  try {
    const counted = await countState(repository, manifest.repository.commit);
    const files = await committedState(repository, manifest.repository.commit);
    const { findings } = await validate(repository, { place: { commit: manifest.repository.commit } });
    const { networks, records } = counted;
    return {
      findings: [
        ...refProblems(refs, manifest),
        ...countProblems(counted, manifest),
        ...(await stateProblems(folders, where.backup, files, manifest)),
        ...findings.map((finding) => ({ ...finding, file: `${backupNames.state}/${finding.file}` })),
      ],
      refs: refs.length,
      stateFiles: files.length,
      networks,
      records,
    };
  } finally {
    await repository.close();
  }
}

/** Networks and records of every state root of a commit. */
export async function countState(
  repository: StateRepository,
  commit: string,
): Promise<{ readonly networks: number; readonly records: number }> {
  const roots = await repository.roots({ commit });
  const snapshots = await Promise.all(roots.map((root) => snapshotAt(repository.forRoot(root), { commit })));
  const networks = snapshots.flatMap((snapshot) => [...snapshot.networks.values()]);
  return { networks: networks.length, records: networks.flatMap(recordsOf).length };
}

/** The state files of every state root of a commit. */
export async function committedState(repository: StateRepository, commit: string): Promise<readonly StateFile[]> {
  const files: StateFile[] = [];
  for (const root of await repository.roots({ commit })) {
    const tree = await repository.forRoot(root).at({ commit });
    files.push(...(await tree.read(await tree.paths())));
  }
  return files;
}

function refProblems(refs: readonly Ref[], { repository }: BackupManifest): Finding[] {
  if (equalJson(refs, repository.refs)) return [];
  const message = 'The branches and tags of the bundle are not those of the manifest.';
  return [backupProblem('backup/refs', backupNames.bundle, message)];
}

function countProblems(counted: BackupManifest['counts'], { counts }: BackupManifest): Finding[] {
  if (counted.networks === counts.networks && counted.records === counts.records) return [];
  const message = `The commit has ${counted.networks} networks and ${counted.records} records, not ${counts.networks} and ${counts.records}.`;
  return [backupProblem('backup/counts', backupNames.manifest, message)];
}

async function stateProblems(
  folders: BackupFolders,
  backup: string,
  files: readonly StateFile[],
  manifest: BackupManifest,
): Promise<Finding[]> {
  const committed = new Map(files.map((file) => [`${backupNames.state}/${file.path}`, file]));
  const kept = manifest.files.filter(({ category }) => category === 'state').map(({ path }) => path);
  const problems: Finding[] = [];
  for (const path of new Set([...committed.keys(), ...kept])) {
    const file = committed.get(path);
    const isEqual =
      file !== undefined && kept.includes(path) && sameBytes(file.bytes, await folders.read(backup, path));
    if (isEqual) continue;
    problems.push(backupProblem('backup/state', path, 'This is not the state file of the commit in the bundle.'));
  }
  return problems;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
