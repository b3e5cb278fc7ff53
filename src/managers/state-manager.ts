import { networkOfName } from '../core/config/resolve-network.js';
import { defaultConfig } from '../core/config/config.js';
import type { ContractDeployment, DeploymentArgs } from '../core/deployment/contract-deployment.js';
import type { ContractType } from '../core/model/contract-type.js';
import { shown } from '../core/shown.js';
import { StateManagerError } from '../errors.js';
import { contractInfoOf, contractTypeOf, requireAddress, requireContract } from './contract-info.js';
import type { ContractStore, Scope, StoreChange, StoreLayer } from './contract-store.js';
import { exportText, importChanges } from './exchange.js';
import { fetchDeployment } from './fetch-deployment.js';
import { findByAddress } from './find-by-address.js';
import type {
  BackendMetrics,
  ContractFilter,
  ContractInfo,
  ExportOptions,
  IStateManager,
  QueryOptions,
  ValidationResult,
} from './istate-manager.js';
import { type EnhancedDeployment, type JSONDeployment, migrateDeploymentFormat } from './json/deployment-format.js';
import { metered, openMeter } from './meter.js';
import type { Manifests } from './manifests.js';
import { openCalls } from './open-calls.js';
import { matchesFilter, selectContracts } from './query.js';

export type BoundNetwork = {
  /** Null: only the methods that name a chain id work. */
  readonly network: string | null;
  /** For a network that neither the store nor the known chains know. */
  readonly chainId?: number | undefined;
  /** OpenZeppelin's, beside the store: they say how code hashes were made. None by default. */
  readonly manifests?: Manifests | undefined;
  /** Around the store, the first one innermost. */
  readonly layers?: readonly StoreLayer[] | undefined;
};

/** Everything of `IStateManager` over any store; the backends of the documents are this with a store each. */
export class StateManager implements IStateManager {
  readonly network: string | null;
  /** As it was given, in its layers; what the manager itself does goes through its meter. */
  readonly store: ContractStore;
  readonly #metered: ContractStore;
  readonly #meter = openMeter();
  /** As it was given: for a network that neither the store nor the known chains know. */
  readonly chainId: number | undefined;
  readonly #manifests: Manifests;
  readonly #calls = openCalls();

  constructor({ network, chainId, layers = [], manifests }: BoundNetwork, store: ContractStore) {
    this.network = network;
    this.store = layers.reduce((inner, layer) => layer(inner), store);
    this.chainId = chainId;
    this.#manifests = manifests ?? (() => Promise.resolve([]));
    this.#metered = metered(this.store, this.#meter);
  }

  async initialize(): Promise<void> {
    this.#calls.open();
    await this.store.open();
  }

  getContract(address: string): Promise<ContractInfo | null>;
  getContract(chainId: number, contractName: string): Promise<ContractType | null>;
  async getContract(at: string | number, contractName?: string): Promise<ContractInfo | ContractType | null> {
    if (typeof at === 'number') return this.#metered.read(await this.scopeOf(at), nameOf(contractName));
    const found = await this.#find(at);
    return found === null ? null : contractInfoOf(found);
  }

  putContract(address: string, info: ContractInfo): Promise<void>;
  putContract(chainId: number, contract: ContractType): Promise<void>;
  putContract(at: string | number, value: ContractInfo | ContractType): Promise<void> {
    if (typeof at === 'string') return this.putContracts(new Map([[at, value as ContractInfo]]));
    return this.during(() => this.#put(at, value));
  }

  async #put(at: number, value: ContractInfo | ContractType): Promise<void> {
    requireContract(value, at);
    const contract = value as ContractType;
    const { chainId } = contract as Partial<ContractType>;
    if (chainId !== undefined && chainId !== at) {
      throw new StateManagerError(
        'CHAIN_ID_MISMATCH',
        `The contract is of chain ${chainId} and is put on chain ${at}`,
        {
          hint: 'pass the chain id of the contract, or leave chainId out of it',
          details: { expected: at, actual: chainId },
        },
      );
    }
    const scope = await this.scopeOf(at);
    await this.#metered.apply([{ kind: 'put', scope, contract: { ...contract, chainId: at } }]);
  }

  putContracts(contracts: ReadonlyMap<string, ContractInfo>): Promise<void> {
    return this.during(() => this.#putAll(contracts));
  }

  async #putAll(contracts: ReadonlyMap<string, ContractInfo>): Promise<void> {
    const scope = await this.#scope();
    const there = await this.#metered.list(scope);
    const changes = [...contracts].map(([address, info]): StoreChange => {
      const contract = contractTypeOf(address, info, scope);
      refuseOtherName(address, contract, there);
      return { kind: 'put', scope, contract };
    });
    await this.#metered.apply(changes);
  }

  deleteContract(address: string): Promise<boolean>;
  deleteContract(chainId: number, contractName: string): Promise<boolean>;
  deleteContract(at: string | number, contractName?: string): Promise<boolean> {
    return this.during(() => this.#delete(at, contractName));
  }

  async #delete(at: string | number, contractName: string | undefined): Promise<boolean> {
    const scope = await (typeof at === 'number' ? this.scopeOf(at) : this.#scope());
    const name = typeof at === 'number' ? nameOf(contractName) : (await this.#find(at))?.contractName;
    if (name === undefined) return false;
    const [changed] = await this.#metered.apply([{ kind: 'delete', scope, contractName: name }]);
    return changed === true;
  }

  async exists(address: string): Promise<boolean> {
    return (await this.#find(address)) !== null;
  }

  async hasContract(chainId: number, contractName: string): Promise<boolean> {
    return (await this.#metered.read(await this.scopeOf(chainId), nameOf(contractName))) !== null;
  }

  getAllContracts(): Promise<ContractInfo[]>;
  getAllContracts(chainId: number): Promise<ContractType[]>;
  async getAllContracts(chainId?: number): Promise<ContractInfo[] | ContractType[]> {
    if (chainId !== undefined) return [...(await this.#metered.list(await this.scopeOf(chainId)))];
    return (await this.#metered.list(await this.#scope())).map(contractInfoOf);
  }

  async getAllAddresses(): Promise<string[]> {
    return (await this.getAllContracts()).map(({ address }) => address);
  }

  queryContracts(options: QueryOptions): Promise<ContractType[]>;
  queryContracts(filter: ContractFilter): Promise<ContractInfo[]>;
  async queryContracts(query: QueryOptions | ContractFilter): Promise<ContractType[] | ContractInfo[]> {
    if (isQueryOptions(query)) {
      return selectContracts(await this.#metered.list(await this.scopeOf(query.chainId)), query);
    }
    return (await this.getAllContracts()).filter((info) => matchesFilter(info, query));
  }

  async exportAll(options: ExportOptions = {}): Promise<string> {
    const scope = options.chainId === undefined ? undefined : await this.scopeOf(options.chainId);
    return exportText(await this.#metered.list(scope), this.getBackendType(), options);
  }

  async importAll(data: string, overwrite = false): Promise<void> {
    await this.during(async () => {
      const scopes = new Map<number, Scope>();
      const there: ContractType[] = [];
      for (const { chainId } of importChanges(data, [], true).map(({ scope }) => scope)) {
        if (scopes.has(chainId)) continue;
        const scope = await this.scopeOf(chainId);
        scopes.set(chainId, scope);
        there.push(...(await this.#metered.list(scope)));
      }
      const changes = importChanges(data, there, overwrite);
      await this.#metered.apply(
        changes.map((change) => ({ ...change, scope: scopes.get(change.scope.chainId) ?? change.scope })),
      );
    });
  }

  async validateIntegrity(): Promise<ValidationResult> {
    const problems = await this.#metered.inspect();
    const textsOf = (severity: string) =>
      problems.filter((problem) => problem.severity === severity).map(({ key, message }) => `${key}: ${message}`);
    const errors = textsOf('error');
    const contracts = await this.#metered.list().catch(nothingReadable);
    return { isValid: errors.length === 0, errors, warnings: textsOf('warning'), totalContracts: contracts.length };
  }

  async validate(): Promise<void> {
    const { errors } = await this.validateIntegrity();
    if (errors.length === 0) return;
    throw new StateManagerError('VALIDATION_FAILED', `What ${this.getBackendType()} holds is not valid: ${errors[0]}`, {
      hint: 'validateIntegrity() lists all of it',
      details: { errors },
    });
  }

  fetchDeployOrUpgradeProxy(args: DeploymentArgs): Promise<ContractDeployment> {
    const reader = { network: this.network, store: this.#metered, manifests: this.#manifests };
    return fetchDeployment({ ...reader, scope: () => this.#scope() }, args);
  }

  migrateDeploymentFormat(deployment: JSONDeployment): EnhancedDeployment {
    return migrateDeploymentFormat(deployment);
  }

  async getMetrics(): Promise<BackendMetrics> {
    const cacheHitRate = this.store.hitRate?.();
    return Promise.resolve({ ...this.#meter.metrics(), ...(cacheHitRate === undefined ? {} : { cacheHitRate }) });
  }

  async isHealthy(): Promise<boolean> {
    if (this.#calls.isClosed()) return false;
    try {
      await this.store.open();
      await this.store.list(this.network === null ? undefined : await this.#scope());
      return true;
    } catch (error) {
      if (error instanceof StateManagerError) return false;
      throw error;
    }
  }

  getBackendType(): string {
    return this.store.type;
  }

  async close(): Promise<void> {
    await this.#calls.close();
    await this.store.close();
  }

  /** For what takes several steps: `close` waits for all of them. Throws BACKEND_UNAVAILABLE after it. */
  protected during<Result>(call: () => Promise<Result>): Promise<Result> {
    return this.#calls.during(call);
  }

  /** Undefined, which is everything, for a manager that is bound to no network. Throws CHAIN_ID_UNKNOWN. */
  protected async boundScope(): Promise<Scope | undefined> {
    return this.network === null ? undefined : this.#scope();
  }

  /** The bound network on its own chain: of several networks on one chain it is the one that is meant. */
  protected async scopeOf(chainId: number): Promise<Scope> {
    if (this.network === null || chainId !== (await this.#boundChain(this.network).catch(nobodys))) return { chainId };
    return { chainId, network: this.network };
  }

  async #find(address: string): Promise<ContractType | null> {
    requireAddress(address);
    return findByAddress(await this.#metered.list(await this.#scope()), address);
  }

  /** Throws BAD_USAGE for a manager without a network, CHAIN_ID_UNKNOWN. */
  async #scope(): Promise<Required<Scope>> {
    if (this.network === null) {
      throw new StateManagerError(
        'BAD_USAGE',
        'This manager is bound to no network, so an address means nothing here',
        {
          hint: 'pass a chain id and a contract name, or create the manager for a network',
        },
      );
    }
    const chainId = await this.#boundChain(this.network);
    if (chainId === null) {
      throw new StateManagerError('CHAIN_ID_UNKNOWN', `Nothing says which chain ${shown(this.network)} is`, {
        hint: 'pass chainId when the manager is created',
        details: { network: this.network },
      });
    }
    return { chainId, network: this.network };
  }

  async #boundChain(network: string): Promise<number | null> {
    const known = () => networkOfName(network, { files: [], config: defaultConfig }).chainId;
    return this.chainId ?? (await this.#metered.chainOf(network)) ?? known();
  }
}

/** A network whose name only its own backend could know: what is asked for by chain id does not need it. */
function nobodys(error: unknown): null {
  if (error instanceof StateManagerError && error.code === 'NETWORK_NAME_INVALID') return null;
  throw error;
}

/** What is wrong was said by `inspect`; the count is of what could be read. */
function nothingReadable(error: unknown): readonly ContractType[] {
  if (error instanceof StateManagerError) return [];
  throw error;
}

function isQueryOptions(query: QueryOptions | ContractFilter): query is QueryOptions {
  return typeof query.chainId === 'number';
}

function nameOf(contractName: string | undefined): string {
  if (typeof contractName === 'string' && contractName !== '') return contractName;
  throw new StateManagerError('BAD_USAGE', 'A chain id alone names no contract', { hint: 'pass its name too' });
}

/** Under one address there would be two contracts then, and the next read could not choose. */
function refuseOtherName(address: string, contract: ContractType, there: readonly ContractType[]): void {
  const other = findByAddress(there, address);
  if (other === null || other.contractName === contract.contractName) return;
  throw new StateManagerError(
    'ADDRESS_AMBIGUOUS',
    `${address} is ${shown(other.contractName)} already, and is put as ${shown(contract.contractName)}`,
    {
      hint: 'delete the one that is wrong first',
      details: { address, names: [other.contractName, contract.contractName] },
    },
  );
}
