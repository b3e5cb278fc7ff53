import { statfs } from 'node:fs/promises';
import type { RunOptions } from '../../../commands/migration/run-phases.js';
import type { MigrationPorts } from '../../../commands/migration/migration-ports.js';
import type { DualWriteTrial, MigrationNote } from '../../../core/migration/note.js';
import { phaseNames, phaseOf } from '../../../core/migration/phases.js';
import { StateManagerError } from '../../../errors.js';
import { findCheckout } from '../../../git/checkout-place.js';
import { migrationNotes } from '../../../git/migration-notes.js';
import type { MigrationNotes } from '../../../ports/migration-notes.js';
import { flag, text } from '../../arguments.js';
import type { Arguments, Context, Progress, StopRequest } from '../../command.js';
import { durationText } from '../../../core/migration/report.js';
import { memoryRelief } from '../../relieve-memory.js';
import { readSources } from './migrate-sources.js';

/** The note of this clone and state root. */
export async function openNotes(context: Context): Promise<{ notes: MigrationNotes; top: string; root: string }> {
  const place = await findCheckout(context.cwd, context.environment);
  return { notes: migrationNotes(place), top: place.top, root: place.root };
}

/** What `--until`, `--cutover`, `--batch-size` and the environment say. Throws BAD_USAGE, ENVIRONMENT_INVALID. */
export function runOptions(args: Arguments, { environment }: Context): RunOptions {
  const until = phaseNames.find((name) => name === text(args, 'until'));
  if (until !== undefined && flag(args, 'cutover')) {
    throw new StateManagerError('BAD_USAGE', '--until and --cutover say different things.', {
      hint: '--cutover does all five phases',
    });
  }
  const isBatched = environment['ENABLE_BATCH_PROCESSING'] !== 'false';
  return {
    until: flag(args, 'cutover') ? 'cutover' : (until ?? 'consistency'),
    batchSize: isBatched ? (positive(text(args, 'batch-size'), '--batch-size', 'BAD_USAGE') ?? 50) : 1,
    ahead: positive(environment['MIGRATION_WORKERS'], 'MIGRATION_WORKERS', 'ENVIRONMENT_INVALID') ?? 10,
  };
}

/** Does the work with everything a migration needs; the first SIGINT or SIGTERM stops it after the batch in hand. */
export async function withMigrationPorts<Answer>(
  args: Arguments,
  context: Context,
  sources: MigrationNote['sources'],
  work: (ports: MigrationPorts) => Promise<Answer>,
): Promise<Answer> {
  const stop = context.deferStop();
  const telling = teller(context);
  try {
    return await work(await migrationPorts(args, context, sources, { stop, telling }));
  } finally {
    telling.done();
    stop.release();
  }
}

type Outside = { readonly stop: StopRequest; readonly telling: MigrationPorts['tell'] };

async function migrationPorts(
  args: Arguments,
  context: Context,
  sources: MigrationNote['sources'],
  { stop, telling }: Outside,
): Promise<MigrationPorts> {
  const { notes, top } = await openNotes(context);
  const timeout = positive(text(args, 'timeout'), '--timeout', 'BAD_USAGE') ?? 60;
  const { leveldb } = sources;
  return {
    repository: await context.openRepository(),
    notes,
    openMerges: () => context.openMerges(),
    openCheckout: () => context.openCheckout(),
    readSources: () => readSources(sources, context),
    relieve: memoryRelief(),
    backup: flag(args, 'no-backup') ? null : () => backUp(context, leveldb),
    trial: leveldb === null || flag(args, 'no-dual-write') ? null : () => trial(context, leveldb),
    async freeSpace() {
      const { bavail, bsize } = await statfs(top);
      return bavail * bsize;
    },
    clock: { now: () => new Date(), elapsed: () => performance.now() },
    isStopped: () => stop.isAsked(),
    limited: (what, work) => withinSeconds(timeout, what, work, stop),
    tell: telling,
  };
}

async function backUp(context: Context, leveldb: string | null): Promise<string> {
  const { makeBackup } = await import('../backup.js');
  const asked = { out: undefined, leveldb: leveldb ?? undefined, legacyJson: undefined };
  return (await makeBackup(context, asked)).folder;
}

async function trial(context: Context, leveldb: string): Promise<DualWriteTrial> {
  const { tryDualWrite } = await import('./dual-write-trial.js');
  return tryDualWrite(context, leveldb);
}

/** Progress on one line of a terminal, a line now and then in a pipe. */
export function teller(context: Context): MigrationPorts['tell'] & { done(): void } {
  let line: Progress | null = null;
  let label = 'Migrating';
  let [begun, said] = [performance.now(), performance.now()];
  return {
    phase(name, what) {
      line?.done();
      if (what === 'begins') {
        line = null;
        label = phaseOf(name).title;
        [begun, said] = [performance.now(), performance.now()];
        return;
      }
      const took = what === 'done' ? `done, ${durationText(performance.now() - begun)}` : 'was done before';
      context.say(`Phase ${phaseOf(name).number} of 5, ${name}: ${took}`);
    },
    step(done, total, item) {
      if (context.errorStyle.terminal) {
        line ??= context.progress(label, total);
        line.step(done, item);
        return;
      }
      const now = performance.now();
      if (now - said < sayEvery) return;
      said = now;
      const rate = done / ((now - begun) / 1000);
      const left = rate === 0 ? '' : `, ${durationText(((total - done) / rate) * 1000)} left`;
      context.say(`  ${done} of ${total} records, ${Math.round(rate)}/s${left}: ${item}`);
    },
    done() {
      line?.done();
    },
  };
}

const sayEvery = 5000;

async function withinSeconds<Answer>(
  seconds: number,
  what: string,
  work: Promise<Answer>,
  stop: StopRequest,
): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      // What hangs may hang for ever. A write that dies is finished or undone by the next one.
      stop.abandon();
      reject(
        new StateManagerError('MIGRATION_FAILED', `${what} took longer than ${seconds} s.`, {
          hint: 'look at disk and load (stateroot doctor), then: stateroot migrate resume, with a longer --timeout if need be',
          details: { reference: 'MIGRATION-001', seconds },
        }),
      );
    }, seconds * 1000);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function positive(value: string | undefined, name: string, code: 'BAD_USAGE' | 'ENVIRONMENT_INVALID'): number | null {
  if (value === undefined || value === '') return null;
  if (/^[1-9][0-9]{0,8}$/.test(value)) return Number(value);
  throw new StateManagerError(code, `${name} is a whole number above 0, not ${JSON.stringify(value)}.`, {
    hint: `${name}${name.startsWith('--') ? ' ' : '='}10`,
  });
}
