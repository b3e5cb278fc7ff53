import { type Checkpoint, dualWriteTrailer, migrationOfRef, readCheckpoint } from '../../core/migration/checkpoint.js';
import { migrationId } from '../../core/migration/migration-id.js';
import type { MigrationNote, PhaseNote } from '../../core/migration/note.js';
import { phaseNames } from '../../core/migration/phases.js';
import { parseMessage, parseTrailers } from '../../core/diff/message.js';
import { shown } from '../../core/shown.js';
import { StateManagerError } from '../../errors.js';
import type { HistoryEntry } from '../../ports/state-repository.js';
import { baseState } from '../base-state.js';
import { branchCheckpoint } from './journal.js';
import type { MigrationPorts } from './migration-ports.js';
import { refuseForeignState } from './refuse-foreign-state.js';
import { readSourceState, type SourceState } from './source-state.js';

/**
 * The note of a migration whose clone lost it, or has only its branch: from the commits of that branch, and sources that are named again and
 * say what it was made of, word for word. `refs` are branches of migrations, here and of remotes. With an older or another LevelDB it would take back what the branch has. Throws NOT_FOUND,
 * MIGRATION_FAILED with what is missing, and CONFLICT where Git has more than those sources.
 */
export async function rebuildNote(
  ports: MigrationPorts,
  refs: readonly string[],
  settings: { readonly sources: MigrationNote['sources']; readonly batchSize: number },
): Promise<MigrationNote> {
  const ids = refs.map(migrationOfRef).filter((id) => id !== null);
  if (ids.length === 0) throw noBranch(refs[0]);
  for (const id of ids) {
    const checkpoint = await branchCheckpoint(ports, id);
    if (checkpoint === null) continue;
    const state = await readSourceState(ports, checkpoint.base);
    if (!(await saysTheSame(ports, state, checkpoint))) continue;
    await refuseForeignState(ports.repository, state, checkpoint);
    return noteOf(ports, checkpoint, settings);
  }
  throw otherSources(ids);
}

type Tip = Checkpoint & { readonly tip: string };

/** What it began with, or what it was brought to when a phase ended last. */
async function saysTheSame(
  { repository }: MigrationPorts,
  { consolidation }: SourceState,
  { id, base, tip }: Tip,
): Promise<boolean> {
  if (migrationId({ sources: consolidation.id, base, root: repository.root }) === id) return true;
  return parseMessage((await repository.commit(tip)).message).source === consolidation.id;
}

async function noteOf(
  ports: MigrationPorts,
  { id, base, tip }: Tip,
  { sources, batchSize }: Parameters<typeof rebuildNote>[2],
): Promise<MigrationNote> {
  const { repository } = ports;
  // Refuses here, not in the middle, what a newer version committed.
  await baseState(repository.root, await repository.at({ commit: tip }));
  const commits = await commitsOf(ports, tip, base);
  const ended = commits.find(({ checkpoint: { phase, isEnd } }) => phase === 'dual-write' && isEnd);
  const isOff = parseTrailers(ended?.entry.message ?? '').some(({ key, value }) => {
    return key === dualWriteTrailer.toLowerCase() && value === 'off';
  });
  return {
    version: 1,
    id,
    root: repository.root,
    startedAt: new Date(commits[0]?.entry.time ?? 0).toISOString(),
    sources,
    batchSize,
    phases: phasesOf(commits),
    progress: null,
    scripts: ended === undefined || isOff || sources.leveldb === null ? 'unchanged' : 'dual-write',
    outcome: 'stopped',
    backup: null,
  };
}

type Commit = { readonly entry: HistoryEntry; readonly checkpoint: Checkpoint };

/** Oldest first. */
async function commitsOf({ repository }: MigrationPorts, tip: string, base: string): Promise<Commit[]> {
  const commits: Commit[] = [];
  for (let oid: string | undefined = tip; oid !== undefined && oid !== base; ) {
    const entry: HistoryEntry = await repository.commit(oid);
    const checkpoint = readCheckpoint(entry.message);
    if (checkpoint !== null) commits.push({ entry, checkpoint });
    oid = entry.parents[0];
  }
  return commits.reverse();
}

/** Those that are done, by the times of their commits: pauses count. */
function phasesOf(commits: readonly Commit[]): PhaseNote[] {
  return phaseNames.flatMap((name): PhaseNote[] => {
    const own = commits.filter(({ checkpoint: { phase } }) => phase === name);
    const [first, end] = [own[0], own.find(({ checkpoint: { isEnd } }) => isEnd)];
    if (name === 'cutover' || first === undefined || end === undefined) return [];
    const times = [first.entry.time, end.entry.time].map((time) => new Date(time).toISOString());
    const durationMs = end.entry.time - first.entry.time;
    return [{ name, status: 'done', startedAt: times[0] ?? '', endedAt: times[1] ?? '', durationMs }];
  });
}

function noBranch(remote = ''): StateManagerError {
  const name = remote.replace(/^refs\/remotes\//, '');
  return new StateManagerError('NOT_FOUND', `This clone has no branch of a migration, only ${shown(name)}.`, {
    hint: `git branch ${name.slice(name.indexOf('/') + 1)} ${name}, then the same again`,
  });
}

function otherSources(ids: readonly string[]): StateManagerError {
  const names = ids.map((id) => shown(`state/migrate-${id}`)).join(', ');
  return new StateManagerError(
    'MIGRATION_FAILED',
    `This clone remembers no migration, and these sources do not say what ${names} was made of.`,
    {
      hint: 'name the same sources again, all of them: --leveldb, --also, --legacy-json, …; written since, or not to be had: stateroot migrate run begins anew',
      details: { reference: 'MIGRATION-003', migrations: ids },
    },
  );
}
