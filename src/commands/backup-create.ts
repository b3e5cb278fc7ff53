import { compareFiles, type PresentFile } from '../core/backup/compare-files.js';
import { type BackedUpFile, type BackupManifest, manifestText, readManifest } from '../core/backup/manifest.js';
import { backupId, backupNames } from '../core/backup/names.js';
import { type Proof, reportText } from '../core/backup/report.js';
import { rollbackScript } from '../core/backup/rollback-script.js';
import { sumsText } from '../core/backup/sums.js';
import { type Finding, hasErrors } from '../core/finding.js';
import { shown } from '../core/shown.js';
import { StateManagerError } from '../errors.js';
import type { BackupFolders, BackupSources } from '../ports/backup-folders.js';
import type { Bundles, BundleSource } from '../ports/bundles.js';
import type { Checkout } from '../ports/checkout.js';
import type { StateRepository } from '../ports/state-repository.js';
import { committedState, countState } from './backup-contents.js';
import { proveBackup } from './backup-verify.js';
import { stateAmong } from './status.js';

export type BackupRequest = {
  /** Absolute: the backup becomes a new folder in it. */
  readonly out: string;
  /** That folder lies in the work tree. */
  readonly inWorktree: boolean;
  readonly now: Date;
  readonly toolVersion: string;
  readonly sources: BackupSources;
};

export type BackupPorts = {
  readonly repository: StateRepository;
  readonly checkout: Checkout;
  readonly source: BundleSource;
  readonly bundles: Bundles;
  readonly folders: BackupFolders;
  /** Copies a LevelDB into a folder that does not exist, its source untouched. */
  copyStore(from: string, into: string): Promise<void>;
};

export type BackupData = {
  readonly id: string;
  readonly folder: string;
  readonly commit: string;
  readonly proof: Proof;
  /** Of SHA256SUMS. */
  readonly digest: string;
  /** State files whose edits are not committed, and so not in the backup. */
  readonly uncommitted: readonly string[];
  readonly leveldb: boolean;
  readonly legacy: number;
};

/**
 * Backs up HEAD, every ref, and what stands beside git, whole or not at all; verified before it gets its name. Throws
 * BAD_INPUT (no commit, a shallow clone), VALIDATION_FAILED (state with errors), OUTPUT_EXISTS, RACED and what LevelDB refuses.
 */
export async function createBackup(ports: BackupPorts, request: BackupRequest): Promise<BackupData> {
  const { repository, checkout, folders } = ports;
  const head = await requireHead(ports);
  const uncommitted = await stateAmong((paths) => checkout.edited(paths), await repository.roots('worktree'));
  const id = backupId(request.now, head.commit);
  const folder = `${request.out}/${id}`;
  if (request.inWorktree) await folders.makeIgnored(request.out);
  const made = await folders.build(folder, (place) => fill(ports, request, { ...head, id, place }));
  const { leveldb, legacy } = request.sources;
  return {
    id,
    folder,
    commit: head.commit,
    ...made,
    uncommitted,
    leveldb: leveldb !== null,
    legacy: legacy.length,
  };
}

type Head = { readonly branch: string | null; readonly commit: string };

async function requireHead({ repository, source }: BackupPorts): Promise<Head> {
  const { branch, commit } = await repository.head();
  if (commit === null) {
    throw new StateManagerError('BAD_INPUT', 'There is no commit yet, so nothing to back up.', {
      hint: 'commit first, or copy the LevelDB by hand',
    });
  }
  if (await source.shallow()) {
    throw new StateManagerError('BAD_INPUT', 'This clone is shallow: its history ends before its beginning.', {
      hint: 'git fetch --unshallow, then the same command again',
    });
  }
  return { branch, commit };
}

type Building = Head & { readonly id: string; readonly place: string };

async function fill(ports: BackupPorts, request: BackupRequest, building: Building) {
  const { folders, bundles } = ports;
  const { place } = building;
  const restored = await writeContents(ports, request, building);
  const planned = await manifestOf(ports, request, building, await folders.list(place), restored);
  await folders.write(place, backupNames.manifest, manifestText(planned));
  const manifest = readManifest(await folders.read(place, backupNames.manifest));
  if (manifest === null) throw unreadable(planned);
  const { proof, findings } = await proveBackup(folders, bundles, place, manifest);
  if (proof === null || hasErrors(findings)) throw refused(findings);
  const written = await folders.list(place);
  const sha256 = written.find(({ path }) => path === backupNames.manifest)?.sha256 ?? '';
  await folders.write(place, backupNames.report, reportText(manifest, sha256, manifest.createdAt, proof));
  await folders.write(place, backupNames.sums, sumsText(await folders.list(place)));
  const whole = await folders.list(place);
  const changed = compareFiles(manifest, whole);
  if (hasErrors(changed)) throw refused(changed);
  const digest = whole.find(({ path }) => path === backupNames.sums)?.sha256 ?? '';
  return { proof, digest };
}

function refused(findings: readonly Finding[]): StateManagerError {
  return new StateManagerError('VALIDATION_FAILED', 'The backup would not verify, so none was made.', {
    hint: 'stateroot validate --at HEAD',
    details: { findings },
  });
}

/** A name that no restore could be trusted to write, such as one with a backslash. */
function unreadable({ files }: BackupManifest): StateManagerError {
  const odd = files.filter(({ path }) => path.includes('\\')).map(({ path }) => path);
  return new StateManagerError('BAD_INPUT', `Some names cannot be in a backup: ${odd.map(shown).join(', ')}.`, {
    hint: 'rename these files, or leave them out with --legacy-json',
    details: { files: odd },
  });
}

/** Everything but manifest, report and sums. Answers where a restore puts what git does not bring back. */
async function writeContents(
  ports: BackupPorts,
  { sources }: BackupRequest,
  { id, place, commit }: Building,
): Promise<ReadonlyMap<string, string>> {
  const { repository, source, folders } = ports;
  for (const { path, bytes } of await committedState(repository, commit)) {
    await folders.write(place, `${backupNames.state}/${path}`, bytes);
  }
  await source.create(`${place}/${backupNames.bundle}`);
  const restored = new Map<string, string>();
  for (const { from, name, restoreTo } of sources.legacy) {
    await folders.copy(from, place, `${backupNames.legacy}/${name}`);
    restored.set(`${backupNames.legacy}/${name}`, restoreTo);
  }
  if (sources.leveldb !== null) {
    await folders.makeFolder(place, backupNames.leveldb.slice(0, backupNames.leveldb.indexOf('/')));
    await ports.copyStore(sources.leveldb.from, `${place}/${backupNames.leveldb}`);
  }
  for (const { path } of await folders.list(place)) {
    const prefix = `${backupNames.leveldb}/`;
    if (!path.startsWith(prefix)) continue;
    restored.set(path, `${sources.leveldb?.restoreTo ?? 'leveldb'}/${path.slice(prefix.length)}`);
  }
  const files = (await folders.list(place)).map(({ path }) => placed(path, restored));
  const script = rollbackScript({ id, commit }, files, await repository.roots({ commit }));
  await folders.write(place, backupNames.script, script, { executable: true });
  return restored;
}

async function manifestOf(
  { repository, source, bundles }: BackupPorts,
  { now, toolVersion }: BackupRequest,
  { id, place, commit, branch }: Building,
  present: readonly PresentFile[],
  restored: ReadonlyMap<string, string>,
): Promise<BackupManifest> {
  const heads = await bundles.heads(`${place}/${backupNames.bundle}`);
  if (!heads.some(({ name, oid }) => name === 'HEAD' && oid === commit)) {
    throw new StateManagerError('RACED', 'HEAD moved while the backup was made; none was made.', {
      hint: 'run the same command again',
    });
  }
  return {
    formatVersion: 1,
    id,
    createdAt: now.toISOString(),
    toolVersion,
    repository: {
      commit,
      branch,
      objectFormat: await source.objectFormat(),
      refs: heads.filter(({ name }) => name !== 'HEAD'),
    },
    counts: await countState(repository, commit),
    files: present.map(({ path, size, sha256 }) => ({ ...placed(path, restored), size, sha256 })),
  };
}

function placed(
  path: string,
  restored: ReadonlyMap<string, string>,
): Pick<BackedUpFile, 'path' | 'category' | 'restoreTo'> {
  const restoreTo = restored.get(path);
  return { path, category: categoryOf(path), ...(restoreTo === undefined ? {} : { restoreTo }) };
}

function categoryOf(path: string): BackedUpFile['category'] {
  if (path.startsWith(`${backupNames.state}/`)) return 'state';
  if (path.startsWith(`${backupNames.leveldb}/`)) return 'leveldb';
  if (path.startsWith(`${backupNames.legacy}/`)) return 'legacy-json';
  return path === backupNames.script ? 'script' : 'repository';
}
