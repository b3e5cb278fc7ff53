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

/** What a file holds, without its text. */
export type ReadNetworkFile =
  | { readonly ok: true; readonly file: NetworkFile }
  | { readonly ok: false; readonly refusal: Refusal };

export const emptySnapshot: Snapshot = { networks: new Map(), refused: [] };

/** Reads the network files of `root` among `files` (paths relative to the repository root); others are passed over. */
export function readSnapshot<File extends { readonly path: string; readonly bytes: Uint8Array }>(
  files: readonly File[],
  root: string,
  /** Where the same file is read for several snapshots, the one that has parsed it before. */
  parse: (file: File) => ReadNetworkFile = ({ bytes }) => parseNetworkFile(bytes),
): Snapshot {
  const networks: [string, NetworkFile][] = [];
  const refused: { path: string; network: string; refusal: Refusal }[] = [];
  for (const file of files) {
    const { path } = file;
    const place = networkOfPath(path);
    if (place?.root !== root) continue;
    const parsed = parse(file);
    // A file that does not say its network is still the one of its name.
    if (parsed.ok) {
      const { file: read } = parsed;
      networks.push([place.network, read.network === '' ? { ...read, network: place.network } : read]);
    } else refused.push({ path, network: place.network, refusal: parsed.refusal });
  }
  return joinSnapshots([{ networks: new Map(networks), refused }]);
}

/** Snapshots of different files of one place as one. */
export function joinSnapshots(parts: readonly Snapshot[]): Snapshot {
  const networks = parts.flatMap((part) => [...part.networks]).sort(([a], [b]) => (a < b ? -1 : 1));
  return { networks: new Map(networks), refused: parts.flatMap(({ refused }) => refused) };
}
