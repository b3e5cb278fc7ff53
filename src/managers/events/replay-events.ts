import { unifiedFolder, networkFilePath } from '../../core/layout.js';
import { recordChecksum } from '../../core/model/checksum.js';
import { identityAddress } from '../../core/model/fields.js';
import { recordNamed } from '../../core/model/network-file.js';
import { logEntry, type LogEntry } from '../../commands/log.js';
import { networkHistory, type VersionChange } from '../../commands/network-history.js';
import type { StateRepository } from '../../ports/state-repository.js';
import { networkNamed } from '../unified/network-of-chain.js';
import { contractOf, networksOf } from '../unified/read-networks.js';
import { type ContractEvent, eventTypeOf } from './contract-event.js';

/**
 * The commits behind HEAD as events, oldest first; in one commit by network, then name. `from` is compared with the author
 * time of the commits. A version of a file that cannot be read is stepped over, as in `log`: history cannot be corrected.
 */
export async function replayHistory(
  repository: StateRepository,
  { from, network }: { readonly from: Date | undefined; readonly network: string | null },
): Promise<ContractEvent[]> {
  const { commit } = await repository.head();
  if (commit === null) return [];
  const path = network === null ? unifiedFolder(repository.root) : await pathOf(repository, commit, network);
  const commits: ContractEvent[][] = [];
  for await (const step of networkHistory(repository, { from: commit, paths: [path] })) {
    if (from !== undefined && step.entry.time < from.getTime()) continue;
    const entry = logEntry(step, null);
    commits.push(entry.changes.flatMap((change) => eventOf(entry, step.entry.time, change, step.versions)));
  }
  return commits.reverse().flat();
}

async function pathOf(repository: StateRepository, commit: string, spelling: string): Promise<string> {
  const networks = await networksOf(await repository.at({ commit }), repository.root);
  return networkFilePath(repository.root, networkNamed(spelling, networks).network);
}

function eventOf(
  { commit, author, email }: LogEntry,
  time: number,
  { network, chainId, ...change }: LogEntry['changes'][number],
  versions: readonly VersionChange[],
): ContractEvent[] {
  const version = versions.find((candidate) => candidate.network === network);
  const after = version?.after == null ? null : recordNamed(version.after, change.name);
  const [first] = version?.befores ?? [];
  const record = after ?? (first == null ? null : recordNamed(first, change.name));
  const address = record === null ? undefined : identityAddress(record.fields);
  if (record === null || typeof address !== 'string') return [];
  return [
    {
      id: `${commit}:${network}/${change.name}`,
      timestamp: new Date(time),
      type: eventTypeOf(change.kind),
      contractAddress: address,
      data: {
        network,
        chainId,
        contractName: change.name,
        category: change.category,
        commit,
        author,
        email,
        change,
        contract: after === null ? null : contractOf(after),
      },
      checksum: recordChecksum(record),
    },
  ];
}
