import { migrationRef, readCheckpoint } from '../../core/migration/checkpoint.js';
import { phaseMessage } from '../../core/migration/phase-message.js';
import { type ReportFacts, reportMarkdown } from '../../core/migration/report.js';
import { shown } from '../../core/shown.js';
import { StateManagerError } from '../../errors.js';
import type { HistoryEntry } from '../../ports/state-repository.js';
import { baseState } from '../base-state.js';
import type { BulkOptions } from './bulk.js';
import type { ComparedTargets } from './compare-targets.js';
import { catchUp, type Consistent } from './consistency.js';
import { mergeCutover } from './merge-cutover.js';
import { branchCheckpoint, endPhase, type Migration } from './journal.js';
import { markRevisions, takeMarksAway } from './settle-marks.js';
import { checkRepository } from './preconditions.js';
import { readSourceState } from './source-state.js';

export type CutOver = { readonly merge: string; readonly compared: ComparedTargets; readonly caughtUp: number };

/**
 * The branch becomes part of the checked-out one as one merge commit, between two looks at the sources; then the deploy scripts of this
 * clone write to Git only. Null when somebody asked to stop first. Throws CONFLICT, RACED and what the consistency phase throws.
 */
export async function cutoverPhase(migration: Migration, options: BulkOptions): Promise<CutOver | null> {
  const { ports } = migration;
  await checkRepository(ports);
  const found = await catchUp(migration, options);
  if (found === null || ports.isStopped()) return null;
  const merged = await mergeBranch(migration, found);
  await migration.update({ merge: merged });
  await refuseLate(migration, found.sources.id);
  await migration.update({ scripts: 'git' });
  // Only now: a script that still wrote to both would mark again.
  await takeMarksAway(ports.repository, await endingOf(migration));
  return { merge: merged, compared: found.compared, caughtUp: found.caughtUp };
}

export function reportFacts(
  migration: Migration,
  { compared, caughtUp }: Pick<CutOver, 'compared' | 'caughtUp'>,
  status: ReportFacts['status'],
): ReportFacts {
  const { phases, trial = null, backup = null } = migration.note();
  return {
    id: migration.id,
    status,
    phases,
    records: { equal: compared.matches, all: compared.records },
    networks: { equal: compared.networks - compared.differing.length, all: compared.networks },
    entries: { refused: compared.quarantined, all: compared.records + compared.quarantined },
    ambiguous: compared.ambiguous,
    recovered: compared.recovered,
    withoutArguments: compared.withoutArguments,
    caughtUp,
    trial,
    backup,
  };
}

/** The merge commit; one that an earlier run made counts. */
async function mergeBranch(migration: Migration, found: Consistent): Promise<string> {
  const { ports, id, base } = migration;
  const { repository } = ports;
  const checkpoint = await branchCheckpoint(ports, id);
  if (checkpoint?.phase !== 'cutover' || !checkpoint.isEnd) {
    const body = reportMarkdown(reportFacts(migration, found, 'IN PROGRESS'));
    const trailers = [['State-Source', found.sources.id]] as const;
    await endPhase(migration, 'cutover', { subject: 'completion report', body, trailers });
  }
  const { config } = await baseState(repository.root, await repository.at({ commit: base }));
  const message = phaseMessage(
    'cutover',
    { id, base, prefix: config.message.prefix },
    {
      subject: `merge ${migrationRef(id).slice('refs/heads/'.length)}`,
      body: ['  Reverting this one commit takes the migration back.'],
    },
  );
  const request = {
    revision: migrationRef(id),
    dryRun: false,
    onConflict: 'refuse',
    noFastForward: true,
    message,
  } as const;
  const { networks } = found.sources;
  const revise = await markRevisions(repository, await endingOf(migration));
  const merged = await mergeCutover(repository, await ports.openMerges(), request, { networks, config, revise });
  return merged.kind === 'unchanged' ? madeBefore(migration, merged.after) : merged.after;
}

async function endingOf({ id, base, ports: { repository } }: Migration) {
  return { id, base, tip: await repository.resolve(migrationRef(id)) };
}

/** The merge of a run that died before it could say so; the branch may have gone on since. */
async function madeBefore(migration: Migration, head: string): Promise<string> {
  const { id, ports } = migration;
  const known = migration.note().merge;
  if (known !== undefined) return known;
  for (let oid: string | undefined = head; oid !== undefined && oid !== migration.base; ) {
    const { message, parents }: HistoryEntry = await ports.repository.commit(oid);
    if (parents.length > 1 && readCheckpoint(message)?.id === id) return oid;
    oid = parents[0];
  }
  return head;
}

/** A script that wrote to the LevelDB after the last look and before its switch: also found after a kill. */
async function refuseLate({ ports, base }: Migration, known: string): Promise<void> {
  const { repository } = ports;
  const { consolidation } = await readSourceState(ports, base);
  if (consolidation.id === known) return;
  const { commit } = await repository.head();
  if (commit === null) return;
  const now = await baseState(repository.root, await repository.at({ commit }));
  const late: string[] = [];
  for (const source of consolidation.networks) {
    const { changed } = await consolidation.settle(now, source);
    late.push(...changed.map((name) => `${source.network}/${name}`));
  }
  if (late.length === 0) return;
  throw new StateManagerError(
    'RACED',
    `The LevelDB says of ${late.map(shown).join(', ')} what Git does not: written in the last moment.`,
    {
      hint: 'stateroot import leveldb <path> --here, then stateroot migrate resume --cutover; scripts still write to both',
      details: { reference: 'MIGRATION-002', records: late },
    },
  );
}
