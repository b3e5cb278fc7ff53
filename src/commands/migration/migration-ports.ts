import type { DualWriteTrial } from '../../core/migration/note.js';
import type { PhaseName } from '../../core/migration/phases.js';
import type { Checkout } from '../../ports/checkout.js';
import type { Merges } from '../../ports/merges.js';
import type { MigrationNotes } from '../../ports/migration-notes.js';
import type { StateRepository } from '../../ports/state-repository.js';
import type { MigrationSources } from './consolidation.js';

/** What a migration needs of the outside. */
export type MigrationPorts = {
  readonly repository: StateRepository;
  readonly notes: MigrationNotes;
  openMerges(): Promise<Merges>;
  openCheckout(): Promise<Pick<Checkout, 'hasIdentity' | 'edited'>>;
  /** All of them, as they are now. */
  readSources(): Promise<MigrationSources>;
  /** A backup of everything, verified; answers its folder. Null where none is wanted. */
  readonly backup: (() => Promise<string>) | null;
  /** Writes one record to both backends of a scratch copy and reads it back. Throws DUAL_WRITE_FAILED. */
  readonly trial: (() => Promise<DualWriteTrial>) | null;
  /** Bytes that are free where the repository lies. */
  freeSpace(): Promise<number>;
  readonly clock: {
    now(): Date;
    /** ms of a clock that only goes forward. */
    elapsed(): number;
  };
  /** Called before each network: the garbage of the last one may be given back; `all` where a phase begins, and much is gone. */
  relieve(what?: 'all'): void;
  /** Somebody asked to stop: the work in hand is finished, nothing new is begun. */
  isStopped(): boolean;
  /** For a write of the branch. Throws MIGRATION_FAILED when it takes longer than a batch may. */
  limited<Answer>(what: string, work: Promise<Answer>): Promise<Answer>;
  readonly tell: {
    phase(name: PhaseName, what: 'begins' | 'done' | 'was done'): void;
    step(done: number, total: number, item: string): void;
  };
};
