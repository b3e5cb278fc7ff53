import { type Config, readConfig } from '../core/config/config.js';
import { networkOfName } from '../core/config/resolve-network.js';
import { configPath, networkFilePath, networkOfPath } from '../core/layout.js';
import { networkNameProblem } from '../core/model/names.js';
import { type NetworkFile, parseNetworkFile } from '../core/model/network-file.js';
import { shown } from '../core/shown.js';
import { emptySnapshot, readSnapshot, type Snapshot } from '../core/snapshot.js';
import { StateManagerError } from '../errors.js';
import type { Place, StateFile, StateRepository, StateTree } from '../ports/state-repository.js';
import { nearNames } from './near-names.js';
import { unreadable } from './refusal-finding.js';

/** What `--at` says; the work tree without it. Throws UNKNOWN_REVISION. */
export async function placeOf(repository: StateRepository, at: string | undefined): Promise<Place> {
  return at === undefined ? 'worktree' : { commit: await repository.resolve(at) };
}

/** Every network file of the repository's state root; null is before the first commit. */
export async function snapshotAt(repository: StateRepository, place: Place | null): Promise<Snapshot> {
  if (place === null) return emptySnapshot;
  return readSnapshot(await networkFilesOf(await repository.at(place), repository.root), repository.root);
}

/** The configuration at a place, the defaults where there is none. Throws CONFIG_INVALID. */
export async function configAt(repository: StateRepository, place: Place): Promise<Config> {
  const [file] = await (await repository.at(place)).read([configPath(repository.root)]);
  return readConfig(file?.bytes ?? null);
}

/**
 * One network by any of its spellings. Its own name reads one file only; another spelling needs the configuration and
 * the other files. Throws NOT_FOUND with `details.networks`, NETWORK_NAME_INVALID, STATE_INVALID when it cannot be read.
 */
export async function networkAt(repository: StateRepository, place: Place, spelling: string): Promise<NetworkFile> {
  const tree = await repository.at(place);
  return (await ownNetwork(tree, repository.root, spelling)) ?? (await networkBySpelling(repository, place, spelling));
}

/** The network file of exactly this name, and no other file; null when there is none. Throws STATE_INVALID. */
export async function ownNetwork(tree: StateTree, root: string, name: string): Promise<NetworkFile | null> {
  if (networkNameProblem(name) !== null) return null;
  const [file] = await tree.read([networkFilePath(root, name)]);
  return file === undefined ? null : parsed(file);
}

async function networkBySpelling(repository: StateRepository, place: Place, spelling: string): Promise<NetworkFile> {
  const snapshot = await snapshotAt(repository, place);
  const config = await configAt(repository, place);
  const { network } = networkOfName(spelling, { files: [...snapshot.networks.values()], config });
  const file = snapshot.networks.get(network);
  if (file !== undefined) return file;
  const path = networkFilePath(repository.root, network);
  const refused = snapshot.refused.find((other) => other.path === path);
  if (refused !== undefined) throw unreadable(path, refused.refusal);
  throw unknownNetwork(spelling, [...snapshot.networks.keys()].sort());
}

function parsed(file: StateFile): NetworkFile {
  const read = parseNetworkFile(file.bytes);
  if (!read.ok) throw unreadable(file.path, read.refusal);
  return read.file;
}

async function networkFilesOf(tree: StateTree, root: string): Promise<readonly StateFile[]> {
  const paths = await tree.paths();
  return tree.read(paths.filter((path) => networkOfPath(path)?.root === root));
}

function unknownNetwork(spelling: string, networks: readonly string[]): StateManagerError {
  const near = nearNames(spelling, networks);
  const known = networks.length === 0 ? 'No network has state here yet.' : `Networks here: ${networks.join(', ')}`;
  return new StateManagerError('NOT_FOUND', `There is no network ${shown(spelling)}. ${known}`, {
    hint: near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'stateroot list shows every record',
    details: { network: spelling, networks },
  });
}
