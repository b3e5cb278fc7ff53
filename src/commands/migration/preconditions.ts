import { StateManagerError } from '../../errors.js';
import type { StateRepository } from '../../ports/state-repository.js';
import { stateAmong } from '../status.js';
import { quarantineEdits } from '../quarantine-edits.js';
import type { Inventory } from './inventory.js';
import type { MigrationPorts } from './migration-ports.js';
import type { SourceState } from './source-state.js';

/** What the disk keeps free besides. */
const spareBytes = 64 * 1024 * 1024;
/** Blobs of batches, the bundle and the copies of a backup, against the bytes of the source. */
const bytesPerSourceByte = 8;

/**
 * What a migration stops at before anything is written (R099). Throws IDENTITY_MISSING, OPERATION_IN_PROGRESS, DETACHED_HEAD,
 * UNCOMMITTED_EDITS, BAD_INPUT.
 */
export async function checkRepository(ports: MigrationPorts): Promise<{ commit: string }> {
  const { repository } = ports;
  // What a dead process left in the work tree would else be taken for somebody's edits.
  await repository.recover('auto');
  await refuseBusy(repository);
  const checkout = await ports.openCheckout();
  if (!(await checkout.hasIdentity())) {
    throw new StateManagerError('IDENTITY_MISSING', 'Git does not know who you are, and a commit needs an author.', {
      hint: 'git config user.name "…" && git config user.email "…"',
    });
  }
  const [edited] = await stateAmong((paths) => checkout.edited(paths), [repository.root]);
  if (edited !== undefined) {
    throw new StateManagerError(
      'UNCOMMITTED_EDITS',
      `${edited} has edits that are not committed: they would not be migrated.`,
      {
        hint: `git diff HEAD -- ${edited}, then git commit it or git restore -SW ${edited}`,
        details: { path: edited },
      },
    );
  }
  const { commit } = await repository.head();
  if (commit !== null) return { commit };
  throw new StateManagerError('BAD_INPUT', 'There is no commit yet, and a migration goes on from one.', {
    hint: 'git commit --allow-empty -m "Begin"',
  });
}

/** Detached, or in the middle of something: found as any write finds it. */
async function refuseBusy(repository: StateRepository): Promise<void> {
  await repository.write({
    operation: 'migrate',
    target: { kind: 'head', allowDetached: false },
    dryRun: true,
    plan: () => Promise.resolve([]),
  });
}

/** Throws FILE_FAILED when the disk is too full for what is to come. Answers both, in bytes. */
export async function checkSpace(
  ports: MigrationPorts,
  sourceBytes: number,
): Promise<{ free: number; needed: number }> {
  const needed = spareBytes + bytesPerSourceByte * sourceBytes;
  const free = await ports.freeSpace();
  if (free >= needed) return { free, needed };
  throw new StateManagerError(
    'FILE_FAILED',
    `The disk has ${megabytes(free)} free, and the migration may need ${megabytes(needed)}.`,
    {
      hint: 'make room, then run it again; nothing was written',
      details: { free, needed, reference: 'MIGRATION-001' },
    },
  );
}

/** Does the first commit hold all that the sources say? */
export async function isThere({ base }: SourceState, { networks, quarantined }: Inventory): Promise<boolean> {
  if (networks.some(({ isChanged }) => isChanged)) return false;
  const edits = await quarantineEdits(base, ({ file }) => (file === undefined ? 'leveldb' : 'json'), quarantined);
  return edits.size === 0;
}

/** `1,234 MB`. */
export function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6).toLocaleString('en-US')} MB`;
}
