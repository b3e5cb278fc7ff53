import type { StoredVersion } from './internal-key.js';
import { logRecords } from './log-records.js';
import { orProblem, type Report, type StoreProblem } from './store-problem.js';
import { writeBatch } from './write-batch.js';

export type ReadLog = {
  readonly versions: readonly StoredVersion[];
  /** The sequence number that the next write has; what was given where the log is empty. */
  readonly next: number | null;
};

/** The shortest write is a type, a length and a key of no bytes. */
const shortestWrite = 2;

/**
 * The writes of one log. LevelDB counts them without a gap, also from one log to the next, so a record that is missing shows
 * in the numbers of its neighbours. `next` is the number the first write must not exceed; null where nothing says.
 */
export function readLog(
  file: Uint8Array,
  next: number | null,
  room: (bytes: number) => number,
  report: Report,
): ReadLog {
  const found: Pick<StoreProblem, 'offset' | 'kind' | 'message'>[] = [];
  const records = logRecords(file, (problem) => found.push(problem));
  const versions: StoredVersion[] = [];
  let expected = next;
  let isFirst = true;
  let lastGood = -1;
  for (const { offset, bytes } of records) {
    const batch = orProblem(report, offset, () => {
      room(bytes.length);
      return writeBatch(bytes);
    });
    if (batch === null) continue;
    const { sequence } = batch;
    if (expected !== null && sequence > expected) {
      const keys = sequence - expected;
      const message = `the writes ${expected} to ${sequence - 1} are missing before this one`;
      report({ offset, kind: 'sequence-gap', message, keys });
    }
    if (!isFirst && expected !== null && sequence < expected) {
      report({ offset, kind: 'sequence', message: `write ${sequence} follows write ${expected - 1}` });
    }
    versions.push(...batch.versions);
    expected = Math.max(isFirst ? 0 : (expected ?? 0), sequence + batch.versions.length);
    isFirst = false;
    lastGood = offset;
  }
  for (const problem of found) {
    const keys = problem.offset < lastGood ? null : Math.floor((file.length - problem.offset) / shortestWrite);
    report({ keys, ...problem });
  }
  return { versions, next: expected };
}
