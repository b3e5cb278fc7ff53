import { equalJson } from '../core/equal.js';
import { type Json, member } from '../core/json.js';
import { networkFilePath } from '../core/layout.js';
import { compareFieldNames } from '../core/model/fields.js';
import { type NetworkFile, recordsOf } from '../core/model/network-file.js';
import type { StateRecord } from '../core/model/record.js';
import type { HistoryEntry, StateRepository } from '../ports/state-repository.js';
import { getRecord } from './get.js';
import { isoTime } from './iso-time.js';
import { networkHistory } from './network-history.js';

export type BlameOptions = { readonly network: string; readonly name: string; readonly at?: string | undefined };

/** Who last set a field. All four are null for a value that is not committed. */
export type BlamedField = {
  readonly field: string;
  readonly value: Json;
  readonly commit: string | null;
  /** ISO 8601, UTC. */
  readonly time: string | null;
  readonly author: string | null;
  readonly email: string | null;
};

/**
 * Every field but the checksum, in the order of FORMAT §4: the commit after which it had the value that it has, found by
 * comparing trees. A merge sets only what it took from no parent. Throws what `getRecord` throws.
 */
export async function blameRecord(repository: StateRepository, options: BlameOptions): Promise<readonly BlamedField[]> {
  const { record, file } = await getRecord(repository, options);
  const from = options.at === undefined ? (await repository.head()).commit : await repository.resolve(options.at);
  const fields = Object.keys(record.fields)
    .filter((field) => field !== 'checksum')
    .sort(compareFieldNames);
  const setBy = new Map<string, HistoryEntry>();
  const path = networkFilePath(repository.root, file.network);
  if (from !== null) await trace(repository, { from, path, record, fields, setBy });
  return fields.map((field) => blamed(field, member(record.fields, field) ?? null, setBy.get(field)));
}

type Trace = {
  readonly from: string;
  readonly path: string;
  readonly record: StateRecord;
  readonly fields: readonly string[];
  readonly setBy: Map<string, HistoryEntry>;
};

/** Along the line of commits from one, until a merge splits the question among its parents. */
async function trace(repository: StateRepository, { from, path, record, fields, setBy }: Trace): Promise<void> {
  let open: readonly string[] | null = null;
  const has = (file: NetworkFile | null, field: string) => hasValue(file, record, field);
  for await (const { entry, versions } of networkHistory(repository, { from, paths: [path] })) {
    const [version] = versions;
    if (version === undefined) continue;
    open ??= fields.filter((field) => has(version.after, field));
    const source = new Map(open.map((field) => [field, version.befores.findIndex((file) => has(file, field))]));
    for (const [field, parent] of source) if (parent < 0) setBy.set(field, entry);
    open = open.filter((field) => !setBy.has(field));
    if (open.length === 0) return;
    if (entry.parents.length < 2) continue;
    for (const [i, parent] of entry.parents.entries()) {
      const inherited = open.filter((field) => source.get(field) === i);
      if (inherited.length > 0) await trace(repository, { from: parent, path, record, fields: inherited, setBy });
    }
    return;
  }
}

function hasValue(file: NetworkFile | null, record: StateRecord, field: string): boolean {
  if (file === null) return false;
  const other = recordsOf(file).find(({ name }) => name === record.name);
  return other !== undefined && equalJson(member(other.fields, field), member(record.fields, field));
}

function blamed(field: string, value: Json, entry: HistoryEntry | undefined): BlamedField {
  return {
    field,
    value,
    commit: entry?.oid ?? null,
    time: entry === undefined ? null : isoTime(entry.time),
    author: entry?.author ?? null,
    email: entry?.email ?? null,
  };
}
