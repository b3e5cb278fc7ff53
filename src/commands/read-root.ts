import { configPath, networkOfPath } from '../core/layout.js';
import { parseNetworkFile } from '../core/model/network-file.js';
import { type ReadNetworkFile, readSnapshot, type Snapshot } from '../core/snapshot.js';
import type { Place, StateFile, StateRepository } from '../ports/state-repository.js';

/** A state root at one place, with what `check` compares it with. */
export type ReadRoot = {
  readonly root: string;
  readonly snapshot: Snapshot;
  readonly config: StateFile | null;
  readonly manifests: readonly StateFile[];
  readonly strays: readonly string[];
  /** Path of each network file that could be read, by the name of the file. */
  readonly paths: ReadonlyMap<string, string>;
  readonly bytes: ReadonlyMap<string, Uint8Array>;
  /** Every file that was read, and what it holds: what another place shares is neither read nor parsed again. */
  readonly files: ReadonlyMap<string, StateFile>;
  readonly parsed: ReadonlyMap<StateFile, ReadNetworkFile>;
};

export async function readRoot(repository: StateRepository, place: Place, other?: ReadRoot): Promise<ReadRoot> {
  const { root } = repository;
  const tree = await repository.at(place);
  const own = (await tree.paths()).filter((path) => networkOfPath(path)?.root === root || path === configPath(root));
  const read = await tree.read(own, other?.files);
  const manifests = await tree.manifests(other?.files);
  const networks = read.filter(({ path }) => networkOfPath(path) !== null);
  const parsed = new Map(networks.map((file) => [file, other?.parsed.get(file) ?? withoutText(file)]));
  return {
    root,
    // A file that does not name its network is copied by `readSnapshot`: then it counts as another one, no more.
    snapshot: readSnapshot(networks, root, (file) => parsed.get(file) ?? withoutText(file)),
    config: read.find(({ path }) => path === configPath(root)) ?? null,
    manifests,
    strays: await tree.strays(),
    paths: new Map(networks.map(({ path }) => [networkOfPath(path)?.network ?? '', path])),
    bytes: new Map(read.map(({ path, bytes }) => [path, bytes])),
    files: new Map([...read, ...manifests].map((file) => [file.path, file])),
    parsed,
  };
}

/** The text of every network would weigh as much as all that is made of them; its bytes are kept once. */
function withoutText({ bytes }: StateFile): ReadNetworkFile {
  const parsed = parseNetworkFile(bytes);
  return parsed.ok ? { ok: true, file: parsed.file } : parsed;
}
