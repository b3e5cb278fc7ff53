import { resolve } from 'node:path';
import type { ContractType } from '../../core/model/contract-type.js';
import type { Scope, StoreLayer } from '../contract-store.js';
import { manifestsIn } from '../manifests.js';
import { StateManager } from '../state-manager.js';
import { nothingToUpdate } from './apply-changes.js';
import { type UnifiedOptions, type UnifiedStore, unifiedContracts } from './unified-contracts.js';

export type UnifiedManagerOptions = UnifiedOptions & {
  /** For a network that neither the state nor the known chains know. */
  readonly chainId?: number | undefined;
  readonly layers?: readonly StoreLayer[] | undefined;
};

/** For what speaks to Git itself, which no layer around the store would see. */
export type PlainUnifiedOptions = Omit<UnifiedManagerOptions, 'layers'>;

/**
 * The state manager whose writes are commits. `putContract` replaces the record of that name, as in every backend; what
 * only the file knows of it (its category) stays. `updateContract` keeps the rest.
 */
export class UnifiedJSONStateManager extends StateManager {
  protected readonly unified: UnifiedStore;

  constructor(network: string | null, { chainId, layers, ...options }: UnifiedManagerOptions = {}) {
    const cwd = options.cwd ?? process.cwd();
    const unified = unifiedContracts({ ...options, cwd });
    super({ network, chainId, layers, manifests: manifestsIn(resolve(cwd)) }, unified);
    this.unified = unified;
  }

  /**
   * Writes the fields that are given into the record that is there, addresses as addresses and everything else beside
   * them (document 002); a field that is undefined or not given stays, and null takes a known one away. Throws NOT_FOUND.
   */
  async updateContract(
    chainId: number,
    contractName: string,
    fields: Partial<Omit<ContractType, 'chainId' | 'contractName'>>,
  ): Promise<void> {
    const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
    const contract: ContractType = { ...given, chainId, contractName };
    await this.during(async () => {
      const scope = await this.scopeOf(chainId);
      if (this.store === this.unified) await this.unified.commit([{ kind: 'update', scope, contract }]);
      else await this.#updateThroughLayers(scope, contract);
    });
  }

  /** What stands around the store knows puts: in between another process may write. */
  async #updateThroughLayers(scope: Scope, contract: ContractType): Promise<void> {
    const there = await this.store.read(scope, contract.contractName);
    if (there === null) throw nothingToUpdate(contract, scope);
    const { contractName } = there;
    await this.store.apply([{ kind: 'put', scope, contract: { ...there, ...contract, contractName } }]);
  }
}
