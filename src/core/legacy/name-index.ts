import { otherNames } from '../model/lookup.js';
import { shortName } from '../model/names.js';
import { emptyNetworkFile, type NetworkFile, withRecord } from '../model/network-file.js';
import type { StateRecord } from '../model/record.js';

/** The records of one network while an import changes them, found by any of their names without walking all of them. */
export type NameIndex = {
  /** The few records that have to do with a name, as a file: every question of FORMAT §5 has the same answer there. */
  around(name: string): NetworkFile;
  get(name: string): StateRecord | undefined;
  set(record: StateRecord): void;
};

export function nameIndex(network: { network: string; chainId: number }, records: readonly StateRecord[]): NameIndex {
  const byName = new Map<string, StateRecord>();
  const namesBySound = new Map<string, Set<string>>();
  const set = (record: StateRecord): void => {
    byName.set(record.name, record);
    for (const call of [record.name, ...otherNames(record)]) {
      for (const sound of [call, shortName(call)]) {
        const names = namesBySound.get(sound) ?? new Set();
        namesBySound.set(sound, names.add(record.name));
      }
    }
  };
  records.forEach(set);
  return {
    around(name) {
      const names = new Set([...(namesBySound.get(name) ?? []), ...(namesBySound.get(shortName(name)) ?? [])]);
      const found = [...names].flatMap((other) => byName.get(other) ?? []);
      return found.reduce(withRecord, emptyNetworkFile(network));
    },
    get: (name) => byName.get(name),
    set,
  };
}
