import { knownChains } from '../config/chains.js';
import { compareText } from '../equal.js';
import {
  type ChangeKind,
  type ContractChange,
  type Danger,
  dangers,
  type FieldChange,
  type NetworkChange,
} from './change.js';

/** One thing to review: a contract, the sections of a network that share a danger, or a network that came, went or moved. */
export type WeighedChange = {
  readonly network: NetworkChange;
  /** Null for what belongs to no record. */
  readonly contract: ContractChange | null;
  readonly kind: ChangeKind | 'sections' | 'network' | 'renamed';
  readonly danger: Danger | null;
  readonly fields: readonly FieldChange[];
};

/**
 * All changes, worst first: dangers in their order, upgrades, deployments, metadata, the rest. Within one rank mainnet
 * before testnet, then by network, then by name (UX, principle 4).
 */
export function weighChanges(networks: readonly NetworkChange[]): WeighedChange[] {
  return networks.flatMap(partsOf).sort(worstFirst);
}

/** What a chain is for, undefined when it is not known. */
export function tierOfChain(chainId: number): string | undefined {
  return tiers.get(chainId);
}

const tiers: ReadonlyMap<number, string> = new Map(knownChains.map(({ chainId, tier }) => [chainId, tier]));

function partsOf(network: NetworkChange): WeighedChange[] {
  const renamed = network.renamedFrom === undefined ? [] : [part(network, 'renamed')];
  const contracts = network.contracts.map((contract): WeighedChange => {
    const { kind, danger, fields } = contract;
    return { network, contract, kind, danger, fields };
  });
  const parts = [...renamed, ...contracts, ...sectionParts(network)];
  return parts.length > 0 ? parts : [part(network, 'network')];
}

function sectionParts(network: NetworkChange): WeighedChange[] {
  return [...dangers, null].flatMap((danger) => {
    const fields = network.sections.filter((section) => (section.danger ?? null) === danger);
    return fields.length === 0 ? [] : [{ ...part(network, 'sections'), danger, fields }];
  });
}

function part(network: NetworkChange, kind: WeighedChange['kind']): WeighedChange {
  return { network, contract: null, kind, danger: null, fields: [] };
}

function worstFirst(a: WeighedChange, b: WeighedChange): number {
  return (
    rank(a) - rank(b) ||
    tierRank(a.network.chainId) - tierRank(b.network.chainId) ||
    compareText(a.network.network, b.network.network) ||
    compareText(a.contract?.name ?? '', b.contract?.name ?? '')
  );
}

const harmless: readonly WeighedChange['kind'][] = [
  'redeploy',
  'upgrade',
  'remove',
  'deploy',
  'renamed',
  'metadata',
  'sections',
  'network',
];

function rank({ danger, kind }: WeighedChange): number {
  return danger === null ? dangers.length + harmless.indexOf(kind) : dangers.indexOf(danger);
}

function tierRank(chainId: number): number {
  return tierOfChain(chainId) === 'mainnet' ? 0 : 1;
}
