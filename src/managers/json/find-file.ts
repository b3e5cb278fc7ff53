import { knownChainNamed, networkOfChainId, networkOfName } from '../../core/config/resolve-network.js';
import { defaultConfig } from '../../core/config/config.js';
import { assertNetworkName } from '../../core/model/names.js';
import { StateManagerError } from '../../errors.js';
import type { Scope } from '../contract-store.js';
import { chainAmbiguous } from './load-error.js';
import type { LoadedFile, PlainFolder } from './plain-folder.js';

/**
 * The file a scope means, null where it has none yet: the one that is called like its network; else the one file of that
 * chain, however it is called, since a second one would be a second truth. Only `<network>.<environment>` is of its own.
 * `own` is the network that the store was opened for, which decides between several.
 * Throws CHAIN_AMBIGUOUS, CHAIN_ID_MISMATCH, and as reading does where the file that cannot be read may be the one.
 */
export async function findFile(folder: PlainFolder, scope: Scope, own: string | null): Promise<LoadedFile | null> {
  const named = scope.network === undefined ? null : await fileNamed(folder, scope.network);
  if (named !== null) {
    refuseOtherChain(named, scope.chainId);
    return named;
  }
  if (scope.network?.includes('.') === true) return null;
  const ownFile = own === null ? null : await fileNamed(folder, own);
  if (ownFile?.file.chainId === scope.chainId) return ownFile;
  return mainOf(await filesOfChain(folder, scope.chainId), scope.chainId);
}

/** The file of a network by any spelling of it. Throws as reading does. */
export async function fileNamed(folder: PlainFolder, network: string): Promise<LoadedFile | null> {
  const name = fileNameOf(network);
  const exact = name === null ? null : await folder.load(name);
  if (exact !== null) return exact;
  const spelled: LoadedFile[] = [];
  for (const each of (await folder.names()).filter((other) => other !== name)) {
    if (!mayBe(each, network)) continue;
    const file = await folder.loadAny(each);
    if (file !== null && isOf(file, network)) spelled.push(file);
  }
  const [first] = spelled;
  if (first === undefined || spelled.length === 1) return first ?? null;
  throw chainAmbiguous(
    first.file.chainId,
    spelled.map(({ path }) => path),
  );
}

/** What a new file for a scope is called. Throws NETWORK_NAME_INVALID. */
export function newFileName({ chainId, network }: Scope, spelling: unknown): string {
  if (network !== undefined) return networkOfName(network, { files: [], config: defaultConfig }).network;
  const spellings = typeof spelling === 'string' ? [spelling] : [];
  return networkOfChainId(chainId, { files: [], config: defaultConfig, spellings }).network;
}

async function filesOfChain(folder: PlainFolder, chainId: number): Promise<LoadedFile[]> {
  const files: LoadedFile[] = [];
  for (const name of await folder.names()) {
    // A file that cannot be read and is called like another chain's is not the one that is looked for.
    const known = knownChainNamed(name);
    const file = await folder.loadAny(name).catch((error: unknown) => {
      if (error instanceof StateManagerError && known !== undefined && known.chainId !== chainId) return null;
      throw error;
    });
    if (file?.file.chainId === chainId) files.push(file);
  }
  return files;
}

/** `<network>.<environment>` shares a chain by design (FORMAT §1.3): the chain alone means the main one. */
function mainOf(files: readonly LoadedFile[], chainId: number): LoadedFile | null {
  const main = files.filter(({ name }) => !name.includes('.'));
  const candidates = main.length > 0 ? main : files;
  const [first] = candidates;
  if (first === undefined || candidates.length === 1) return first ?? null;
  throw chainAmbiguous(
    chainId,
    candidates.map(({ path }) => path),
  );
}

/** As the network would be called here, null for a spelling that is no file name; a path is none. Throws NETWORK_NAME_INVALID. */
function fileNameOf(network: string): string | null {
  if (/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(network)) return network;
  if (knownChainNamed(network) === undefined) assertNetworkName(network);
  return null;
}

/** What is called like another known network is not read for this one, nor can it keep it from being read. */
function mayBe(name: string, network: string): boolean {
  const other = knownChainNamed(name);
  return other === undefined || other.chainId === knownChainNamed(network)?.chainId;
}

function isOf({ name, file }: LoadedFile, network: string): boolean {
  const known = knownChainNamed(network);
  const names = [name, file.network];
  return names.some((each) => each === network || (known !== undefined && knownChainNamed(each) === known));
}

function refuseOtherChain({ path, file }: LoadedFile, chainId: number): void {
  if (file.chainId === chainId) return;
  throw new StateManagerError('CHAIN_ID_MISMATCH', `${path} is of chain ${file.chainId}, not ${chainId}`, {
    hint: 'name the network of that chain, or pass its chain id',
    details: { path, expected: file.chainId, actual: chainId },
  });
}
