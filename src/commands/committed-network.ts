import { networkOfPath } from '../core/layout.js';
import { type NetworkFile, parseNetworkFile } from '../core/model/network-file.js';
import type { StateRepository } from '../ports/state-repository.js';

/** The network file of a path (of any state root) as a commit has it; null when it has none, or none that can be read. */
export async function committedNetwork(
  repository: StateRepository,
  commit: string,
  path: string,
): Promise<NetworkFile | null> {
  const [file] = await (await repository.forRoot(networkOfPath(path)?.root ?? '').at({ commit })).read([path]);
  const parsed = file === undefined ? null : parseNetworkFile(file.bytes);
  return parsed?.ok === true ? parsed.file : null;
}
