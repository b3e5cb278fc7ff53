import type { NetworkFile } from '../../core/model/network-file.js';
import { shown } from '../../core/shown.js';
import { StateManagerError } from '../../errors.js';
import { fileOfChain, networkNamed, type Networks } from '../unified/network-of-chain.js';

/** The network files that names, other spellings and chain ids (as text) mean. Throws NOT_FOUND, CHAIN_AMBIGUOUS. */
export function networksCalled(chains: readonly string[], networks: Networks): NetworkFile[] {
  return chains.map((chain) => {
    const file = /^[0-9]+$/.test(chain) ? fileOfChain(Number(chain), networks) : named(chain, networks);
    if (file !== null) return file;
    const known = networks.files.map(({ network }) => network);
    throw new StateManagerError('NOT_FOUND', `There is no state of ${shown(chain)} here`, {
      hint: known.length === 0 ? 'no network has state yet' : `there is state of ${known.map(shown).join(', ')}`,
      details: { chain, networks: known },
    });
  });
}

function named(spelling: string, networks: Networks): NetworkFile | null {
  const { network } = networkNamed(spelling, networks);
  return networks.files.find((file) => file.network === network) ?? null;
}
