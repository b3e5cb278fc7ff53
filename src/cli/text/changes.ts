import { knownChains } from '../../core/config/chains.js';
import type { ContractChange, FieldChange, NetworkChange } from '../../core/diff/change.js';
import { compareText } from '../../core/equal.js';
import { member } from '../../core/json.js';
import { type NetworkFile, recordNamed } from '../../core/model/network-file.js';
import { elsewhereLines } from './across-networks.js';
import { terminalSafe } from './escape.js';
import { fieldChangeLines, fieldLine } from './field-lines.js';
import { paint } from './paint.js';
import type { Style } from './style.js';
import { counted, padded } from './table.js';
import { fieldLabel, shortHash, valueText } from './value.js';

/**
 * Changes as people decide on them (UX, principles 3 and 4): dangers first, each with its word, addresses in full, before
 * and after stacked. A single change shows everything it says; among several a deployment shows where it is. `after` is
 * what else is known of the networks when the changes stand: the identity that an upgrade keeps, the same code elsewhere.
 */
export function renderChanges(
  networks: readonly NetworkChange[],
  style: Style,
  after: ReadonlyMap<string, NetworkFile> = new Map(),
): string {
  const items = networks.flatMap(itemsOf).sort(worstFirst);
  const width = Math.max(0, ...items.map((item) => item.label.length));
  const dangers = items.filter((item) => item.rank < firstHarmless);
  const others = items.filter((item) => item.rank >= firstHarmless);
  const blocks = [dangers, others]
    .filter((group) => group.length > 0)
    .map((group) => group.flatMap((item) => itemLines(item, { items, width, after, style })).join('\n'));
  return blocks.join('\n\n');
}

/** `6 changes on 4 networks`; sections of a network count as one change. */
export function countChanges(networks: readonly NetworkChange[]): { changes: number; dangers: number; text: string } {
  const items = networks.flatMap(itemsOf);
  const text = `${counted(items.length, 'change')} on ${counted(networks.length, 'network')}`;
  return { changes: items.length, dangers: items.filter((item) => item.rank < firstHarmless).length, text };
}

/** `core, chain 84532, testnet`, as far as it is known. */
export function placeText(chainId: number, category?: string): string {
  const tier = tierOfChain(chainId);
  const parts = [...(category === undefined ? [] : [terminalSafe(category)]), `chain ${chainId}`];
  return [...parts, ...(tier === undefined ? [] : [tier])].join(', ');
}

/** A heading with its context behind it, in one column. */
export function headLine(head: string, context: string): string {
  return `${padded(head, 55)}  ${context}`;
}

type Item = {
  readonly network: NetworkChange;
  readonly contract: ContractChange | null;
  readonly label: string;
  readonly rank: number;
  readonly fields: readonly FieldChange[];
};

const firstHarmless = 3;

function itemsOf(network: NetworkChange): Item[] {
  const contracts = network.contracts.map((contract) => ({
    network,
    contract,
    ...labelled(contract),
    fields: contract.fields,
  }));
  if (network.sections.length > 0) {
    return [...contracts, { network, contract: null, label: 'sections', rank: 6, fields: network.sections }];
  }
  if (contracts.length > 0) return contracts;
  const label = network.status === 'removed' ? 'network removed' : 'network';
  return [{ network, contract: null, label, rank: 6, fields: [] }];
}

function labelled({ danger, kind, fields }: ContractChange): { label: string; rank: number } {
  if (danger === 'proxy-changed') {
    const isProxy = fields.some(({ path }) => path === 'proxy');
    return { label: isProxy ? 'PROXY CHANGED' : 'ADDRESS CHANGED', rank: 0 };
  }
  if (danger === 'removed' || kind === 'remove') return { label: 'REMOVED', rank: 1 };
  if (danger !== null) return { label: danger.toUpperCase().replaceAll('-', ' '), rank: 2 };
  return { label: kind, rank: kind === 'metadata' ? 5 : kind === 'deploy' ? 4 : 3 };
}

function worstFirst(a: Item, b: Item): number {
  return (
    a.rank - b.rank ||
    tierRank(a.network.chainId) - tierRank(b.network.chainId) ||
    compareText(a.network.network, b.network.network) ||
    compareText(a.contract?.name ?? '', b.contract?.name ?? '')
  );
}

function tierRank(chainId: number): number {
  return tierOfChain(chainId) === 'mainnet' ? 0 : 1;
}

function tierOfChain(chainId: number): string | undefined {
  return knownChains.find((chain) => chain.chainId === chainId)?.tier;
}

type Around = {
  readonly items: readonly Item[];
  readonly width: number;
  readonly after: ReadonlyMap<string, NetworkFile>;
  readonly style: Style;
};

function itemLines(item: Item, { items, width, after, style }: Around): string[] {
  const { network, contract } = item;
  const isOnly = items.length === 1;
  const name = contract === null ? '' : ` / ${terminalSafe(contract.name)}`;
  const head = `${marked(item, width, style)}  ${terminalSafe(network.network)}${name}`;
  const lines = shownFields(item, isOnly).flatMap((field) => fieldChangeLines(field, style, { recognise: !isOnly }));
  const empty = contract?.status === 'modified' && contract.fields.length === 0;
  const why = whyLine(item, items);
  return [
    headLine(head, placeText(network.chainId, contract?.category)),
    ...(isOnly ? keptLines(item, 'proxy', after) : []),
    ...lines,
    ...(item.label === sameCodeHash ? keptLines(item, 'implementationHash', after) : []),
    ...(empty ? [fieldLine('checksum', 'only the checksum changed')] : []),
    ...(isOnly && contract !== null ? elsewhereLines(network.network, contract, after, style) : []),
    ...(why === null ? [] : [fieldLine('why', why)]),
  ];
}

/** What a change of code keeps, where it is known: whoever decides sees which contract it is. */
function keptLines({ network, contract }: Item, field: string, after: ReadonlyMap<string, NetworkFile>): string[] {
  const file = after.get(network.network);
  if (file === undefined || contract?.kind !== 'upgrade' || contract.fields.some(({ path }) => path === field))
    return [];
  const value = member(recordNamed(file, contract.name)?.fields ?? {}, field);
  if (value === undefined) return [];
  const hash = shortHash(value);
  return [fieldLine(fieldLabel(field), hash === null ? `${valueText(value)}  unchanged` : `${hash}, unchanged`)];
}

function marked(item: Item, width: number, style: Style): string {
  const pen = paint(style);
  const label = padded(item.label, width);
  if (item.rank < firstHarmless) return pen.red(`${pen.mark.error} ${label}`);
  if (item.contract === null && item.network.status === 'removed') return pen.red(`${pen.mark.remove} ${label}`);
  if (item.label === 'upgrade' || item.label === 'redeploy') return pen.blue(`${pen.mark.upgrade} ${label}`);
  const isNew = item.label === 'deploy' || (item.contract === null && item.network.status === 'added');
  return isNew ? pen.green(`${pen.mark.deploy} ${label}`) : pen.dim(`${pen.mark.metadata} ${label}`);
}

/** Of what comes or goes whole, among several, its addresses and code are enough. */
function shownFields({ contract, fields }: Item, isOnly: boolean): readonly FieldChange[] {
  if (contract === null || contract.status === 'modified') return fields;
  const shown = [
    'proxy',
    'implementation',
    ...(isOnly && contract.status === 'added' ? fields.map(({ path }) => path) : []),
  ];
  return fields
    .filter(({ path }) => shown.includes(path))
    .map(({ path, before, after }) => ({ path, after: after ?? before ?? null }));
}

function whyLine(item: Item, items: readonly Item[]): string | null {
  const { label, rank } = item;
  if (rank === 0 && label === 'PROXY CHANGED')
    return 'an upgrade keeps the proxy; a new one is a second deployment or a typo';
  if (rank === 0) return 'a contract without proxy at a new address is another contract';
  if (label !== sameCodeHash) return null;
  const twin = newHashOfTwin(item, items);
  if (twin === null) return 'the implementation is new and its code hash is the old one; forgotten here?';
  return `the upgrade on ${terminalSafe(twin.network)} has the new code hash ${twin.hash}; forgotten here?`;
}

const sameCodeHash = 'SAME CODE HASH';

/** The same contract, upgraded on another network in the same change with its new code hash. */
function newHashOfTwin({ network, contract }: Item, items: readonly Item[]): { network: string; hash: string } | null {
  for (const other of items) {
    if (other.contract?.name !== contract?.name || other.network === network || other.contract?.kind !== 'upgrade')
      continue;
    const hash = shortHash(other.fields.find(({ path }) => path === 'implementationHash')?.after);
    if (hash !== null) return { network: other.network.network, hash };
  }
  return null;
}
