import type { MigrationPorts } from '../../src/commands/migration/migration-ports.js';
import type { MigrationSources } from '../../src/commands/migration/consolidation.js';
import type { LegacyEntry } from '../../src/core/legacy/entry.js';
import type { MigrationNote } from '../../src/core/migration/note.js';
import type { StateRepository } from '../../src/ports/state-repository.js';
import { generatedEntries } from './migration-source.js';

export type MigrationOutside = MigrationPorts & {
  /** What the LevelDB holds; a test changes it between two readings. */
  entries: LegacyEntry[];
  /** Called before each reading, with its number from 1. */
  onRead: (reading: number) => void;
  isAsked: boolean;
  free: number;
  readonly told: string[];
  note(): MigrationNote | null;
};

export const noSources: MigrationNote['sources'] = {
  leveldb: '/store',
  also: [],
  json: [],
  unified: [],
  openzeppelin: [],
};

/** The outside of a migration on any repository: made-up entries, a note in memory, a clock that ticks. */
export function migrationOutside(repository: StateRepository, networks = 2, records = 5): MigrationOutside {
  let note: MigrationNote | null = null;
  let [readings, ticks] = [0, 0];
  const told: string[] = [];
  const outside: MigrationOutside = {
    repository,
    entries: [...generatedEntries(networks, records)],
    onRead: () => undefined,
    isAsked: false,
    free: 1e12,
    told,
    note: () => note,
    notes: {
      read: () => Promise.resolve(note),
      write(next) {
        note = next;
        return Promise.resolve();
      },
      hold: (_operation, run) => run(),
      isHeld: () => Promise.resolve(false),
    },
    openMerges: () => Promise.reject(new Error('this test has no merges')),
    openCheckout: () =>
      Promise.resolve({ hasIdentity: () => Promise.resolve(true), edited: () => Promise.resolve([]) }),
    readSources(): Promise<MigrationSources> {
      readings += 1;
      outside.onRead(readings);
      const leveldb = { entries: outside.entries, superseded: [], warnings: [] };
      return Promise.resolve({ leveldb, also: [], json: [], unified: [], openzeppelin: [] });
    },
    backup: null,
    trial: null,
    freeSpace: () => Promise.resolve(outside.free),
    clock: { now: () => new Date(Date.UTC(2026, 10, 21)), elapsed: () => (ticks += 1000) },
    isStopped: () => outside.isAsked,
    limited: (_what, work) => work,
    relieve: () => undefined,
    tell: { phase: (name, what) => told.push(`${name} ${what}`), step: () => undefined },
  };
  return outside;
}
