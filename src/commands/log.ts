import { networkOfName } from '../core/config/resolve-network.js';
import { type ContractChange, diffSnapshots, type FieldChange, type NetworkChange } from '../core/diff/diff.js';
import type { ChangeKind } from '../core/diff/change.js';
import type { Finding } from '../core/finding.js';
import { networkFilePath, unifiedFolder } from '../core/layout.js';
import { findRecord } from '../core/model/lookup.js';
import type { NetworkFile } from '../core/model/network-file.js';
import { emptySnapshot, type Snapshot } from '../core/snapshot.js';
import type { StateRepository } from '../ports/state-repository.js';
import { isoTime } from './iso-time.js';
import { type NetworkHistoryEntry, networkHistory, type VersionChange } from './network-history.js';
import { configAt, snapshotAt } from './read-snapshot.js';
import { refusalFinding } from './refusal-finding.js';

export type LogOptions = {
  readonly network?: string | undefined;
  /** A record's name, alias or address. */
  readonly name?: string | undefined;
  readonly limit?: number | undefined;
  /** Where to look back from; default HEAD. */
  readonly at?: string | undefined;
};

/** A commit that changed records, or sections when no record was asked for. Recomputed from the trees. */
export type LogEntry = {
  readonly commit: string;
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly author: string;
  readonly email: string;
  readonly kinds: readonly ChangeKind[];
  readonly changes: readonly ({ readonly network: string; readonly chainId: number } & ContractChange)[];
  readonly sections: readonly ({ readonly network: string } & FieldChange)[];
};

/**
 * Newest first. Of a merge only what differs from every parent. Versions that cannot be read are warnings here, the
 * history cannot be corrected. Throws UNKNOWN_REVISION, NETWORK_NAME_INVALID, NAME_AMBIGUOUS.
 */
export async function logRecords(
  repository: StateRepository,
  options: LogOptions,
): Promise<{ readonly entries: readonly LogEntry[]; readonly findings: readonly Finding[] }> {
  const from = options.at === undefined ? (await repository.head()).commit : await repository.resolve(options.at);
  if (from === null) return { entries: [], findings: [] };
  const subject = await subjectOf(repository, from, options);
  const limit = options.limit ?? Number.POSITIVE_INFINITY;
  const entries: LogEntry[] = [];
  const findings: Finding[] = [];
  for await (const step of networkHistory(repository, { from, paths: [subject.path] })) {
    if (entries.length >= limit) break;
    findings.push(...step.refused.map(({ path, refusal }) => inCommit(refusalFinding(path, refusal), step.entry.oid)));
    const entry = logEntry(step, subject.name);
    if (entry.changes.length + entry.sections.length > 0) entries.push(entry);
  }
  return { entries, findings };
}

/** What is asked for, by its own name where it is still there: the history of what is gone can be asked for too. */
async function subjectOf(
  repository: StateRepository,
  from: string,
  { network, name }: LogOptions,
): Promise<{ path: string; name: string | null }> {
  if (network === undefined) return { path: unifiedFolder(repository.root), name: null };
  const place = { commit: from };
  const snapshot = await snapshotAt(repository, place);
  const config = await configAt(repository, place);
  const own = networkOfName(network, { files: [...snapshot.networks.values()], config }).network;
  const file = snapshot.networks.get(own);
  const record = file === undefined || name === undefined ? null : findRecord(file, name);
  return { path: networkFilePath(repository.root, own), name: record?.name ?? name ?? null };
}

/** What a step of the history changed; `name` keeps one record of it. */
export function logEntry({ entry, versions }: NetworkHistoryEntry, name: string | null): LogEntry {
  const networks = versions.flatMap(changesToAll);
  const changes = networks.flatMap(({ network, chainId, contracts }) =>
    contracts
      .filter((change) => name === null || change.name === name)
      .map((change) => ({ network, chainId, ...change })),
  );
  const sections = networks.flatMap(({ network, sections }) => sections.map((change) => ({ network, ...change })));
  return {
    commit: entry.oid,
    time: isoTime(entry.time),
    author: entry.author,
    email: entry.email,
    kinds: [...new Set(changes.map(({ kind }) => kind))],
    changes,
    sections: name === null ? sections : [],
  };
}

/** Against the first parent, as far as it differs from every other one too. */
function changesToAll({ network, befores, after }: VersionChange): NetworkChange[] {
  const [first, ...others] = befores.map((before) =>
    diffSnapshots(snapshotOf(network, before), snapshotOf(network, after)).at(0),
  );
  if (first === undefined) return [];
  const inAll = (pick: (change: NetworkChange) => readonly string[], key: string) =>
    others.every((other) => other !== undefined && pick(other).includes(key));
  return [
    {
      ...first,
      contracts: first.contracts.filter(({ name }) => inAll((change) => change.contracts.map((one) => one.name), name)),
      sections: first.sections.filter(({ path }) => inAll((change) => change.sections.map((one) => one.path), path)),
    },
  ];
}

function snapshotOf(network: string, file: NetworkFile | null): Snapshot {
  return file === null ? emptySnapshot : { networks: new Map([[network, file]]), refused: [] };
}

function inCommit(finding: Finding, commit: string): Finding {
  return { ...finding, severity: 'warning', message: `in ${commit.slice(0, 7)}: ${finding.message}` };
}
