import type { LogEntry } from '../../commands/log.js';
import { explorerPage } from '../../core/config/explorers.js';
import type { CheckedNetwork } from '../../core/consistency/state/checked-network.js';
import type { Finding } from '../../core/finding.js';
import { type Json, member } from '../../core/json.js';
import { compareFieldNames } from '../../core/model/fields.js';
import type { StateRecord } from '../../core/model/record.js';
import type { MatrixVersion } from '../../core/report/matrix.js';
import { isAddressText } from '../../core/values/address-text.js';
import { minuteText, secondText } from '../text/time.js';
import { fieldLabel, leaves, shortHash, valueText } from '../text/value.js';
import { cellAnchor, commitAnchor, networkAnchor, recordAnchor } from './anchors.js';
import { worstFirst } from './marks.js';
import type { Detail, DetailPart, DetailRow } from './detail.js';

export type RecordSubject = {
  readonly network: CheckedNetwork;
  readonly record: StateRecord;
  readonly tier: string | null;
  readonly version: MatrixVersion | null;
  /** Every version of this contract. */
  readonly versions: readonly MatrixVersion[];
  readonly findings: readonly Finding[];
  /** Newest first, as far as the timeline goes. */
  readonly history: readonly LogEntry[];
  /** The timeline leaves older commits out. */
  readonly historyIsCut: boolean;
};

/** Every field of a record in full, its findings and its history. */
export function recordDetail(subject: RecordSubject): Detail {
  const { network, record, tier, findings } = subject;
  const fields = Object.entries(record.fields).sort(([a], [b]) => compareFieldNames(a, b));
  return {
    id: recordAnchor(network.name, record.name),
    title: record.name,
    over: {
      text: [network.name, `chain ${network.chainId}`, ...(tier === null ? [] : [tier])].join(' · '),
      href: `#${networkAnchor(network.name)}`,
    },
    chips: [record.category, ...versionChip(subject), ...sealChip(record)],
    notes: worstFirst(findings).map(({ severity, rule, message }) => ({ severity, text: `${rule}: ${message}` })),
    rows: [...fields.map(([field, value]) => fieldRow(field, value, network.chainId)), ...historyRows(subject)],
    back: `#${cellAnchor(network.name, record.name)}`,
  };
}

/** A value as people read it: addresses lead to the explorer of the chain, times are said in words behind their number. */
function valueParts(value: Json, chainId: number): DetailPart[] {
  return leaves(value, '').map(({ label, value: leaf }) => {
    const text = valueText(leaf);
    const isCode = isAddressText(text) || /^(?:sha256:|0x)[0-9a-fA-F]{16,}$/.test(text);
    const href = explorerPage(chainId, text) ?? undefined;
    return { text, ...(label === '' ? {} : { lead: label }), ...(isCode ? { href, isCode } : {}) };
  });
}

function fieldRow(field: string, value: Json, chainId: number): DetailRow {
  const parts = valueParts(value, chainId);
  const isTime = (field === 'timestamp' || field === 'firstDeployedAt') && typeof value === 'number';
  return { label: fieldLabel(field), parts: isTime ? [...parts, { text: secondText(value) }] : parts };
}

function versionChip({ version, versions }: RecordSubject): string[] {
  if (version === null) return ['no code hash'];
  const total = versions.reduce((sum, { networks }) => sum + networks, 0);
  const other = version.differs ? ', differs' : '';
  return [`version ${version.letter} on ${version.networks} of ${total}${other}`];
}

function sealChip({ fields }: StateRecord): string[] {
  return [member(fields, 'checksum') === undefined ? 'not sealed' : 'sealed'];
}

function historyRows(subject: RecordSubject): DetailRow[] {
  const { network, record, history, historyIsCut } = subject;
  const older = { text: `older changes: stateroot log ${network.name} ${record.name}` };
  const parts = [...history.map((entry) => historyPart(entry, subject)), ...(historyIsCut ? [older] : [])];
  return parts.length === 0 ? [] : [{ label: 'history', parts }];
}

function historyPart(entry: LogEntry, { network, record }: RecordSubject): DetailPart {
  const change = entry.changes.find(({ name, network: on }) => name === record.name && on === network.name);
  const to = shortHash(change?.fields.find(({ path }) => path === 'implementationHash')?.after);
  const what = `${change?.kind ?? 'changed'}${to === null ? '' : ` to ${to}`}`;
  return {
    text: `${minuteText(entry.time)}  ${entry.commit.slice(0, 7)}  ${what}, by ${entry.author}`,
    href: `#${commitAnchor(entry.commit)}`,
  };
}
