/** What a deploy script knows of the contract it is about to put on a chain. */
export type DeploymentArgs = {
  readonly contractName: string;
  /** `0x` and 64 digits: of the code that would be deployed. */
  readonly implementationHash: string;
  /** How the hash was made: `creation`, `creation-nometa`, `runtime-nometa`; hashes compare only under one scheme. */
  readonly hashScheme?: string | undefined;
  readonly constructorArgs?: readonly unknown[] | undefined;
  /** Default the chain of the manager's network. */
  readonly chainId?: number | undefined;
  /** Attach to what is there without comparing, as SKIP_UPGRADE_CHECK=true did. */
  readonly skipUpgradeCheck?: boolean | undefined;
};

export type DeploymentAction = 'deploy' | 'upgrade' | 'unchanged' | 'skipped' | 'blocked';

/**
 * The decision, with its reasons. `blocked` wherever state could not be read or compared: a read error is never "not
 * found", which would deploy a second proxy.
 */
export type ContractDeployment = {
  readonly action: DeploymentAction;
  readonly contractName: string;
  readonly chainId: number;
  readonly network: string;
  readonly proxyAddress?: string | undefined;
  readonly implementationAddress?: string | undefined;
  readonly currentHash?: string | undefined;
  readonly newHash: string;
  readonly hashScheme?: string | undefined;
  /** The field whose hash was equal. */
  readonly matchedBy?: 'implementationHash' | 'factoryByteCodeHash' | undefined;
  readonly reasons: readonly string[];
  readonly warnings: readonly string[];
  readonly constructorArgs?: readonly unknown[] | undefined;
};
