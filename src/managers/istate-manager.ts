import type { ContractDeployment, DeploymentArgs } from '../core/deployment/contract-deployment.js';
import type { ContractType } from '../core/model/contract-type.js';
import type { EnhancedDeployment, JSONDeployment } from './json/deployment-format.js';

/**
 * A contract as document 000 knows it. `address` is the proxy, or the contract itself where there is none. Every other
 * member is kept as it is.
 */
export type ContractInfo = {
  name: string;
  address: string;
  /** Nanoseconds or milliseconds since 1970, as it was put. */
  deployedAt?: bigint | undefined;
  implementationHash?: string | undefined;
  constructorArgs?: readonly unknown[] | undefined;
  proxy?: ProxyInfo | undefined;
  metadata?: Readonly<Record<string, unknown>> | undefined;
  [field: string]: unknown;
};

export type ProxyInfo = {
  proxyAddress: string;
  implementationAddress?: string | undefined;
  admin?: string | undefined;
  [field: string]: unknown;
};

/** Members that must be equal; objects inside are matched in the same way: `{metadata: {upgradeable: true}}`. */
export type ContractFilter = { readonly [field: string]: unknown };

/** Members that are given must all hold; addresses are compared without case. */
export type QueryOptions = {
  readonly chainId: number;
  readonly contractName?: string | undefined;
  readonly networkName?: string | undefined;
  readonly address?: string | undefined;
  readonly proxyAddress?: string | undefined;
  /** Milliseconds, inclusive. */
  readonly fromTimestamp?: number | undefined;
  readonly toTimestamp?: number | undefined;
  readonly offset?: number | undefined;
  readonly limit?: number | undefined;
};

export type ExportOptions = {
  readonly format?: 'json' | undefined;
  readonly chainId?: number | undefined;
  readonly includeMetadata?: boolean | undefined;
};

export type ValidationResult = {
  readonly isValid: boolean;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  readonly totalContracts: number;
};

/** In ms; 0 where nothing was counted. */
export type Latency = {
  readonly count: number;
  readonly mean: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
};

/**
 * Latencies are means in ms; `errorRate` (of calls that threw) and `cacheHitRate` from 0 to 1; `memory` of the process in bytes.
 */
export type BackendMetrics = {
  readonly readLatency: number;
  readonly writeLatency: number;
  readonly queryLatency: number;
  readonly errorRate: number;
  readonly cacheHitRate?: number | undefined;
  readonly latencies?: Readonly<Record<'read' | 'write' | 'query', Latency>> | undefined;
  readonly memory?: { readonly rss: number; readonly heapUsed: number } | undefined;
};

/**
 * The state manager of the design documents, in both their signatures: by address inside the manager's network (000), and
 * by chain id and name (001).
 */
export interface IStateManager {
  /** Null for a manager that is bound to none. */
  readonly network: string | null;
  initialize(): Promise<void>;
  getContract(address: string): Promise<ContractInfo | null>;
  getContract(chainId: number, contractName: string): Promise<ContractType | null>;
  putContract(address: string, info: ContractInfo): Promise<void>;
  putContract(chainId: number, contract: ContractType): Promise<void>;
  /** All or nothing. */
  putContracts(contracts: ReadonlyMap<string, ContractInfo>): Promise<void>;
  /** Whether it was there. */
  deleteContract(address: string): Promise<boolean>;
  deleteContract(chainId: number, contractName: string): Promise<boolean>;
  exists(address: string): Promise<boolean>;
  hasContract(chainId: number, contractName: string): Promise<boolean>;
  getAllContracts(): Promise<ContractInfo[]>;
  getAllContracts(chainId: number): Promise<ContractType[]>;
  getAllAddresses(): Promise<string[]>;
  queryContracts(options: QueryOptions): Promise<ContractType[]>;
  queryContracts(filter: ContractFilter): Promise<ContractInfo[]>;
  /** `{format, exportTime, totalContracts, metadata?, contracts: {"<chainId>-<name>": ContractType}}`. */
  exportAll(options?: ExportOptions): Promise<string>;
  /** All or nothing. Without `overwrite`, a contract that is there with other fields refuses it (CONFLICT). */
  importAll(data: string, overwrite?: boolean): Promise<void>;
  validateIntegrity(): Promise<ValidationResult>;
  /** Throws VALIDATION_FAILED where `validateIntegrity` finds errors. */
  validate(): Promise<void>;
  /** Whether to deploy a contract, upgrade its proxy, or neither. A state that cannot be read is `blocked`, never `deploy`. */
  fetchDeployOrUpgradeProxy(args: DeploymentArgs): Promise<ContractDeployment>;
  /** A v1 file of plain deployments as v2, nothing lost. */
  migrateDeploymentFormat(deployment: JSONDeployment): EnhancedDeployment;
  getMetrics(): Promise<BackendMetrics>;
  /** Whether it can be read; never throws. */
  isHealthy(): Promise<boolean>;
  getBackendType(): string;
  close(): Promise<void>;
}
