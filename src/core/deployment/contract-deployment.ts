import type { StateManagerError } from '../../errors.js';

/** What a deploy script knows of the contract it is about to put on a chain. */
export type DeploymentArgs = {
  readonly contractName: string;
  /** `0x` and 64 digits: of the code that would be deployed. */
  readonly implementationHash: string;
  /**
   * How the hash was made: `creation`, `creation-nometa`, `runtime-nometa`, … Hashes compare only under one scheme. Without
   * it, what the manifests of OpenZeppelin say, else that of the record is taken for it, with a warning.
   */
  readonly hashScheme?: string | undefined;
  /** Given back as they are; nothing is decided by them. */
  readonly constructorArgs?: readonly unknown[] | undefined;
  /** Default the chain of the manager's network. */
  readonly chainId?: number | undefined;
  /** Attach to the proxy that is there although the code differs, as SKIP_UPGRADE_CHECK=true did. */
  readonly skipUpgradeCheck?: boolean | undefined;
};

type DeploymentAction = 'deploy' | 'upgrade' | 'unchanged' | 'skipped' | 'blocked';

/**
 * The decision, with its reasons. `deploy` only where state was read whole and knows no such contract: what could not be
 * read, understood or compared is `blocked`, because a second proxy is what nobody can take back.
 */
export type ContractDeployment = {
  readonly action: DeploymentAction;
  readonly contractName: string;
  /** Null only where even that could not be read (`blocked`). */
  readonly chainId: number | null;
  readonly network: string | null;
  readonly proxyAddress?: string | undefined;
  readonly implementationAddress?: string | undefined;
  /** What the new hash was compared with. */
  readonly currentHash?: string | undefined;
  /** In lower case. */
  readonly newHash: string;
  /** Under which the two were compared; absent where nothing says it. */
  readonly hashScheme?: string | undefined;
  /** Where the equal hash stood; `manifest` is OpenZeppelin's, of the implementation's address. */
  readonly matchedBy?: 'implementationHash' | 'factoryByteCodeHash' | 'manifest' | undefined;
  readonly reasons: readonly string[];
  readonly warnings: readonly string[];
  readonly constructorArgs?: readonly unknown[] | undefined;
  /** Of a `blocked` decision: what is wrong, its stable code, and in `hint` what to do. A script may throw it. */
  readonly error?: StateManagerError | undefined;
};
