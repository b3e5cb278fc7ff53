import type { Comparison } from '../../core/migration/compare-network.js';
import { migrationRef } from '../../core/migration/checkpoint.js';
import { parseMessage } from '../../core/diff/message.js';
import { StateManagerError } from '../../errors.js';
import type { BulkOptions } from './bulk.js';
import type { Consolidation } from './consolidation.js';
import { type ComparedTargets, compareTargets } from './compare-targets.js';
import { branchCheckpoint, endPhase, type Migration } from './journal.js';
import { readSourceState, type SourceState } from './source-state.js';
import { targetsOf } from './targets.js';
import { writeTargets } from './write-targets.js';

export type Consistent = {
  /** Not all of what was read: it would stay in memory while it is read again. */
  readonly sources: Pick<Consolidation, 'id' | 'networks'>;
  readonly compared: ComparedTargets;
  readonly caughtUp: number;
};

/** Scripts that write all the time would keep it from ever ending. */
const rounds = 5;

/**
 * Reads the sources again and compares every record with the branch; what was written since follows in further batches, and then all is
 * compared once more. Null when somebody asked to stop. Throws MIGRATION_FAILED (MIGRATION-003) where they differ though the sources did
 * not change, RACED where they change faster than that.
 */
export async function catchUp(migration: Migration, options: BulkOptions): Promise<Consistent | null> {
  const { ports, id, base } = migration;
  const settings = { id, base, phase: 'consistency', size: options.batchSize, ahead: options.ahead } as const;
  let written = await lastSource(migration);
  let caughtUp = 0;
  for (let round = 1; round <= rounds; round += 1) {
    const state = await readSourceState(ports, base);
    const tip = await ports.repository.resolve(migrationRef(id));
    const compared = await compareTargets(ports, state, tip, settings);
    if (compared.differing.length === 0) return { sources: saidBy(state), compared, caughtUp };
    if (state.consolidation.id === written) throw damaged(migration, compared);
    const caught = await writeTargets(ports, settings, targetsOf(state), () => Promise.resolve());
    if (!caught.isWhole) return null;
    caughtUp += caught.records;
    written = state.consolidation.id;
  }
  throw new StateManagerError('RACED', `The sources changed each of the ${rounds} times they were read.`, {
    hint: `let the deploy scripts finish, then: stateroot migrate resume`,
    details: { reference: 'MIGRATION-002' },
  });
}

/** Ends the phase; null when somebody asked to stop. */
export async function consistencyPhase(migration: Migration, options: BulkOptions): Promise<Consistent | null> {
  const found = await catchUp(migration, options);
  if (found === null) return null;
  const { compared, caughtUp, sources } = found;
  await endPhase(migration, 'consistency', {
    body: [
      `  Compared: ${compared.records} records on ${compared.networks} networks, field by field. All are equal.`,
      ...(caughtUp === 0 ? [] : [`  Written since the bulk was read, and brought in: ${caughtUp} records.`]),
    ],
    trailers: [['State-Source', sources.id]],
  });
  return found;
}

function saidBy({ consolidation: { id, networks } }: SourceState): Consistent['sources'] {
  return { id, networks };
}

/** What the sources said when the branch was brought to them as a whole: in the commit that ended the phase. */
async function lastSource({ ports, id }: Migration): Promise<string | null> {
  const tip = (await branchCheckpoint(ports, id))?.tip;
  return tip === undefined ? null : (parseMessage((await ports.repository.commit(tip)).message).source ?? null);
}

function damaged({ id }: Migration, { mismatches, missing, extra, differing }: ComparedTargets): StateManagerError {
  const parts = [
    counted(mismatches.length, 'mismatch', 'mismatches'),
    counted(missing.length, 'missing', 'missing'),
    counted(extra.length, 'too many', 'too many'),
  ].filter((part) => part !== '');
  const first = firstOf({ mismatches, missing, extra });
  return new StateManagerError(
    'MIGRATION_FAILED',
    `The branch is not what the sources say, though they have not changed: ${parts.join(', ') || differing.join(', ')}${first}`,
    {
      hint: `git log state/migrate-${id} says who wrote to it; stateroot migrate abort, then run begins anew`,
      details: { reference: 'MIGRATION-003', mismatches, missing, extra, networks: differing },
    },
  );
}

function counted(count: number, one: string, many: string): string {
  return count === 0 ? '' : `${count} ${count === 1 ? one : many}`;
}

function firstOf({ mismatches, missing, extra }: Pick<Comparison, 'mismatches' | 'missing' | 'extra'>): string {
  const [mismatch] = mismatches;
  const name = mismatch === undefined ? (missing[0] ?? extra[0]) : `${mismatch.network}/${mismatch.contract}`;
  return name === undefined ? '' : `; the first: ${name}`;
}
