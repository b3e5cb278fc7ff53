import { newNetworkFile } from '../../core/config/new-network.js';
import { member } from '../../core/json.js';
import { networkFilePath } from '../../core/layout.js';
import type { NetworkFile } from '../../core/model/network-file.js';
import { StateManagerError } from '../../errors.js';
import type { SourceFile } from '../../ports/source-files.js';
import type { BaseState } from '../base-state.js';

type Place = { readonly network: string; readonly chainId: number };

/**
 * The file of the network in the base. One that is a source itself gives way to what all sources come to, whatever is wrong with
 * it: `existing` is null then. Throws CHAIN_ID_MISMATCH, STATE_INVALID.
 */
export async function existingFile(
  base: BaseState,
  { network, chainId }: Place,
  unified: readonly SourceFile[],
): Promise<{ readonly existing: NetworkFile | null; readonly bytes: Uint8Array | null }> {
  const [here] = await base.tree.read([networkFilePath(base.root, network)]);
  if (here === undefined) return { existing: null, bytes: null };
  const { bytes } = here;
  if (unified.some((file) => Buffer.from(file.bytes).equals(bytes))) return { existing: null, bytes };
  const existing = await base.network(network);
  if (existing !== null && existing.chainId !== chainId) throw otherChain(network, existing.chainId, chainId);
  return { existing, bytes };
}

/** An empty file of the network; its version is the one that a source says. */
export function firstFile({ config }: BaseState, { network, chainId }: Place, { root }: NetworkFile): NetworkFile {
  const file = newNetworkFile({ network, chainId, environment: network.split('.')[1] }, config);
  const fileVersion = member(root, 'fileVersion');
  return fileVersion === undefined ? file : { ...file, root: { ...file.root, fileVersion } };
}

function otherChain(network: string, expected: number, given: number): StateManagerError {
  return new StateManagerError('CHAIN_ID_MISMATCH', `${network} is chain ${expected} here, not ${given}`, {
    hint: `name the network of chain ${given} under networks in stateroot.config.json`,
    details: { network, expected, given },
  });
}
