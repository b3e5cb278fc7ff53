import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { doctor } from '../../commands/doctor.js';
import type { Check } from '../../commands/doctor/check.js';
import { dataChecks } from '../../commands/health/data-checks.js';
import { diskCheck } from '../../commands/health/disk-check.js';
import { type HealthCheck, type HealthPart, healthParts, partOf } from '../../commands/health/health-check.js';
import { migrationChecks } from '../../commands/health/migration-checks.js';
import { orRefused } from '../../commands/health/refused-check.js';
import { rpcChecks } from '../../commands/health/rpc-checks.js';
import type { Finding } from '../../core/finding.js';
import { StateManagerError } from '../../errors.js';
import { findCheckout } from '../../git/checkout-place.js';
import { migrationNotes } from '../../git/migration-notes.js';
import { copyStore } from '../../leveldb/copy-store.js';
import { LevelDBStateManager } from '../../managers/leveldb/leveldb-state-manager.js';
import { UnifiedJSONStateManager } from '../../managers/unified/unified-state-manager.js';
import type { Context } from '../command.js';
import { inTemporaryFolder } from '../demo/temporary-folder.js';
import { installedSetup } from '../installation.js';
import { storeAt, usualLevelDb } from '../usual-leveldb.js';
import { backendChecks } from './backend-checks.js';
import { comparisonChecks } from './store-comparison.js';
import { readChecks } from './read-checks.js';

export type HealthRequest = {
  readonly parts: readonly HealthPart[];
  /** As it was given; else the one in use, else `leveldb/` of the state root, where there is one. */
  readonly leveldb: string | undefined;
  /** ms since 1970. */
  readonly now: number;
};

export type Health = { readonly checks: readonly HealthCheck[]; readonly findings: readonly Finding[] };

/** Everything `health` says, in the order of its parts. Reads only. Throws NOT_A_REPOSITORY and BARE_REPOSITORY. */
export async function collectHealth(context: Context, { parts, leveldb, now }: HealthRequest): Promise<Health> {
  const repository = await context.openRepository();
  const { top, root, commonDir } = await findCheckout(context.cwd, context.environment);
  const stateRoot = join(top, root);
  const store = leveldb === undefined ? await storeInUse(context, stateRoot) : resolve(context.cwd, leveldb);
  let findings: readonly Finding[] = [];
  const compared = (manager: LevelDBStateManager, folder: string): Promise<readonly Check[]> =>
    closing(managerOf(stateRoot), (state) => comparisonChecks(manager.store, state.store, folder));
  const looks: Readonly<Record<HealthPart, () => Promise<readonly Check[]>>> = {
    system: async () => [
      ...(await setupChecks(context)),
      ...(await diskChecks(top)),
      ...(await rpcChecks(repository, context.environment)),
    ],
    backends: () => backendChecks(repository, { stateRoot, leveldb: store }),
    data: async () => {
      const data = await dataChecks(repository, now);
      findings = data.findings;
      return [...data.checks, ...(await onCopy(store, 'comparison', stateRoot, compared))];
    },
    performance: async () => [
      ...(await onCopy(store, 'performance', stateRoot, readChecks)),
      ...(await orRefused('performance', () => closing(managerOf(stateRoot), readChecks))),
    ],
    migration: () => migrationChecks(migrationNotes({ commonDir, root }), now),
  };
  const checks: HealthCheck[] = [];
  for (const part of healthParts) {
    if (parts.includes(part)) checks.push(...partOf(part, await looks[part]()));
  }
  return { checks, findings };
}

/** Files are `data`. */
async function setupChecks(context: Context): Promise<readonly Check[]> {
  const setup = { ...installedSetup(), nodeVersion: context.nodeVersion };
  const { checks } = await doctor(await context.openRepository(), await context.openCheckout(), setup);
  return checks.filter(({ check }) => check !== 'files');
}

async function diskChecks(top: string): Promise<Check[]> {
  const checks: Check[] = [];
  for (const [what, folder] of [
    ['the repository', top],
    ['temporary files', tmpdir()],
  ] as const) {
    const { bavail, bsize } = await statfs(folder);
    checks.push(diskCheck(what, bavail * bsize));
  }
  return checks;
}

/** To open a LevelDB changes it: what needs it open gets a copy. What cannot be copied is said by `backends`. */
async function onCopy(
  store: string | null,
  name: string,
  stateRoot: string,
  look: (manager: LevelDBStateManager, folder: string) => Promise<readonly Check[]>,
): Promise<readonly Check[]> {
  if (store === null) return [];
  return orRefused(
    name,
    () =>
      inTemporaryFolder(async (folder) => {
        const copy = join(folder, 'leveldb');
        await copyStore(store, copy);
        const manager = new LevelDBStateManager(null, { cwd: stateRoot, path: copy });
        return closing(manager, () => look(manager, store));
      }, 'health'),
    () => 'warning',
  );
}

async function closing<Manager extends { close(): Promise<void> }>(
  manager: Manager,
  look: (manager: Manager) => Promise<readonly Check[]>,
): Promise<readonly Check[]> {
  try {
    return await look(manager);
  } finally {
    await manager.close();
  }
}

function managerOf(stateRoot: string): UnifiedJSONStateManager {
  return new UnifiedJSONStateManager(null, { cwd: stateRoot });
}

async function storeInUse(context: Context, stateRoot: string): Promise<string | null> {
  try {
    return await usualLevelDb(context);
  } catch (error) {
    // A note that cannot be read is a check of `migration`, and hides no other one.
    if (error instanceof StateManagerError && error.code === 'MIGRATION_FAILED')
      return storeAt(join(stateRoot, 'leveldb'));
    throw error;
  }
}
