import { isAddressText } from '../values/address-text.js';
import { shown } from '../shown.js';

export type LegacyKey =
  | { readonly form: 'chain'; readonly chainId: number; readonly contractName: string }
  | { readonly form: 'network'; readonly network: string; readonly address: string };

/**
 * `<chainId>-<Name>`, split at the first `-`, or `<network>:<address>` of the design documents; else why it is neither,
 * with the chain id as far as the key tells it.
 */
export function parseKey(text: string): LegacyKey | { readonly reason: string; readonly chainId: number | null } {
  const chain = /^(\d+)-(.*)$/s.exec(text);
  if (chain !== null) return chainKey(chain[1] ?? '', chain[2] ?? '');
  const network = /^([^:]+):(0[xX].*)$/s.exec(text);
  const address = network?.[2] ?? '';
  if (network !== null && isAddressText(address)) return { form: 'network', network: network[1] ?? '', address };
  const reason =
    network === null
      ? 'the key is neither <chainId>-<Name> nor <network>:<address>'
      : `the key names ${shown(address)}, which is no address`;
  return { reason, chainId: null };
}

function chainKey(digits: string, contractName: string): ReturnType<typeof parseKey> {
  const chainId = Number(digits);
  if (!/^[1-9]/.test(digits) || !Number.isSafeInteger(chainId)) {
    return { reason: `the key names chain id ${shown(digits)}; chain ids are 1 to 2^53-1`, chainId: null };
  }
  if (contractName === '') return { reason: 'the key names no contract', chainId };
  return { form: 'chain', chainId, contractName };
}
