import { readTime } from '../legacy/read-time.js';
import { type FoldLog, noteDoubt } from './fold-log.js';
import type { FoldRecord, Sourced } from './fold-record.js';

/** `timestamp` and `firstDeployedAt` as milliseconds; text that says more goes to `deployedAt` (FORMAT §10.7). */
export function foldTimes(record: FoldRecord, log: FoldLog): void {
  for (const field of ['timestamp', 'firstDeployedAt'] as const) {
    const time = record.fields.get(field);
    if (time !== undefined) foldTime(record, field, time, log);
  }
}

function foldTime({ fields }: FoldRecord, field: 'timestamp' | 'firstDeployedAt', time: Sourced, log: FoldLog): void {
  const { value, path } = time;
  const read = readTime(field, value);
  const isNumber = typeof value === 'number';
  if ('reason' in read) {
    fields.delete(field);
    noteDoubt(log, isNumber ? 'timestamp-range' : 'timestamp-form', path, null);
    return;
  }
  if (isNumber) return;
  fields.set(field, { value: read.timestamp, path });
  const said = read.deployedAt;
  const there = fields.get('deployedAt')?.value;
  if (said === undefined || (field === 'timestamp' && there === said)) {
    log.folded.push({ rule: 'timestamp-form', path });
  } else if (field === 'timestamp' && there === undefined) {
    fields.set('deployedAt', { value: said, path });
    log.folded.push({ rule: 'timestamp-form', path });
  } else {
    // Only the deployment has a place for the text; that of the first one is kept in quarantine.
    noteDoubt(log, 'timestamp-form', path, there ?? read.timestamp);
  }
}
