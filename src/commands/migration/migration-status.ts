import { migrationRef } from '../../core/migration/checkpoint.js';
import { lastSign, type MigrationNote, stalledAfter } from '../../core/migration/note.js';
import { type PhaseName, phaseNames } from '../../core/migration/phases.js';
import type { StateRepository } from '../../ports/state-repository.js';
import type { MigrationNotes } from '../../ports/migration-notes.js';
import { branchCheckpoint } from './journal.js';
import { isOpen } from './run-migration.js';

export type MigrationStatus = {
  readonly note: MigrationNote | null;
  /**
   * `running`: a process works on it. `stalled`: it says so and no process does, or nothing came of it for too long.
   * `stopped`: it can be resumed. Else how it ended, or `none`.
   */
  readonly state: 'none' | 'running' | 'stalled' | 'stopped' | 'merged' | 'aborted' | 'rolled-back';
  /** Short; null where there is none (yet, or any more). */
  readonly branch: string | null;
  readonly tip: string | null;
  /** As the branch says it: what is done, and what is next. */
  readonly done: readonly PhaseName[];
  readonly next: PhaseName | null;
  readonly isProcessAlive: boolean;
};

/** How far the migration of this clone is; reads only. Throws MIGRATION_FAILED. */
export async function migrationStatus(
  ports: { readonly repository: StateRepository; readonly notes: MigrationNotes },
  now: Date,
): Promise<MigrationStatus> {
  const note = await ports.notes.read();
  const isProcessAlive = await ports.notes.isHeld();
  if (note === null) {
    return { note, state: 'none', branch: null, tip: null, done: [], next: null, isProcessAlive };
  }
  const checkpoint = await branchCheckpoint(ports, note.id);
  const reached = checkpoint === null ? 0 : phaseNames.indexOf(checkpoint.phase) + (checkpoint.isEnd ? 1 : 0);
  // The report stands on the branch before it is merged.
  const isReported = checkpoint?.phase === 'cutover' && isOpen(note);
  const done = phaseNames.slice(0, isReported ? reached - 1 : reached);
  return {
    note,
    state: stateOf(note, isProcessAlive, now),
    branch: checkpoint === null ? null : migrationRef(note.id).slice('refs/heads/'.length),
    tip: checkpoint?.tip ?? null,
    done,
    next: isOpen(note) ? (phaseNames[done.length] ?? null) : null,
    isProcessAlive,
  };
}

function stateOf(note: MigrationNote, isAlive: boolean, now: Date): MigrationStatus['state'] {
  if (!isOpen(note)) return note.outcome;
  if (!isAlive) return note.outcome === 'running' ? 'stalled' : 'stopped';
  return now.getTime() - lastSign(note) > stalledAfter ? 'stalled' : 'running';
}
