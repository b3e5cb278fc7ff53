import type { Config } from '../config/config.js';
import type { Finding } from '../finding.js';
import { inspectFile } from '../inspect/inspect.js';
import { type NetworkFile, networkFileText } from '../model/network-file.js';
import { extendedPrefix } from '../model/placed-record.js';
import { segments } from '../text/pointer.js';
import { type LegacyRecord, type LegacyReject, reject } from './legacy-record.js';
import { mergeNetwork, type NetworkMerge } from './merge-network.js';
import { type NextRecord, nextRecord } from './next-record.js';

/**
 * `mergeNetwork`, then the gate: an entry whose record inspection finds wrong goes to quarantine with what was found,
 * until the file is clean. What it finds elsewhere is left for the write to refuse: `findings` of `text`, null where nothing is new.
 */
export function settleNetwork(
  path: string,
  file: NetworkFile,
  records: readonly LegacyRecord[],
  config: Config,
  next: NextRecord = nextRecord,
): NetworkMerge & { readonly text: string; readonly findings: readonly Finding[] | null } {
  const refused = new Map<LegacyRecord, string>();
  for (;;) {
    const merge = mergeNetwork(
      file,
      records.filter((record) => !refused.has(record)),
      config,
      next,
    );
    const text = networkFileText(merge.file);
    const findings = merge.imported.size === 0 ? null : inspectFile({ path, mode: '100644', bytes: Buffer.from(text) });
    const wrong = wrongEntries(findings ?? [], merge.imported);
    for (const [record, reason] of wrong) refused.set(record, reason);
    if (wrong.size > 0) continue;
    return { ...merge, text, findings, rejects: [...merge.rejects, ...rejectsOf(refused)] };
  }
}

function wrongEntries(
  findings: readonly Finding[],
  imported: ReadonlyMap<string, LegacyRecord>,
): Map<LegacyRecord, string> {
  const wrong = new Map<LegacyRecord, string>();
  for (const { severity, contract, path, rule, message } of findings) {
    const name = contract ?? recordAt(path);
    const record = severity === 'error' && name !== undefined ? imported.get(name) : undefined;
    if (record !== undefined && !wrong.has(record)) wrong.set(record, `${rule}: ${message}`);
  }
  return wrong;
}

/** The record a pointer lies in, for findings that are about a place and not about a record. */
export function recordAt(path: string): string | undefined {
  const [first = '', , third] = segments(path);
  if (first === 'contracts') return third;
  return first.startsWith(extendedPrefix) ? first.slice(extendedPrefix.length) : undefined;
}

function rejectsOf(refused: ReadonlyMap<LegacyRecord, string>): LegacyReject[] {
  return [...refused].map(([record, reason]) => reject(record, reason));
}
