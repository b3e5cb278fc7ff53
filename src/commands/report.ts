import { readConfig } from '../core/config/config.js';
import { stateToCheck } from '../core/consistency/check.js';
import type { CheckedState } from '../core/consistency/state/checked-state.js';
import { compareFindings, type Finding } from '../core/finding.js';
import { type Connection, connectionsOf, type Elsewhere } from '../core/report/connections.js';
import { type Matrix, matrixOf } from '../core/report/matrix.js';
import { quarantineFolder } from '../core/layout.js';
import { itemsOf, readQuarantine } from '../core/quarantine.js';
import { shown } from '../core/shown.js';
import type { Snapshot } from '../core/snapshot.js';
import { StateManagerError } from '../errors.js';
import type { HistoryEntry, Place, StateFile, StateRepository } from '../ports/state-repository.js';
import { type CheckedRoot, checkRoot } from './check-root.js';
import { diffRange } from './diff.js';
import { judge } from './judge.js';
import { type LogEntry, logRecords } from './log.js';
import { placeOf } from './read-snapshot.js';
import { readRoot } from './read-root.js';

export type ReportRequest = {
  /** A revision; the work tree without it. */
  readonly at?: string | undefined;
  /** ms since 1970: waivers and times are judged as of then. Default: the time of the commit. */
  readonly now?: number | undefined;
  /** Likewise, for a state without any commit. */
  readonly today: number;
};

/** The state of one state root with what is known about it. The same state gives the same report. */
export type Report = {
  readonly root: string;
  /** Marked in the same repository, and not part of this. */
  readonly otherRoots: readonly string[];
  /** Short name of the branch, where it is what is shown. */
  readonly branch: string | null;
  /** The commit that is shown, or the one the work tree stands on; null before the first. */
  readonly commit: HistoryEntry | null;
  /** Of the work tree: changes that are not committed; null when a commit is shown. */
  readonly uncommitted: number | null;
  /** ms since 1970. */
  readonly judgedAt: number;
  readonly snapshot: Snapshot;
  readonly state: CheckedState;
  readonly matrix: Matrix;
  readonly connections: readonly Connection[];
  readonly elsewhere: readonly Elsewhere[];
  /** Of validate and check, each once, sorted. */
  readonly findings: readonly Finding[];
  readonly waived: CheckedRoot['waived'];
  /** Newest first. */
  readonly timeline: readonly LogEntry[];
  /** There are older commits than those of the timeline. */
  readonly timelineIsCut: boolean;
  /** Records that stand in quarantine. */
  readonly quarantined: number;
  /** Versions of the history that cannot be read. */
  readonly historyFindings: readonly Finding[];
};

/** So many commits back: the history of a busy repository is longer than a page. */
const timelineLimit = 200;

/** Throws UNKNOWN_REVISION, CONFIG_INVALID, and BAD_USAGE where several state roots could be meant. */
export async function reportState(repository: StateRepository, request: ReportRequest): Promise<Report> {
  const place = await placeOf(repository, request.at);
  const { root, otherRoots } = await rootOf(repository, place);
  const view = repository.forRoot(root);
  const head = await repository.head();
  const oid = typeof place === 'object' ? place.commit : head.commit;
  const commit = oid === null ? null : await view.commit(oid);
  const judgedAt = request.now ?? commit?.time ?? request.today;
  const read = await readRoot(view, place);
  const checked = await checkRoot(view, { place, base: null, all: false, now: judgedAt, read });
  const config = readConfig(read.config?.bytes ?? null);
  const state = stateToCheck(read.snapshot, { root, config });
  const tree = await view.at(place);
  const files = await tree.read(await tree.paths());
  const judged = judge(
    root,
    files.map((after) => ({ after, before: [] })),
  );
  const { entries, findings: historyFindings } =
    oid === null ? { entries: [], findings: [] } : await logRecords(view, { at: oid, limit: timelineLimit + 1 });
  return {
    root,
    otherRoots,
    branch: head.commit === oid ? (head.branch?.replace(/^refs\/heads\//, '') ?? null) : null,
    commit,
    uncommitted: typeof place === 'object' ? null : await changesIn(view),
    judgedAt,
    snapshot: read.snapshot,
    state,
    matrix: matrixOf(state),
    ...connectionsOf(state),
    findings: once([...judged, ...checked.findings]).sort(compareFindings),
    waived: checked.waived,
    timeline: entries.slice(0, timelineLimit),
    timelineIsCut: entries.length > timelineLimit,
    quarantined: quarantinedIn(files, root),
    historyFindings,
  };
}

function quarantinedIn(files: readonly StateFile[], root: string): number {
  const folder = `${quarantineFolder(root)}/`;
  return files
    .filter(({ path }) => path.startsWith(folder))
    .reduce((sum, { bytes }) => {
      const read = readQuarantine(bytes);
      return sum + (read.ok ? itemsOf(read.root).length : 0);
    }, 0);
}

async function rootOf(repository: StateRepository, place: Place): Promise<{ root: string; otherRoots: string[] }> {
  const roots = await repository.roots(place);
  const [first = ''] = roots;
  const root = repository.root !== '' || roots.includes('') ? repository.root : first;
  if (root !== repository.root && roots.length > 1) {
    throw new StateManagerError(
      'BAD_USAGE',
      `There are ${roots.length} state roots here: ${roots.map(shown).join(', ')}`,
      {
        hint: `one page shows one of them: stateroot report -C ${first} --out <file.html>`,
        details: { roots },
      },
    );
  }
  return { root, otherRoots: roots.filter((other) => other !== root) };
}

/** Records and networks that differ from HEAD. */
async function changesIn(repository: StateRepository): Promise<number> {
  const { networks } = await diffRange(repository);
  return networks.reduce((sum, { contracts, sections }) => sum + Math.max(1, contracts.length + sections.length), 0);
}

/** A file that cannot be read is a finding of both verbs. */
function once(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [keyOf(finding), finding])).values()];
}

function keyOf({ rule, file, path, line, column, message }: Finding): string {
  return JSON.stringify([rule, file, path, line, column, message]);
}
