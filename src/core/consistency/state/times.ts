import { isObject, type Json, member } from '../../json.js';
import { pointer } from '../../text/pointer.js';
import type { CheckedNetwork } from './checked-network.js';
import type { CheckedRecord } from './checked-record.js';

/** A point in time that a file states. */
export type StatedTime = { readonly path: string; readonly time: number; readonly contract?: string };

/** When contracts of a network were deployed or changed, ms since 1970; texts and seconds are not taken for times. */
export function recordTimes({ records }: CheckedNetwork): StatedTime[] {
  return records.flatMap((record) => timesIn(record).map((each) => ({ ...each, contract: record.name })));
}

/** What the sections say of themselves: ISO 8601 texts. */
export function sectionTimes({ root }: CheckedNetwork): StatedTime[] {
  const metadata = member(root, 'metadata');
  const operations = member(root, 'operations');
  const own = ['timestamp', 'lastUpdated'].map((key): [string, Json | undefined] => [
    pointer('metadata', key),
    isObject(metadata) ? member(metadata, key) : undefined,
  ]);
  const histories = ['deploymentHistory', 'upgradeHistory'].flatMap((key) => {
    const list = isObject(operations) ? member(operations, key) : undefined;
    return (Array.isArray(list) ? (list as readonly Json[]) : []).map((item, at): [string, Json | undefined] => [
      pointer('operations', key, at, 'timestamp'),
      isObject(item) ? member(item, 'timestamp') : undefined,
    ]);
  });
  return [...own, ...histories].flatMap(([path, value]) => {
    const time = typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : Number.NaN;
    return Number.isNaN(time) ? [] : [{ path, time }];
  });
}

/** Milliseconds below 10^12 are `timestamp-unit` of `validate`. */
function timesIn(record: CheckedRecord): { path: string; time: number }[] {
  const upgrades = record.field('upgrades');
  const places: [string, Json | undefined][] = [
    ...['timestamp', 'firstDeployedAt'].map((key): [string, Json | undefined] => [
      record.pathOf(key),
      record.field(key),
    ]),
    ...(Array.isArray(upgrades) ? (upgrades as readonly Json[]) : []).map((item, at): [string, Json | undefined] => [
      record.pathOf('upgrades') + pointer(at, 'timestamp'),
      isObject(item) ? member(item, 'timestamp') : undefined,
    ]),
    ...['observed', 'retired'].map((key): [string, Json | undefined] => {
      const value = record.field(key);
      return [record.pathOf(key) + pointer('timestamp'), isObject(value) ? member(value, 'timestamp') : undefined];
    }),
  ];
  return places.flatMap(([path, time]) =>
    typeof time === 'number' && time >= 1e12 && time < 1e14 ? [{ path, time }] : [],
  );
}
