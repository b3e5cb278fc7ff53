import { networkOfPath } from '../core/layout.js';
import type { NetworkFile } from '../core/model/network-file.js';
import { readSnapshot } from '../core/snapshot.js';
import type { StateRepository } from '../ports/state-repository.js';
import type { RecordResult } from './record.js';

/**
 * The network files that name the one contract a write changed: what else runs its code. None for a write of several
 * contracts. After a dry run they are those of HEAD, which differ on the written network only.
 */
export async function filesAround(
  repository: StateRepository,
  { commit, changes }: RecordResult,
): Promise<ReadonlyMap<string, NetworkFile>> {
  const [change, ...others] = changes;
  const at = commit ?? (await repository.head()).commit;
  if (change === undefined || others.length > 0 || at === null) return new Map();
  const tree = await repository.at({ commit: at });
  const files = await tree.read((await tree.paths()).filter((path) => networkOfPath(path)?.root === repository.root));
  // Parsing is what costs: a file without the name has no such contract.
  const named = files.filter(({ bytes }) =>
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(change.name),
  );
  return readSnapshot(named, repository.root).networks;
}
