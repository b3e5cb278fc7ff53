import { compareText } from '../equal.js';
import { type NetworkFile, recordsOf } from '../model/network-file.js';
import { remainderOf } from '../model/remainder.js';
import type { Snapshot } from '../snapshot.js';
import type { ChangeStatus, ContractChange, NetworkChange } from './change.js';
import { diffRecord } from './diff-record.js';
import { diffSections } from './diff-sections.js';
import { markKnownAddresses } from './known-addresses.js';

export type { ContractChange, FieldChange, NetworkChange } from './change.js';

/**
 * The semantic changes from one snapshot to another, by network, then by contract name (CONTRACT §5). Layout, key order
 * and which of the two objects holds a field are no changes. Refused files show as absent: callers report `refused`.
 * A network of `renames` (new name → old name, `findRenames`) is compared with the one of its old name.
 */
export function diffSnapshots(
  base: Snapshot,
  head: Snapshot,
  renames: ReadonlyMap<string, string> = new Map(),
): NetworkChange[] {
  const old = new Set(renames.values());
  const names = [...new Set([...base.networks.keys(), ...head.networks.keys()])].filter((name) => !old.has(name));
  const changes = names.sort(compareText).flatMap((name) => {
    const renamedFrom = renames.get(name);
    const change = diffFile(name, base.networks.get(renamedFrom ?? name), head.networks.get(name), renamedFrom);
    return change === null ? [] : [change];
  });
  return markKnownAddresses(changes, base, head);
}

function diffFile(
  network: string,
  before: NetworkFile | undefined,
  after: NetworkFile | undefined,
  renamedFrom: string | undefined,
): NetworkChange | null {
  if (before === after) return null;
  const status = statusOf(before, after);
  const chainId = (after ?? before)?.chainId ?? 0;
  const contracts = diffRecords(before, after);
  const sections = diffSections(
    before === undefined ? undefined : remainderOf(before),
    after === undefined ? undefined : remainderOf(after),
  );
  if (renamedFrom !== undefined) {
    return {
      network,
      chainId,
      status,
      renamedFrom,
      contracts,
      sections: sections.filter(({ path }) => path !== '/network'),
    };
  }
  if (status === 'modified' && contracts.length === 0 && sections.length === 0) return null;
  return { network, chainId, status, contracts, sections };
}

function diffRecords(before: NetworkFile | undefined, after: NetworkFile | undefined): ContractChange[] {
  const old = byName(before);
  const now = byName(after);
  const names = [...new Set([...old.keys(), ...now.keys()])].sort(compareText);
  return names.flatMap((name) => {
    const change = diffRecord(old.get(name), now.get(name));
    return change === null ? [] : [change];
  });
}

function byName(file: NetworkFile | undefined): Map<string, ReturnType<typeof recordsOf>[number]> {
  return new Map((file === undefined ? [] : recordsOf(file)).map((record) => [record.name, record]));
}

function statusOf(before: unknown, after: unknown): ChangeStatus {
  if (before === undefined) return 'added';
  return after === undefined ? 'removed' : 'modified';
}
