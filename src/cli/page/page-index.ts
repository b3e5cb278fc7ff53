import type { LogEntry } from '../../commands/log.js';
import type { Report } from '../../commands/report.js';
import type { CheckedNetwork } from '../../core/consistency/state/checked-network.js';
import type { Finding } from '../../core/finding.js';
import { grouped } from '../../core/grouped.js';
import { recordsOf } from '../../core/model/network-file.js';
import { html, type Markup } from '../text/escape-html.js';
import { dayText } from '../text/time.js';
import { networkAnchor, recordAnchor } from './anchors.js';
import type { FindingCounts } from './cell.js';
import type { Detail } from './detail.js';
import { networkDetail } from './network-detail.js';
import { recordDetail } from './record-detail.js';

/** A report as the parts of the page ask it: by record and by network. */
export type PageIndex = {
  readonly report: Report;
  /** There are too many cells for one table: matrix and details are drawn by the script, from data. */
  readonly isWindowed: boolean;
  countsOf(network: string, contract: string): FindingCounts;
  /** The day of the last change that the timeline knows; '' for none. */
  changedOn(network: string, contract: string): string;
  /** The network itself first, then its records. */
  detailsOf(network: CheckedNetwork): Detail[];
  /** Leads to the record; where there is none to its network, else nowhere. */
  linkTo(network: string, contract: string | undefined, text: string): Markup;
};

/** More cells than this make a table that a browser is slow with. */
const cellLimit = 2000;

export function pageIndex(report: Report): PageIndex {
  const { state, matrix, findings, timeline } = report;
  const byRecord = grouped(findings, ({ network, contract = '' }) => keyOf(network, contract));
  const byNetwork = grouped(findings, ({ network }) => network);
  const history = historyByRecord(timeline);
  const names = new Map(state.networks.map(({ name, records }) => [name, new Set(records.map((each) => each.name))]));
  const versions = new Map(matrix.rows.map((row) => [row.name, row]));
  const columns = new Map(matrix.networks.map(({ name }, column) => [name, column]));
  const isWindowed = matrix.rows.length * matrix.networks.length > cellLimit;
  return {
    report,
    isWindowed,
    countsOf: (network, contract) => countsOf(byRecord.get(keyOf(network, contract)) ?? []),
    changedOn: (network, contract) => {
      const [last] = history.get(keyOf(network, contract)) ?? [];
      return last === undefined ? '' : dayText(last.time);
    },
    detailsOf(network) {
      const tier = state.tierOf(network);
      const own = names.get(network.name);
      const loose = (byNetwork.get(network.name) ?? []).filter(({ contract = '' }) => own?.has(contract) !== true);
      const records = recordsOf(network.source).map((record) => {
        const row = versions.get(record.name);
        const cell = row?.cells[columns.get(network.name) ?? -1];
        return recordDetail({
          network,
          record,
          tier,
          version: cell?.status === 'recorded' ? cell.version : null,
          versions: row?.versions ?? [],
          findings: byRecord.get(keyOf(network.name, record.name)) ?? [],
          history: history.get(keyOf(network.name, record.name)) ?? [],
          historyIsCut: report.timelineIsCut,
        });
      });
      return [networkDetail({ network, tier, findings: loose }), ...records];
    },
    linkTo(network, contract, text) {
      const own = names.get(network);
      if (own === undefined) return html`${text}`;
      const isRecord = contract !== undefined && own.has(contract);
      const id = isRecord ? recordAnchor(network, contract) : networkAnchor(network);
      return isWindowed ? html`<a href="#details" data-open="${id}">${text}</a>` : html`<a href="#${id}">${text}</a>`;
    },
  };
}

function historyByRecord(timeline: readonly LogEntry[]): Map<string, LogEntry[]> {
  const history = new Map<string, LogEntry[]>();
  for (const entry of timeline) {
    for (const { network, name } of entry.changes) {
      const known = history.get(keyOf(network, name));
      if (known === undefined) history.set(keyOf(network, name), [entry]);
      else known.push(entry);
    }
  }
  return history;
}

function countsOf(findings: readonly Finding[]): FindingCounts {
  const count = (wanted: Finding['severity']): number => findings.filter(({ severity }) => severity === wanted).length;
  return { error: count('error'), warning: count('warning'), info: count('info') };
}

function keyOf(network: string, contract: string): string {
  return JSON.stringify([network, contract]);
}
