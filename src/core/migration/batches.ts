import { compareText, equalJson } from '../equal.js';
import { hasErrors } from '../finding.js';
import { inspectFile } from '../inspect/inspect.js';
import { withRecords } from '../legacy/with-records.js';
import { type NetworkFile, networkFileText, recordsOf } from '../model/network-file.js';
import { extendedPrefix } from '../model/placed-record.js';
import type { StateRecord } from '../model/record.js';

/** The whole network file after a batch, and the names of the records that came or went with it. */
export type Batch = { readonly text: string; readonly records: readonly string[] };

export type BatchRequest = {
  readonly before: NetworkFile | null;
  readonly target: NetworkFile;
  /** Records of a batch. */
  readonly size: number;
  /** The first so many only. */
  readonly limit: number;
};

/**
 * The way from what a branch has (null: nothing) to what the sources say, in steps of `size` records, ascending by name; each
 * step is a valid file. The last one is the target, with its sections. Empty when there is nothing to do.
 */
export function batchesOf(path: string, { before, target, size, limit }: BatchRequest): Batch[] {
  if (before !== null && equalJson(before.root, target.root)) return [];
  const there = new Map((before === null ? [] : recordsOf(before)).map((record) => [record.name, record]));
  const wanted = recordsOf(target);
  const changed = wanted.filter((record) => !isSame(there.get(record.name), record));
  const names = new Set(wanted.map(({ name }) => name));
  const gone = [...there.keys()].filter((name) => !names.has(name)).sort(compareText);
  const last = Math.max(Math.ceil(changed.length / size), 1);
  const batches: Batch[] = [];
  let file = before ?? withoutRecords(target);
  let left: string[] = [];
  for (let i = 0; i < last && batches.length < limit; i += 1) {
    const part = changed.slice(i * size, (i + 1) * size);
    const isLast = i === last - 1;
    file = isLast ? target : withRecords(file, there, part);
    for (const record of part) there.set(record.name, record);
    left = [...left, ...part.map(({ name }) => name), ...(isLast ? gone : [])];
    const text = networkFileText(file);
    // Records that only stand together, as two that exchange an alias, come in one batch.
    if (!isLast && hasErrors(inspectFile({ path, mode: '100644', bytes: Buffer.from(text) }))) continue;
    batches.push({ text, records: left });
    left = [];
  }
  return batches;
}

function isSame(a: StateRecord | undefined, b: StateRecord): boolean {
  return a?.category === b.category && equalJson(a.fields, b.fields);
}

/** Its sections only, for the first batch of a network to build on. */
function withoutRecords(target: NetworkFile): NetworkFile {
  const root = Object.entries(target.root).filter(([key]) => !key.startsWith(extendedPrefix));
  return { ...target, root: { ...Object.fromEntries(root), contracts: { core: {} } } };
}
