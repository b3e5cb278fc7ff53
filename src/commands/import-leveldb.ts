import { compareText } from '../core/equal.js';
import type { Json } from '../core/json.js';
import type { LegacyEntry } from '../core/legacy/entry.js';
import type { NetworkWish } from '../core/legacy/group-by-network.js';
import type { Ambiguity } from '../core/legacy/legacy-record.js';
import { inKeyOrder, sourceId } from '../core/legacy/source-id.js';
import { isReject, readEntry } from '../core/legacy/read-entry.js';
import { StateManagerError } from '../errors.js';
import type { Head, StateRepository, StateTree, Unfinished, WriteTarget } from '../ports/state-repository.js';
import { type ImportPlan, type ReadEntries, planImport } from './plan-import.js';

export type ImportRequest = {
  readonly entries: readonly LegacyEntry[];
  /** On the current branch instead of one of its own. */
  readonly here: boolean;
  readonly allowDetached: boolean;
  /** Refuse the whole import rather than quarantine anything. */
  readonly strict: boolean;
  readonly dryRun: boolean;
  readonly wish: NetworkWish;
  /** Called now and then with the number of entries read. */
  readonly seen?: (entries: number) => void;
};

/** CONTRACT §5, `import`. */
type ImportData = {
  readonly branch: string | null;
  readonly commits: readonly string[];
  readonly imported: readonly { readonly network: string; readonly contractName: string }[];
  readonly unchanged: number;
  readonly quarantined: readonly {
    readonly key: string;
    readonly reason: string;
    readonly value: Json;
    /** The quarantine file, relative to the repository root. */
    readonly file: string;
  }[];
  readonly recovered: readonly never[];
  readonly folded: readonly never[];
  readonly ambiguous: readonly Ambiguity[];
};

export type ImportResult = {
  readonly data: ImportData;
  /** Networks the source speaks of, ascending; `commit` is null where nothing changed, or on a dry run. */
  readonly networks: readonly {
    readonly network: string;
    readonly chainId: number;
    readonly records: number;
    readonly commit: string | null;
  }[];
  /** Records that have no deploymentArgs, neither in the source nor here. */
  readonly withoutArguments: number;
  /** The branch that was or would be written, short; null for a detached HEAD. */
  readonly target: string | null;
  /** The current branch, short; null when HEAD is detached or there is no commit yet. */
  readonly current: string | null;
  readonly recovered: readonly Unfinished[];
};

/**
 * A LevelDB's entries as commits, one per network (CONTRACT §4). The branch's name derives from what the source says,
 * so that importing again finds everything there and makes no commit, also after the branch was merged and deleted.
 * Throws IMPORT_STRICT, STATE_INVALID, CHAIN_ID_MISMATCH, BAD_USAGE, and what writing throws.
 */
export async function importLevelDb(repository: StateRepository, request: ImportRequest): Promise<ImportResult> {
  const id = sourceId(request.entries);
  const read = readAll(request);
  const plan = async (tree: StateTree): Promise<ImportPlan> => {
    const planned = await planImport(repository.root, tree, read, { source: `leveldb ${id}`, wish: request.wish });
    if (request.strict) refuseQuarantine(planned);
    return planned;
  };
  const head = await repository.head();
  const ref = `refs/heads/state/import-leveldb-${id}`;
  const { target, settled } = await chooseTarget({ repository, head, ref }, request, plan);
  const current = head.commit === null || head.branch === null ? null : shortBranch(head.branch);
  if (settled !== null) return { ...resultOf(settled, []), target: null, current, recovered: [] };
  let planned: ImportPlan | null = null;
  const written = await repository.write({
    operation: 'import leveldb',
    target,
    dryRun: request.dryRun,
    async plan(tree) {
      planned = await plan(tree);
      return planned.commits;
    },
  });
  const branch = shortBranch(written.ref);
  const result = resultOf(planned, written.commits, branch);
  return { ...result, target: branch, current, recovered: written.recovered };
}

function readAll({ entries, seen }: ImportRequest): ReadEntries {
  const records: ReadEntries['records'][number][] = [];
  const rejects: ReadEntries['rejects'][number][] = [];
  for (const [i, entry] of inKeyOrder(entries).entries()) {
    const read = readEntry(entry);
    if (isReject(read)) rejects.push(read);
    else records.push(read);
    if (i % 200 === 0) seen?.(i);
  }
  return { records, rejects };
}

/**
 * Where to write. `settled` instead, when HEAD already says everything: then not even an import branch that is still
 * there is touched.
 */
async function chooseTarget(
  { repository, head, ref }: { repository: StateRepository; head: Head; ref: string },
  request: ImportRequest,
  plan: (tree: StateTree) => Promise<ImportPlan>,
): Promise<{ readonly target: WriteTarget; readonly settled: ImportPlan | null }> {
  if (request.here || head.branch === ref) {
    return { target: { kind: 'head', allowDetached: request.allowDetached }, settled: null };
  }
  if (head.commit !== null) {
    const planned = await plan(await repository.at({ commit: head.commit }));
    const target: WriteTarget = { kind: 'branch', ref, create: true };
    if (planned.commits.length === 0) return { target, settled: planned };
  }
  return { target: { kind: 'branch', ref, create: !(await exists(repository, ref)) }, settled: null };
}

async function exists(repository: StateRepository, ref: string): Promise<boolean> {
  try {
    await repository.resolve(ref);
    return true;
  } catch (error) {
    if (error instanceof StateManagerError && error.code === 'UNKNOWN_REVISION') return false;
    throw error;
  }
}

function refuseQuarantine({ quarantined }: ImportPlan): void {
  const [first] = quarantined;
  if (first === undefined) return;
  const count = quarantined.length === 1 ? '1 entry cannot' : `${quarantined.length} entries cannot`;
  throw new StateManagerError(
    'IMPORT_STRICT',
    `${count} be state, and --strict accepts all or nothing. The first: ${first.key}: ${first.reason}`,
    {
      hint: 'correct the source; or leave --strict out: what cannot be state is then kept word for word in quarantine',
      details: { quarantined },
    },
  );
}

function resultOf(
  planned: ImportPlan | null,
  commits: readonly string[],
  branch: string | null = null,
): Pick<ImportResult, 'data' | 'networks' | 'withoutArguments'> {
  const networks = planned?.networks ?? [];
  return {
    data: {
      branch: commits.length === 0 ? null : branch,
      commits,
      imported: networks.flatMap(({ network, imported }) =>
        [...imported].sort(compareText).map((contractName) => ({ network, contractName })),
      ),
      unchanged: networks.reduce((sum, { unchanged }) => sum + unchanged, 0),
      quarantined: planned?.quarantined ?? [],
      recovered: [],
      folded: [],
      ambiguous: planned?.ambiguous ?? [],
    },
    networks: networks.map(({ network, chainId, imported, unchanged, commit }) => ({
      network,
      chainId,
      records: imported.length + unchanged,
      commit: commit === null ? null : (commits[commit] ?? null),
    })),
    withoutArguments: networks.reduce((sum, { withoutArguments }) => sum + withoutArguments, 0),
  };
}

function shortBranch(ref: string): string | null {
  return ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : null;
}
