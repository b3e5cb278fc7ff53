import { explorerPage } from '../../core/config/explorers.js';
import type { WeighedChange } from '../../core/diff/weigh.js';
import type { Json } from '../../core/json.js';
import { type NetworkFile, ownedEntries } from '../../core/model/network-file.js';
import { isAddressText } from '../../core/values/address-text.js';
import { type ChangedLeaf, changedLeaves } from './changed-leaves.js';
import { placeText } from './changes.js';
import { dangerTitle, type Reasons } from './danger-words.js';
import { decisiveFields, keptValue } from './decisive-fields.js';
import { markdownCode, markdownLink, markdownText } from './escape-markdown.js';
import { shortened } from './shortened.js';
import { shortHash, valueText } from './value.js';

type Files = ReadonlyMap<string, NetworkFile>;

/** One row of the table of dangers: what, where, which field and why; before and after in full. */
export function dangerRow(change: WeighedChange, reasons: Reasons, after: Files): string {
  const { danger, network, contract } = change;
  const leaves = decisiveFields(change).flatMap(changedLeaves);
  const fields = [...new Set(leaves.slice(0, shownLeaves).map(({ label }) => markdownText(label)))];
  const name = contract === null ? [] : [markdownText(contract.name)];
  const what = [
    `**${danger === null ? change.kind : dangerTitle(danger, change)}**`,
    markdownText(network.network),
    ...name,
  ];
  const hash = danger === 'same-code-hash' ? shortHash(keptValue(change, 'implementationHash', after)) : null;
  const why = [
    ...reasons(change, markdownText).map(sentence),
    ...(hash === null ? [] : [`\`${hash}\` before and after.`]),
  ];
  const values = leaves.slice(0, shownLeaves).map((leaf) => leafCell(leaf, network.chainId, leaves.length > 1));
  const rest = leaves.length - shownLeaves;
  const cell = [...values, ...(rest > 0 ? [`and ${rest.toLocaleString('en-US')} more values`] : [])].join('<br>');
  return `| ✖ | ${[[...what, fields.join(', ')].join(' · '), ...why].join('<br>')} | ${cell} |`;
}

/** What a harmless change says, below the heading of its group. */
export function changeDetail(change: WeighedChange, recorded: Recorded): string {
  const { network, contract, kind } = change;
  const name = contract === null ? '' : ` · ${markdownText(contract.name)}`;
  const head = `**${markdownText(network.network)}${name}** (${markdownText(placeText(network.chainId, contract?.category))})`;
  if (kind === 'renamed') return `${head}, was ${markdownText(network.renamedFrom ?? '')}`;
  if (kind === 'network') return `${head}, ${network.status}`;
  if (kind === 'deploy') return `${head}: ${deployedText(change, recorded)}`;
  const leaves = change.fields.flatMap(changedLeaves);
  if (leaves.length === 0) return `${head}: only the checksum changed`;
  const rows = leaves
    .slice(0, shownLeaves)
    .map((leaf) => `| ${markdownText(leaf.label)} | ${leafCell(leaf, network.chainId, false)} |`);
  const rest = leaves.length - shownLeaves;
  return [
    head,
    '',
    '| Field | Before → after |',
    '|---|---|',
    ...rows,
    ...(rest > 0 ? [`| | and ${rest.toLocaleString('en-US')} more values |`] : []),
  ].join('\n');
}

/** The networks a contract is recorded on, by its name; looked up once, and only when something asks. */
export type Recorded = () => ReadonlyMap<string, readonly string[]>;

export function recordedOn(after: Files): Recorded {
  let known: Map<string, string[]> | null = null;
  return () => (known ??= networksByName(after));
}

function networksByName(after: Files): Map<string, string[]> {
  const networks = new Map<string, string[]>();
  for (const file of after.values()) {
    for (const { name } of ownedEntries(file)) {
      const found = networks.get(name);
      if (found === undefined) networks.set(name, [file.network]);
      else found.push(file.network);
    }
  }
  return networks;
}

/** Of one change; a record with a thousand arguments must not push everything else out. */
const shownLeaves = 20;
const valueLimit = 300;

function deployedText({ network, contract, fields }: WeighedChange, recorded: Recorded): string {
  const addresses = fields.flatMap(({ path, after: value }) =>
    path === 'proxy' || path === 'implementation' ? [`${path} ${valueCell(value, network.chainId)}`] : [],
  );
  const others = (recorded().get(contract?.name ?? '') ?? []).filter((other) => other !== network.network);
  const names = others.slice(0, 5).map(markdownText);
  const rest = others.length > names.length ? ` and ${others.length - names.length} more` : '';
  return `${addresses.join(', ')}${names.length === 0 ? '' : `; also on ${names.join(', ')}${rest}`}`;
}

function leafCell({ label, before, after }: ChangedLeaf, chainId: number, named: boolean): string {
  const name = named ? `${markdownText(label)} ` : '';
  if (before === undefined) return `${name}${valueCell(after, chainId)}`;
  return `${name}${valueCell(before, chainId)}<br>→ ${after === undefined ? 'nothing' : valueCell(after, chainId)}`;
}

function valueCell(value: Json | undefined, chainId: number): string {
  const text = valueText(value);
  const code = text === '' ? '""' : markdownCode(shortened(text, valueLimit));
  return isAddressText(text) ? markdownLink(code, explorerPage(chainId, text)) : code;
}

function sentence(reason: string): string {
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}${reason.endsWith('?') ? '' : '.'}`;
}
