import type { FieldChange, NetworkChange } from '../../core/diff/change.js';
import { tierOfChain, type WeighedChange, weighChanges } from '../../core/diff/weigh.js';
import type { NetworkFile } from '../../core/model/network-file.js';
import { elsewhereLines } from './across-networks.js';
import { dangerTitle, type Reasons, reasonsAmong } from './danger-words.js';
import { terminalSafe } from './escape.js';
import { decisiveFields, keptValue } from './decisive-fields.js';
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
  const items = weighChanges(networks);
  const width = Math.max(0, ...items.map((item) => labelOf(item).length));
  const around = { isOnly: items.length === 1, reasons: reasonsAmong(items), width, after, style };
  const dangerous = items.filter(({ danger }) => danger !== null);
  const others = items.filter(({ danger }) => danger === null);
  const blocks = [dangerous, others]
    .filter((group) => group.length > 0)
    .map((group) => group.flatMap((item) => itemLines(item, around)).join('\n'));
  return blocks.join('\n\n');
}

/** `6 changes on 4 networks`; sections of a network count as one change. */
export function countChanges(networks: readonly NetworkChange[]): { changes: number; dangers: number; text: string } {
  const items = weighChanges(networks);
  const text = `${counted(items.length, 'change')} on ${counted(networks.length, 'network')}`;
  return { changes: items.length, dangers: items.filter(({ danger }) => danger !== null).length, text };
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

function labelOf(item: WeighedChange): string {
  if (item.danger !== null) return dangerTitle(item.danger, item).toUpperCase();
  if (item.kind === 'network') return item.network.status === 'removed' ? 'network removed' : 'network';
  return item.kind;
}

type Around = {
  readonly isOnly: boolean;
  readonly reasons: Reasons;
  readonly width: number;
  readonly after: ReadonlyMap<string, NetworkFile>;
  readonly style: Style;
};

function itemLines(item: WeighedChange, { isOnly, reasons, width, after, style }: Around): string[] {
  const { network, contract } = item;
  const name = contract === null ? renamedText(item) : ` / ${terminalSafe(contract.name)}`;
  const head = `${marked(item, width, style)}  ${terminalSafe(network.network)}${name}`;
  const lines = shownFields(item, isOnly).flatMap((field) => fieldChangeLines(field, style, { recognise: !isOnly }));
  const empty = contract?.status === 'modified' && contract.fields.length === 0;
  const why = reasons(item, terminalSafe);
  return [
    headLine(head, placeText(network.chainId, contract?.category)),
    ...(isOnly ? keptLines(item, 'proxy', after) : []),
    ...lines,
    ...(item.danger === 'same-code-hash' ? keptLines(item, 'implementationHash', after) : []),
    ...(empty ? [fieldLine('checksum', 'only the checksum changed')] : []),
    ...(isOnly && contract !== null ? elsewhereLines(network.network, contract, after, style) : []),
    ...why.map((reason, i) => fieldLine(i === 0 ? 'why' : '', reason)),
  ];
}

function keptLines(item: WeighedChange, field: string, after: ReadonlyMap<string, NetworkFile>): string[] {
  const value = keptValue(item, field, after);
  if (value === undefined) return [];
  const hash = shortHash(value);
  return [fieldLine(fieldLabel(field), hash === null ? `${valueText(value)}  unchanged` : `${hash}, unchanged`)];
}

function renamedText({ kind, network }: WeighedChange): string {
  return kind === 'renamed' ? `, was ${terminalSafe(network.renamedFrom ?? '')}` : '';
}

function marked(item: WeighedChange, width: number, style: Style): string {
  const pen = paint(style);
  const { kind, danger, network } = item;
  const label = padded(labelOf(item), width);
  if (danger !== null) return pen.red(`${pen.mark.error} ${label}`);
  if (kind === 'network' && network.status === 'removed') return pen.red(`${pen.mark.remove} ${label}`);
  if (kind === 'upgrade' || kind === 'redeploy') return pen.blue(`${pen.mark.upgrade} ${label}`);
  const isNew = kind === 'deploy' || (kind === 'network' && network.status === 'added');
  return isNew ? pen.green(`${pen.mark.deploy} ${label}`) : pen.dim(`${pen.mark.metadata} ${label}`);
}

function shownFields(item: WeighedChange, isOnly: boolean): readonly FieldChange[] {
  const { contract, fields } = item;
  if (isOnly && contract?.status === 'added') return fields;
  const isWhole = contract === null || contract.status === 'modified';
  // Under its heading a removed contract shows what it had.
  return isWhole
    ? fields
    : decisiveFields(item).map(({ path, before, after }) => ({ path, after: after ?? before ?? null }));
}
