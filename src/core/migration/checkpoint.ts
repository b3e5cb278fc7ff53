import { parseTrailers } from '../diff/message.js';
import { type PhaseName, phaseNames } from './phases.js';

/** What the newest commit of a migration's branch says: how far it came. The branch is the checkpoint. */
export type Checkpoint = {
  /** 12 hex digits. */
  readonly id: string;
  /** The commit it started from. */
  readonly base: string;
  readonly phase: PhaseName;
  /** The phase ended with this commit; false for a batch of it. */
  readonly isEnd: boolean;
};

export type MigrationTrailers = readonly (readonly [string, string])[];

/** Trailers of every commit of a migration; `batch` is the network and which of its batches, `bsctestnet 2/4`. */
export function migrationTrailers(
  migration: { readonly id: string; readonly base: string },
  phase: PhaseName,
  batch: string | null,
): MigrationTrailers {
  return [
    ['State-Migration', migration.id],
    ['State-Phase', phase],
    ['State-Base', migration.base],
    ...(batch === null ? [] : [['State-Batch', batch] as const]),
  ];
}

/** Null for the message of a commit that is no part of a migration. */
export function readCheckpoint(message: string): Checkpoint | null {
  const trailers = parseTrailers(message);
  const valueOf = (key: string): string => trailers.find((one) => one.key === key)?.value ?? '';
  const id = valueOf('state-migration');
  const base = valueOf('state-base');
  const phase = phaseNames.find((name) => name === valueOf('state-phase'));
  if (phase === undefined || !/^[0-9a-f]{12}$/.test(id) || !/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(base)) return null;
  return { id, base, phase, isEnd: !trailers.some((one) => one.key === 'state-batch') };
}

/** The branch of a migration, as a full ref name. */
export function migrationRef(id: string): string {
  return `${migrationRefs}${id}`;
}

/** The migration whose branch this is, by its full name; null for any other ref, and for one of a remote. */
export function migrationOfRef(ref: string): string | null {
  return /^refs\/heads\/state\/migrate-([0-9a-f]{12})$/.exec(ref)?.[1] ?? null;
}

/** Branches of migrations, wherever they are. */
export const migrationBranches = 'state/migrate-*';

/** Says of the end of the dual-write phase whether it switched the scripts of its clone: `on`, `off`. */
export const dualWriteTrailer = 'State-Dual-Write';

const migrationRefs = 'refs/heads/state/migrate-';
