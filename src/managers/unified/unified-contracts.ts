import { type Description, type RecordResult, record } from '../../commands/record.js';
import { findCheckout } from '../../git/checkout-place.js';
import { type LibraryOptions, openRepository } from '../../library/open-repository.js';
import type { StateRepository } from '../../ports/state-repository.js';
import type { ContractStore } from '../contract-store.js';
import { againWhenBusy } from './again-when-busy.js';
import { applyChanges, type UnifiedChange } from './apply-changes.js';
import { identityOf } from './file-identity.js';
import { markEdits } from './mark-edits.js';
import { chainOfNetwork, listContracts, readContract } from './read-networks.js';
import { storeProblems } from './store-problems.js';
import { openTurns } from './turns.js';

export type UnifiedOptions = LibraryOptions & {
  /** In the repository, at or below the state root. Default: the current directory when this is called. */
  readonly cwd?: string | undefined;
  /** The migration for whose dual-write each write is, asked when it is planned: it marks what it touches. Null for none. */
  readonly migration?: (() => Promise<string | null>) | undefined;
};

/** The store, and what only state in Git can do. */
export type UnifiedStore = ContractStore & {
  /** As `apply`, in one commit; says which one, null when nothing changed. */
  commit(changes: readonly UnifiedChange[], description?: Partial<Description>): Promise<CommittedChanges>;
  /** In its turn among the calls of this store; calls of this store inside would wait for themselves. */
  withRepository<Result>(use: (repository: StateRepository) => Promise<Result>): Promise<Result>;
};

export type CommittedChanges = Pick<RecordResult, 'commit' | 'changes'> & {
  /** One for each change that was asked for. */
  readonly changed: readonly boolean[];
};

/**
 * The network files of a Git repository: every `apply` that changes something is one commit on the checked-out branch,
 * through the same write as `stateroot put`; reads see the work tree and start no git process. One call at a time, in the
 * order of the calls. Every call throws NOT_A_REPOSITORY or BARE_REPOSITORY where there is none, and BACKEND_UNAVAILABLE
 * after `close`, until the next `open`.
 */
export function unifiedContracts(options: UnifiedOptions = {}): UnifiedStore {
  const { cwd = process.cwd(), migration = () => Promise.resolve(null), ...library } = options;
  const turns = openTurns();
  const withRepository = <Result>(use: (repository: StateRepository) => Promise<Result>) =>
    turns.take(async () => {
      // Opening looks at a few files. Closed again, a manager that is forgotten leaves no git process its script waits for.
      const repository = await openRepository(cwd, library);
      try {
        return await use(repository);
      } finally {
        await repository.close();
      }
    });
  const commit: UnifiedStore['commit'] = (changes, description) =>
    withRepository((repository) =>
      againWhenBusy(() => commitChanges(repository, changes, { ...description, migration })),
    );
  return {
    type: 'unified',
    commit,
    withRepository,
    open: () => {
      turns.open();
      return withRepository(() => Promise.resolve());
    },
    chainOf: (network) => withRepository((repository) => chainOfNetwork(repository, network)),
    read: (scope, name) => withRepository((repository) => readContract(repository, scope, name)),
    list: (scope) => withRepository((repository) => listContracts(repository, scope)),
    apply: async (changes) => (await commit(changes)).changed,
    inspect: () => withRepository(storeProblems),
    version: () =>
      withRepository(async (repository) => {
        const [tree, { top }] = [await repository.at('worktree'), await findCheckout(cwd, library.env ?? process.env)];
        return identityOf(top, await tree.paths());
      }),
    close: () => turns.close(),
  };
}

async function commitChanges(
  repository: StateRepository,
  changes: readonly UnifiedChange[],
  { migration, ...description }: Partial<Description> & { readonly migration: () => Promise<string | null> },
): Promise<CommittedChanges> {
  let changed: readonly boolean[] = [];
  if (changes.length === 0) return { commit: null, changes: [], changed };
  const written = await record(repository, {
    operation: operationOf(changes),
    ...description,
    target: { kind: 'head', allowDetached: false },
    dryRun: false,
    label: labelOf(changes),
    async edit(base) {
      const applied = await applyChanges(base, changes);
      // Planned again on a new base, the last plan is the one that is written.
      changed = applied.changed;
      const id = await migration();
      return id === null ? applied.edits : markEdits(base, applied.edits, id);
    },
  });
  return { commit: written.commit, changes: written.changes, changed };
}

function operationOf([change, ...others]: readonly UnifiedChange[]): string {
  if (change === undefined || others.length > 0) return 'apply';
  return change.kind === 'delete' ? 'delete' : 'put';
}

function labelOf(changes: readonly UnifiedChange[]): string {
  const [change, ...others] = changes;
  if (change === undefined || others.length > 0) return `apply ${changes.length} records`;
  const { scope } = change;
  const name = change.kind === 'delete' ? change.contractName : change.contract.contractName;
  return `${operationOf(changes)} ${scope.network ?? `chain ${scope.chainId}`} ${name}`;
}
