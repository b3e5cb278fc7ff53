import { networkOfPath } from './layout.js';
import { type NetworkFile, parseNetworkFile } from './model/network-file.js';
import type { Refusal } from './text/read.js';

/** Every network file of one state root at one place (CONTRACT §1). */
export type Snapshot = {
  /** By the name of the file, ascending. */
  readonly networks: ReadonlyMap<string, NetworkFile>;
  /** Files that could not be read; nothing is known about their records. */
  readonly refused: readonly { readonly path: string; readonly network: string; readonly refusal: Refusal }[];
};

export const emptySnapshot: Snapshot = { networks: new Map(), refused: [] };

/** Reads the network files of `root` among `files` (paths relative to the repository root); others are passed over. */
export function readSnapshot(files: readonly { path: string; bytes: Uint8Array }[], root: string): Snapshot {
  const networks: [string, NetworkFile][] = [];
  const refused: { path: string; network: string; refusal: Refusal }[] = [];
  for (const { path, bytes } of files) {
    const place = networkOfPath(path);
    if (place?.root !== root) continue;
    const parsed = parseNetworkFile(bytes);
    // A file that does not say its network is still the one of its name.
    if (parsed.ok) networks.push([place.network, { ...parsed.file, network: parsed.file.network || place.network }]);
    else refused.push({ path, network: place.network, refusal: parsed.refusal });
  }
  networks.sort(([a], [b]) => (a < b ? -1 : 1));
  return { networks: new Map(networks), refused };
}
