import { compareText } from '../core/equal.js';
import type { Json } from '../core/json.js';
import type { Ambiguity } from '../core/legacy/legacy-record.js';
import type { StoreProblem } from '../core/leveldb/store-problem.js';
import { StateManagerError } from '../errors.js';
import type { Head, StateRepository, StateTree, Unfinished, WriteTarget } from '../ports/state-repository.js';
import { type BaseState, baseState } from './base-state.js';
import type { FoldedPlace, ImportAnswer, ImportedRecovery, ImportPlan, PassedOver } from './plan-import.js';

export type ImportOptions = {
  /** On the current branch instead of one of its own. */
  readonly here: boolean;
  readonly allowDetached: boolean;
  /** Refuse the whole import rather than quarantine anything. */
  readonly strict: boolean;
  readonly dryRun: boolean;
};

export type ImportSource = {
  /** The format as it is typed. */
  readonly kind: string;
  /** What the source says, as hex digits: names the branch. */
  readonly id: string;
  /** Pure over the base, because it runs again when the branch moved meanwhile. */
  plan(base: BaseState): Promise<ImportPlan>;
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
    /** The source file as the user named it; of a source that is no files, the quarantine file. */
    readonly file: string;
  }[];
  readonly recovered: readonly ImportedRecovery[];
  /** `firstDeployedAt` and `upgrades` that older versions of a LevelDB's entries say. Absent when there is nothing new. */
  readonly history?: readonly ImportedRecovery[];
  readonly folded: readonly FoldedPlace[];
  readonly ambiguous: readonly Ambiguity[];
  /** Absent when every file was imported. */
  readonly passedOver?: readonly PassedOver[];
  /** What the files of a LevelDB have that takes nothing from its entries, as a write that a crash interrupted. Absent when there is none. */
  readonly warnings?: readonly StoreProblem[];
};

export type ImportResult = {
  readonly kind: string;
  readonly data: ImportData;
  /** Networks the source speaks of, ascending; `commit` is null where nothing changes, or on a dry run. */
  readonly networks: readonly {
    readonly network: string;
    readonly chainId: number;
    readonly records: number;
    readonly isChanged: boolean;
    readonly commit: string | null;
  }[];
  /** Relative to the repository root, ascending. */
  readonly quarantineFiles: readonly string[];
  /** Records that have no deploymentArgs, neither in the source nor here; 0 for sources that never have any. */
  readonly withoutArguments: number;
  /** The branch that was or would be written, short; null for a detached HEAD. */
  readonly target: string | null;
  /** The current branch, short; null when HEAD is detached, or had no commit yet and got none. */
  readonly current: string | null;
  readonly recovered: readonly Unfinished[];
};

/**
 * What a source says as commits, one per network (CONTRACT §4). The branch's name derives from what it says, so that
 * importing again finds everything there and makes no commit, also after the branch was merged and deleted.
 * Throws IMPORT_STRICT, and what planning and writing throw.
 */
export async function importSource(
  repository: StateRepository,
  source: ImportSource,
  options: ImportOptions,
): Promise<ImportResult> {
  let accepted: string | null | undefined;
  const plan = async (tree: StateTree): Promise<ImportPlan> => {
    const base = await baseState(repository.root, tree);
    if (options.strict && (tree.commit === null || tree.commit !== accepted)) {
      // All of it is looked at before any of it is stored.
      const planned = await source.plan(base);
      await commitsIn(planned);
      refuseQuarantine(planned.answer());
      accepted = tree.commit;
    }
    return source.plan(base);
  };
  const head = await repository.head();
  const ref = `refs/heads/state/import-${source.kind}-${source.id}`;
  const { target, settled } = await chooseTarget({ repository, head, ref }, options, plan);
  const isUnborn = head.commit === null && !options.here;
  const current = isUnborn || head.branch === null ? null : shortBranch(head.branch);
  if (settled !== null) {
    return { kind: source.kind, ...resultOf(settled, []), target: null, current, recovered: [] };
  }
  let planned: ImportPlan | null = null;
  const written = await repository.write({
    operation: `import ${source.kind}`,
    target,
    dryRun: options.dryRun,
    async plan(tree) {
      planned = await plan(tree);
      return planned.commits;
    },
  });
  const branch = shortBranch(written.ref);
  const result = resultOf(answerOf(planned), written.commits, branch);
  return { kind: source.kind, ...result, target: branch, current, recovered: written.recovered };
}

/** What was planned last, which no flow of types can see. */
function answerOf(planned: ImportPlan | null): ImportAnswer | null {
  return planned?.answer() ?? null;
}

/** How many, up to `most`. */
async function commitsIn({ commits }: ImportPlan, most = Infinity): Promise<number> {
  let count = 0;
  for await (const commit of commits) {
    count += commit.files.size === 0 ? 0 : 1;
    if (count >= most) break;
  }
  return count;
}

/**
 * Where to write. `settled` instead, when HEAD already says everything: then not even an import branch that is still
 * there is touched.
 */
async function chooseTarget(
  { repository, head, ref }: { repository: StateRepository; head: Head; ref: string },
  options: ImportOptions,
  plan: (tree: StateTree) => Promise<ImportPlan>,
): Promise<{ readonly target: WriteTarget; readonly settled: ImportAnswer | null }> {
  if (options.here || head.branch === ref) {
    return { target: { kind: 'head', allowDetached: options.allowDetached }, settled: null };
  }
  if (head.commit !== null) {
    const planned = await plan(await repository.at({ commit: head.commit }));
    const target: WriteTarget = { kind: 'branch', ref, create: true };
    // The first one says that there is something to write; what it is, is worked out where it is written.
    if ((await commitsIn(planned, 1)) === 0) return { target, settled: planned.answer() };
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

function refuseQuarantine({ quarantined, passedOver }: ImportAnswer): void {
  const [file] = passedOver;
  if (file !== undefined) {
    throw new StateManagerError('IMPORT_STRICT', `--strict accepts all or nothing. ${file.file}: ${file.reason}`, {
      hint: 'correct the file or import the others one by one; or leave --strict out: it is then passed over',
      details: { passedOver },
    });
  }
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
  planned: ImportAnswer | null,
  commits: readonly string[],
  branch: string | null = null,
): Pick<ImportResult, 'data' | 'networks' | 'quarantineFiles' | 'withoutArguments'> {
  const networks = planned?.networks ?? [];
  const history = planned?.history ?? [];
  const passedOver = [...(planned?.passedOver ?? []), ...(planned?.ignored ?? [])].sort((a, b) =>
    compareText(a.file, b.file),
  );
  return {
    data: {
      branch: commits.length === 0 ? null : branch,
      commits,
      imported: networks.flatMap(({ network, imported }) =>
        [...imported].sort(compareText).map((contractName) => ({ network, contractName })),
      ),
      unchanged: networks.reduce((sum, { unchanged }) => sum + unchanged, 0),
      quarantined: planned?.quarantined ?? [],
      recovered: planned?.recovered ?? [],
      ...(history.length === 0 ? {} : { history }),
      folded: planned?.folded ?? [],
      ambiguous: planned?.ambiguous ?? [],
      ...(passedOver.length === 0 ? {} : { passedOver }),
    },
    networks: networks.map(({ network, chainId, imported, unchanged, commit }) => ({
      network,
      chainId,
      records: imported.length + unchanged,
      isChanged: commit !== null,
      commit: commit === null ? null : (commits[commit] ?? null),
    })),
    quarantineFiles: planned?.quarantineFiles ?? [],
    withoutArguments: networks.reduce((sum, { withoutArguments }) => sum + withoutArguments, 0),
  };
}

function shortBranch(ref: string): string | null {
  return ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : null;
}
