import { lastSign, type MigrationNote, stalledAfter } from '../../core/migration/note.js';
import type { MigrationNotes } from '../../ports/migration-notes.js';
import type { Check } from '../doctor/check.js';
import { orRefused } from './refused-check.js';

/** How the migration of this clone stands. `now` in ms since 1970. */
export function migrationChecks(notes: Pick<MigrationNotes, 'read'>, now: number): Promise<readonly Check[]> {
  return orRefused('migration', async () => {
    const note = await notes.read();
    return [note === null ? { ...ok, message: 'no migration in this clone' } : checkOf(note, now)];
  });
}

const ok = { check: 'migration', severity: 'ok' } as const;

function checkOf(note: MigrationNote, now: number): Check {
  const failed = note.phases.find(({ status }) => status === 'failed');
  const name = `migration ${note.id}`;
  const resume = 'stateroot migrate resume';
  if (!['running', 'stopped'].includes(note.outcome)) return { ...ok, message: `${name}: ${note.outcome}` };
  if (failed !== undefined) {
    const message = `${name} failed in the phase ${failed.name}`;
    return { check: 'migration', severity: 'error', message, fix: resume };
  }
  if (note.outcome === 'stopped') {
    return { check: 'migration', severity: 'warning', message: `${name} was stopped${progressOf(note)}`, fix: resume };
  }
  const idle = now - lastSign(note);
  if (idle <= stalledAfter) return { ...ok, message: `${name} is running${progressOf(note)}` };
  return {
    check: 'migration',
    severity: 'warning',
    message: `${name} shows no progress since ${Math.floor(idle / 60_000)} minutes${progressOf(note)}`,
    fix: 'stateroot migrate status; if its process is gone: stateroot migrate resume',
  };
}

function progressOf({ progress, phases }: MigrationNote): string {
  const phase = phases.findLast(({ status }) => status === 'running')?.name;
  const count = progress === null ? [] : [`${progress.done} of ${progress.total} records`];
  const parts = [...(phase === undefined ? [] : [phase]), ...count];
  return parts.length === 0 ? '' : `: ${parts.join(', ')}`;
}
