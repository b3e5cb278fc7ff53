import type { ChangeKind, ContractChange } from '../../core/diff/change.js';
import type { ContractType } from '../../core/model/contract-type.js';

export type ContractEventType = 'deployed' | 'upgraded' | 'configured' | 'removed';

/** What a commit did to one contract. */
export type ContractEvent = {
  /** `<commit>:<network>/<name>`. */
  readonly id: string;
  /** Author time of the commit. */
  readonly timestamp: Date;
  readonly type: ContractEventType;
  /** The proxy, or the contract itself; of a removed one as it was. */
  readonly contractAddress: string;
  readonly data: ContractEventData;
  /** Of the record the event leads to, of a removed one as it was (FORMAT §7). */
  readonly checksum: string;
};

type ContractEventData = {
  readonly network: string;
  readonly chainId: number;
  readonly contractName: string;
  readonly category: string;
  /** Full oid. */
  readonly commit: string;
  readonly author: string;
  readonly email: string;
  /** Field by field, and why a person should decide, as `log` shows it. */
  readonly change: ContractChange;
  /** The whole contract afterwards; null when it was removed. */
  readonly contract: ContractType | null;
};

/** An event that is to happen: `data` is the contract's fields, or `{contract}` whole, as a replayed event has it. */
export type NewContractEvent = {
  /** Where it comes from; stands in the commit message. */
  readonly id?: string | undefined;
  readonly timestamp: Date;
  readonly type: ContractEventType;
  readonly contractAddress: string;
  readonly data: unknown;
  /** When given and not empty, the record must come out with it. */
  readonly checksum?: string | undefined;
};

/** `deploy` and `redeploy` are deployed, any other change of code upgraded, all else configured. */
export function eventTypeOf(kind: ChangeKind): ContractEventType {
  const types = {
    deploy: 'deployed',
    redeploy: 'deployed',
    upgrade: 'upgraded',
    metadata: 'configured',
    remove: 'removed',
  } as const;
  return types[kind];
}
