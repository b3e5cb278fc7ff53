import type { CheckedNetwork } from '../../core/consistency/state/checked-network.js';
import type { Finding } from '../../core/finding.js';
import type { Json } from '../../core/json.js';
import { remainderOf } from '../../core/model/remainder.js';
import { counted } from '../text/table.js';
import { shortened } from '../text/shortened.js';
import { networkAnchor, recordAnchor } from './anchors.js';
import { worstFirst } from './marks.js';
import type { Detail } from './detail.js';

export type NetworkSubject = {
  readonly network: CheckedNetwork;
  readonly tier: string | null;
  /** Those that are about no single record of it. */
  readonly findings: readonly Finding[];
};

/** So much of a section is shown; the file has the rest. */
const sectionLimit = 20_000;

const shownAbove: ReadonlySet<string> = new Set(['network', 'chainId', 'networkTier', 'environment']);

/** A network: what it is, its records, and every section of its file. */
export function networkDetail({ network, tier, findings }: NetworkSubject): Detail {
  const { name, file, chainId, environment, records, source } = network;
  const sections = Object.entries(remainderOf(source)).filter(
    ([key, value]) => !shownAbove.has(key) && !isEmpty(value),
  );
  return {
    id: networkAnchor(name),
    title: name,
    over: { text: file },
    chips: [
      `chain ${chainId}`,
      ...[tier, environment].filter((text) => text !== null && text !== ''),
      counted(records.length, 'record'),
    ] as string[],
    notes: worstFirst(findings).map(({ severity, rule, message }) => ({ severity, text: `${rule}: ${message}` })),
    rows: [
      {
        label: 'records',
        parts: records.map((record) => ({ text: record.name, href: `#${recordAnchor(name, record.name)}` })),
      },
      ...sections.map(([key, value]) => ({ label: key, parts: [{ text: sectionText(value), isBlock: true }] })),
    ],
    back: '#matrix',
  };
}

function sectionText(value: Json): string {
  const text = JSON.stringify(value, null, 2);
  const shown = shortened(text, sectionLimit);
  return shown === text ? text : `${shown}\n(${counted(text.length - sectionLimit, 'more character')} in the file)`;
}

function isEmpty(value: Json): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
