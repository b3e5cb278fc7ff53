import { StateManagerError } from '../../errors.js';
import { defaultConfig } from '../config/config.js';
import { chainBook } from '../consistency/state/chain-book.js';
import { areCompatible } from '../consistency/state/links.js';
import type { ContractType } from '../model/contract-type.js';
import { shown } from '../shown.js';

const chains = chainBook(new Map(), defaultConfig, null);

/** Throws CHAIN_ID_MISMATCH where the network asked for is known as a chain of another tier: mainnet for testnet. */
export function requireTier({ network, chainId }: { readonly network: string; readonly chainId: number }): void {
  const named = chains.chainOfName(network);
  if (named === null || named === chainId) return;
  const [tier, other] = [chains.tierOfChain(chainId), chains.tierOfChain(named)];
  if (areCompatible(tier, other)) return;
  throw new StateManagerError(
    'CHAIN_ID_MISMATCH',
    `${shown(network)} is chain ${named} (${other ?? ''}), and is asked for as chain ${chainId} (${tier ?? ''})`,
    {
      hint: `create the manager for ${chains.nameOf(chainId)}, or for the chain that is meant`,
      details: { network, expected: named, actual: chainId },
    },
  );
}

/** A record whose own word for the network means another chain: old scripts wrote such words, so it is no refusal. */
export function chainWarnings({ networkName }: ContractType, { chainId }: { readonly chainId: number }): string[] {
  const said: unknown = networkName;
  const named = typeof said === 'string' ? chains.chainOfName(said) : null;
  if (typeof said !== 'string' || named === null || named === chainId) return [];
  return [`the record calls its network ${shown(said)}, which is chain ${named}, and stands on chain ${chainId}`];
}
