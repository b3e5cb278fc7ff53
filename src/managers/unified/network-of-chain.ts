import type { Config, ConfiguredNetwork } from '../../core/config/config.js';
import { type NamedNetwork, networkOfChainId, networkOfName } from '../../core/config/resolve-network.js';
import { foldSpelling } from '../../core/config/spelling.js';
import { member } from '../../core/json.js';
import type { NetworkFile } from '../../core/model/network-file.js';
import { shown } from '../../core/shown.js';
import type { Snapshot } from '../../core/snapshot.js';
import { unreadable } from '../../commands/refusal-finding.js';
import { StateManagerError } from '../../errors.js';

/** What is known of networks at the place that is read or written. */
export type Networks = {
  readonly files: readonly NetworkFile[];
  readonly refused: Snapshot['refused'];
  readonly config: Config;
};

/**
 * The file that a chain id alone means: of that chain, in its main environment (FORMAT §1.3); null when there is none.
 * Throws CHAIN_AMBIGUOUS for two, and STATE_INVALID where a file that cannot be read might be it: "not there" would be a
 * guess then, and a second proxy its price.
 */
export function fileOfChain(chainId: number, { files, refused }: Networks): NetworkFile | null {
  const main = files.filter((file) => file.chainId === chainId && environmentOf(file) === null);
  if (main.length > 1) throw ambiguous(chainId, main);
  const [file] = main;
  if (file !== undefined) return file;
  const [unknown] = refused;
  if (unknown !== undefined) throw unreadable(unknown.path, unknown.refusal);
  return null;
}

/** What a new file for the main environment of a chain is called; another environment of it is never taken. */
export function newNetworkOfChain(chainId: number, spelling: string | undefined, networks: Networks): string {
  const spellings = spelling === undefined ? [] : [spelling];
  const { network } = networkOfChainId(chainId, { ...mainOf(networks), spellings });
  if (networks.files.every((file) => file.network !== network)) return network;
  throw new StateManagerError(
    'CHAIN_AMBIGUOUS',
    `Chain ${chainId} has no file of its main environment, and ${shown(network)}, as it would be called, is another one`,
    { hint: 'create the manager for a network by its name', details: { chainId, networks: [network] } },
  );
}

/**
 * The network that a spelling names: an environment of another one only by its own name or what the configuration calls
 * it. A name nobody knows is taken as it is; `<network>.<environment>` is then of the chain of that network (FORMAT §1.3).
 * Throws NETWORK_NAME_INVALID.
 */
export function networkNamed(spelling: string, networks: Networks): NamedNetwork & { readonly environment?: string } {
  const { files, config } = networks;
  const isOwn = files.some(({ network }) => network === spelling) || config.networks.some(isCalled(spelling));
  const named = networkOfName(spelling, isOwn ? networks : mainOf(networks));
  const [stem = '', environment] = named.network.split('.');
  if (named.chainId !== null || environment === undefined) return named;
  return { network: named.network, chainId: networkOfName(stem, mainOf(networks)).chainId, environment };
}

/** Null for the main one. */
export function environmentOf(file: NetworkFile): string | null {
  const environment = member(file.root, 'environment');
  return typeof environment === 'string' ? environment : null;
}

function isCalled(spelling: string): (network: ConfiguredNetwork) => boolean {
  const folded = foldSpelling(spelling);
  return ({ name, aliases }) => [name, ...aliases].some((other) => foldSpelling(other) === folded);
}

/** By chain id and by the names of chains, other environments are as good as not there. */
function mainOf({ files, config }: Networks): Pick<Networks, 'files' | 'config'> {
  return {
    files: files.filter((file) => environmentOf(file) === null),
    config: { ...config, networks: config.networks.filter(({ environment }) => environment === undefined) },
  };
}

function ambiguous(chainId: number, files: readonly NetworkFile[]): StateManagerError {
  const networks = files.map(({ network }) => network);
  return new StateManagerError('CHAIN_AMBIGUOUS', `Chain ${chainId} is ${networks.map(shown).join(' and ')} here`, {
    hint: 'create the manager for one of them by its name, or give one of the files an environment: stateroot check',
    details: { chainId, networks },
  });
}
