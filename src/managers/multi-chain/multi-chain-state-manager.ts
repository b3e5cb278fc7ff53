import type { ContractChange } from '../../core/diff/change.js';
import { diffSnapshots } from '../../core/diff/diff.js';
import type { Finding } from '../../core/finding.js';
import type { ContractType } from '../../core/model/contract-type.js';
import { type NetworkFile, recordsOf } from '../../core/model/network-file.js';
import { checkRoot } from '../../commands/check-root.js';
import { snapshotAt } from '../../commands/read-snapshot.js';
import { type Synced, sync } from '../../commands/sync.js';
import { openCollaboration } from '../../library/open-collaboration.js';
import type { StateRepository } from '../../ports/state-repository.js';
import type { StoreChange } from '../contract-store.js';
import { allFiles, networksOf } from '../unified/read-networks.js';
import {
  type CommittedChanges,
  type UnifiedOptions,
  type UnifiedStore,
  unifiedContracts,
} from '../unified/unified-contracts.js';
import { type GlobalContractInfo, globalContract } from './global-contract.js';
import { networksCalled } from './networks-called.js';

/** What `check` finds, waivers applied: rule, severity, network, contract, file, line, message, related places. */
export type Inconsistency = Finding;

export type SyncResult = {
  /** What was exchanged with the remote: commits pushed and received, and the commit that both are at. */
  readonly remote: Synced;
  /** In the order they were asked for. */
  readonly chains: readonly ChainSync[];
  /** Of these chains, afterwards. */
  readonly inconsistencies: readonly Inconsistency[];
};

type ChainSync = {
  readonly network: string;
  readonly chainId: number;
  /** Records it has now. */
  readonly contracts: number;
  /** What came in from the remote. */
  readonly received: readonly ContractChange[];
};

export type GlobalStateUpdate = {
  /** `network` where the chain id alone does not say which: another environment. */
  readonly put?: readonly { readonly contract: ContractType; readonly network?: string | undefined }[] | undefined;
  readonly delete?:
    | readonly { readonly chainId: number; readonly contractName: string; readonly network?: string | undefined }[]
    | undefined;
};

/** The networks of one state root as a whole (R179). Chains are named by network, by another spelling, or by chain id as text. */
export class MultiChainStateManager {
  readonly #cwd: string;
  readonly #options: UnifiedOptions;
  readonly #store: UnifiedStore;

  constructor(options: UnifiedOptions = {}) {
    this.#cwd = options.cwd ?? process.cwd();
    this.#options = options;
    this.#store = unifiedContracts({ ...options, cwd: this.#cwd });
  }

  /**
   * Exchanges the branch with the remote (`stateroot sync`: fetch, merge by record, push) and says what that brought for
   * each of these chains, and whether they agree then. Throws NOT_FOUND for a chain that has no state afterwards, and what
   * `sync` throws; CONFLICT leaves nothing behind.
   */
  syncAcrossChains(chains: readonly string[]): Promise<SyncResult> {
    return this.#store.withRepository(async (repository) => {
      const before = await committed(repository);
      const remote = await this.#exchange();
      const after = await committed(repository);
      const received = diffSnapshots(before, after);
      const networks = await networksOf(await repository.at('worktree'), repository.root);
      const files = networksCalled(chains, networks);
      return {
        remote,
        chains: files.map((file) => ({
          network: file.network,
          chainId: file.chainId,
          contracts: recordsOf(file).length,
          received: received.find(({ network }) => network === file.network)?.contracts ?? [],
        })),
        inconsistencies: await inconsistencies(repository, files),
      };
    });
  }

  /** Where the networks contradict each other, in the work tree; of these chains, default of all. Throws NOT_FOUND. */
  detectCrossChainInconsistencies(chains?: readonly string[]): Promise<Inconsistency[]> {
    return this.#store.withRepository(async (repository) => {
      if (chains === undefined) return inconsistencies(repository, null);
      const networks = await networksOf(await repository.at('worktree'), repository.root);
      return inconsistencies(repository, networksCalled(chains, networks));
    });
  }

  /** Every network that has this address, hash or name. Throws STATE_INVALID where a network cannot be read. */
  getGlobalContract(addressOrName: string): Promise<GlobalContractInfo> {
    return this.#store.withRepository(async (repository) => globalContract(await allFiles(repository), addressOrName));
  }

  /** Deletes, then puts, on any number of networks, in one commit, all or nothing; says which commit and what changed. */
  updateGlobalState(update: GlobalStateUpdate): Promise<CommittedChanges> {
    const deletes = (update.delete ?? []).map(({ chainId, network, contractName }): StoreChange => {
      return { kind: 'delete', scope: { chainId, network }, contractName };
    });
    const puts = (update.put ?? []).map(({ contract, network }): StoreChange => {
      return { kind: 'put', scope: { chainId: contract.chainId, network }, contract };
    });
    return this.#store.commit([...deletes, ...puts]);
  }

  /** Waits for what was begun. */
  close(): Promise<void> {
    return this.#store.close();
  }

  async #exchange(): Promise<Synced> {
    const clone = await openCollaboration(this.#cwd, this.#options);
    try {
      return await sync(clone, { remote: this.#options.remote, dryRun: false });
    } finally {
      await clone.close();
    }
  }
}

async function committed(repository: StateRepository) {
  const { commit } = await repository.head();
  return snapshotAt(repository, commit === null ? null : { commit });
}

/** A finding is of a network when it is in its file or about a place of it. */
async function inconsistencies(
  repository: StateRepository,
  files: readonly NetworkFile[] | null,
): Promise<Inconsistency[]> {
  const checked = await checkRoot(repository, { place: 'worktree', base: null, all: false, now: Date.now() });
  if (files === null) return [...checked.findings];
  const names = new Set(files.map(({ network }) => network));
  return checked.findings.filter(
    ({ network, related }) => names.has(network) || related?.some((place) => names.has(place.network)) === true,
  );
}
