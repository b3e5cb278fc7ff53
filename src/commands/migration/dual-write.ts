import type { DualWriteTrial } from '../../core/migration/note.js';
import { dualWriteTrailer } from '../../core/migration/checkpoint.js';
import { endPhase, type Migration } from './journal.js';

/** Tries a dual write on copies, then switches the deploy scripts of this clone to both backends. Throws DUAL_WRITE_FAILED. */
export async function dualWritePhase(migration: Migration): Promise<void> {
  const { trial } = migration.ports;
  if (trial === null) {
    await endPhase(migration, 'dual-write', {
      body: ['  Deploy scripts: unchanged; dual-write was not asked for.'],
      trailers: [[dualWriteTrailer, 'off']],
    });
    return;
  }
  const tried = await trial();
  await endPhase(migration, 'dual-write', { body: trialLines(tried), trailers: [[dualWriteTrailer, 'on']] });
  // Last: before the branch says so, no script writes to both.
  await migration.update({ trial: tried, scripts: 'dual-write' });
}

function trialLines({ leveldb, git, both }: DualWriteTrial): string[] {
  const ms = (value: number): string => `${value.toFixed(1)} ms`;
  return [
    '  Deploy scripts of this clone: LevelDB and Git.',
    `  One record on copies: LevelDB ${ms(leveldb)}, Git ${ms(git)}, both ${ms(both)}; read back from both.`,
  ];
}
