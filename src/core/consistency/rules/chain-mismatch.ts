import { member } from '../../json.js';
import { pointer } from '../../text/pointer.js';
import type { ConsistencyRule } from '../rule.js';
import { placeIn } from '../state/checked-network.js';

export const chainMismatch: ConsistencyRule = {
  id: 'network/chain-mismatch',
  severity: 'error',
  title: 'A network has the chain id of another',
  meaning:
    'The name of the file belongs to another chain, by the configuration or the table of known chains: records would be looked up, and deployed against, on the wrong chain.',
  remedy:
    'Correct `chainId`, or rename the network; if the name is meant, say so under `networks` in stateroot.config.json.',
  fires: { networks: { sapphiremainnet: { chainId: 23295 } } },
  silent: { networks: { sapphiremainnet: { chainId: 23294 }, mynet: { chainId: 777 } } },
  find: ({ networks, chains }) =>
    networks.flatMap((network) => {
      const { name, chainId, root } = network;
      const meant = chains.chainOfName(nameWithoutEnvironment(name, network.environment));
      if (meant === null || chainId === 0 || meant === chainId || member(root, 'chainId') === undefined) return [];
      const message = `${name} is the name of chain ${meant}, and the file says ${chainId}${whoseIs(chains.nameOf(chainId), name)}`;
      return [{ place: placeIn(network, pointer('chainId')), message }];
    }),
};

function nameWithoutEnvironment(name: string, environment: string): string {
  return environment !== '' && name.endsWith(`.${environment}`) ? name.slice(0, -environment.length - 1) : name;
}

function whoseIs(owner: string, name: string): string {
  return owner === name || owner.startsWith('chain ') ? '' : `, which is ${owner}`;
}
