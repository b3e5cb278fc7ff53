import { resolve } from 'node:path';
import { type BackupData, createBackup } from '../../commands/backup-create.js';
import { restoreBackup } from '../../commands/backup-restore.js';
import { verifyBackup } from '../../commands/backup-verify.js';
import { hasErrors } from '../../core/finding.js';
import { stateFolders } from '../../core/layout.js';
import { StateManagerError } from '../../errors.js';
import { backupFolders } from '../../files/backup-folders.js';
import { findBackupSources, placeIn } from '../../files/backup-sources.js';
import { bundlesOf, openBundleSource } from '../../git/bundles.js';
import { copyStore } from '../../leveldb/copy-store.js';
import type { StateRepository } from '../../ports/state-repository.js';
import { required, text } from '../arguments.js';
import type { Arguments, Context, Verb } from '../command.js';
import { packageVersion } from '../installation.js';
import { usualLevelDb } from '../usual-leveldb.js';
import { backupNotes, backupSummary, restoreSummary, verifyNotes } from '../text/backup.js';
import { renderFindings } from '../text/findings.js';

export const runBackup: Verb = (args, context) => {
  const action = required(args, 'action');
  refuseOthers(action, args);
  return action === 'create'
    ? create(args, context)
    : action === 'verify'
      ? verify(args, context)
      : restore(args, context);
};

const flagsOf: ReadonlyMap<string, readonly string[]> = new Map([
  ['create', ['out', 'leveldb', 'legacy-json']],
  ['verify', []],
  ['restore', ['into']],
]);

/** Each action has arguments of its own; none is accepted and ignored. Throws BAD_USAGE. */
function refuseOthers(action: string, args: Arguments): void {
  const own = flagsOf.get(action) ?? [];
  const stray = [...flagsOf.values()].flat().find((name) => text(args, name) !== undefined && !own.includes(name));
  const folder = text(args, 'folder');
  const example = action === 'create' ? 'stateroot backup create' : `stateroot backup ${action} backups/<id>`;
  const hint = action === 'restore' ? `${example} --into <empty folder>` : example;
  const problem =
    stray !== undefined
      ? `backup ${action} has no flag --${stray}.`
      : action === 'create' && folder !== undefined
        ? 'backup create takes no folder: --out says where backups go.'
        : action !== 'create' && folder === undefined
          ? `backup ${action} needs the folder of a backup.`
          : action === 'restore' && text(args, 'into') === undefined
            ? 'backup restore needs --into, an empty folder or a new one.'
            : null;
  if (problem !== null) throw new StateManagerError('BAD_USAGE', problem, { hint });
}

const create: Verb = async (args, context) => {
  const inCwd = (path: string | undefined) => (path === undefined ? undefined : resolve(context.cwd, path));
  const [out, leveldb, legacyJson] = [text(args, 'out'), text(args, 'leveldb'), text(args, 'legacy-json')].map(inCwd);
  const data = await makeBackup(context, { out, leveldb, legacyJson });
  return {
    data,
    text: (style) => backupSummary(data, style),
    notes: (style) => backupNotes(data, style),
    quiet: data.folder,
  };
};

/** Absolute paths; what is not named is looked for where it usually lies. */
export async function makeBackup(
  context: Context,
  asked: Readonly<Record<'out' | 'leveldb' | 'legacyJson', string | undefined>>,
): Promise<BackupData> {
  const repository = await context.openRepository();
  const source = await openBundleSource(context.cwd);
  const out = asked.out ?? resolve(source.top, 'backups');
  await refusePlace(repository, source.top, out);
  const leveldb = asked.leveldb ?? (await usualLevelDb(context));
  const sources = await findBackupSources({ top: source.top, root: repository.root }, { ...asked, leveldb });
  return createBackup(
    {
      repository: repository.forRoot(''),
      checkout: await context.openCheckout(),
      source,
      bundles: bundlesOf(context.environment),
      folders: backupFolders,
      copyStore,
    },
    { out, inWorktree: placeIn(source.top, out) !== null, now: new Date(), toolVersion: packageVersion(), sources },
  );
}

/** Among state files a backup would be read as state. Throws BAD_INPUT. */
async function refusePlace(repository: StateRepository, top: string, out: string): Promise<void> {
  const place = placeIn(top, out);
  if (place === null) return;
  const taken = ['.git', ...(await repository.roots('worktree')).flatMap(stateFolders)];
  if (!taken.some((folder) => place === folder || place.startsWith(`${folder}/`))) return;
  throw new StateManagerError('BAD_INPUT', `${out} lies among state files or in git's own folder.`, {
    hint: 'name another folder with --out; the default is backups/ at the top of the repository',
    details: { path: out },
  });
}

const verify: Verb = async (args, context) => {
  const folder = required(args, 'folder');
  const verified = await verifyBackup(backupFolders, bundlesOf(context.environment), resolve(context.cwd, folder));
  const { findings, manifest, proof, digest } = verified;
  return {
    data: { folder, id: manifest?.id ?? null, commit: manifest?.repository.commit ?? null, proof, digest },
    findings,
    exit: hasErrors(findings) ? 1 : 0,
    text: (style) => renderFindings(findings, style),
    notes: (style) => verifyNotes(folder, verified, style),
  };
};

async function restore(args: Arguments, context: Context) {
  const folder = required(args, 'folder');
  const into = required(args, 'into');
  const data = await restoreBackup(backupFolders, bundlesOf(context.environment), {
    backup: resolve(context.cwd, folder),
    into: resolve(context.cwd, into),
  });
  return { data, text: restoreSummary({ ...data, into }), quiet: data.commit };
}
