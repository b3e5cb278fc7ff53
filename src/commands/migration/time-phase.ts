import type { PhaseNote } from '../../core/migration/note.js';
import type { PhaseName } from '../../core/migration/phases.js';
import { type Migration, withPhase } from './journal.js';

/** Keeps what a phase took in the note, over all runs, also when it fails. */
export async function timePhase<Answer>(
  migration: Migration,
  name: PhaseName,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const { clock } = migration.ports;
  const started = clock.elapsed();
  const earlier = migration.note().phases.find((one) => one.name === name);
  const begun: PhaseNote = {
    name,
    status: 'running',
    startedAt: earlier?.startedAt ?? clock.now().toISOString(),
    durationMs: earlier?.durationMs ?? 0,
  };
  const ended = async (status: PhaseNote['status']): Promise<void> => {
    const phase: PhaseNote = {
      ...begun,
      status,
      durationMs: begun.durationMs + clock.elapsed() - started,
      ...(status === 'running' ? {} : { endedAt: clock.now().toISOString() }),
    };
    const { phases } = migration.note();
    await migration.update({
      phases: withPhase(phases, phase),
      ...(status === 'failed' ? { outcome: 'stopped' } : {}),
    });
  };
  await migration.update({ phases: withPhase(migration.note().phases, begun), outcome: 'running' });
  try {
    const answer = await work();
    await ended(answer === false || answer === null ? 'running' : 'done');
    return answer;
  } catch (error) {
    await ended('failed');
    throw error;
  }
}
