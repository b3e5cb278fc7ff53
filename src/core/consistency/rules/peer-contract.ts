import { foldSpelling } from '../../config/spelling.js';
import { pointer } from '../../text/pointer.js';
import { isAddressText } from '../../values/address-text.js';
import type { ConsistencyRule, Problem } from '../rule.js';
import { type CheckedNetwork, placeIn } from '../state/checked-network.js';
import { linksOf } from '../state/links.js';
import { isZeroAddress } from '../state/zero-address.js';
import { A, B, plain } from './example-values.js';

const listing = (address: string) => ({
  topology: { connectedChains: [{ chainId: 97, protocols: [{ lookCoin: address, name: 'layerZero' }] }] },
});
const peer = { contracts: plain({ LookCoin: A }), topology: { connectedChains: [{ chainId: 84532 }] } };

export const peerContract: ConsistencyRule = {
  id: 'topology/peer-contract',
  severity: 'error',
  title: 'A peer is listed with another address than it has',
  meaning:
    'A member called as a record of the peer (lookCoin for LookCoin) holds another address than that record: messages would go to, or be accepted from, the wrong contract.',
  remedy: "Copy the address of the peer's record: `stateroot get <peer> <name>`.",
  fires: { networks: { basesepolia: listing(B), bsctestnet: peer } },
  silent: { networks: { basesepolia: listing(A), bsctestnet: peer } },
  find: (state) => {
    const contracts = new Map(state.networks.map((network) => [network, contractsOf(network)]));
    return state.networks.flatMap((network) =>
      linksOf(network, state).flatMap(({ peer: { protocols }, target }) =>
        target === null
          ? []
          : [...protocols.values()].flatMap(({ path, about }) =>
              Object.entries(about).flatMap(([key, value]): Problem[] => {
                const record = contracts.get(target)?.get(foldSpelling(key));
                if (record === undefined || typeof value !== 'string' || !isAddressText(value)) return [];
                if (isZeroAddress(value) || record.addresses.includes(value.toLowerCase())) return [];
                return [
                  {
                    place: placeIn(network, path + pointer(key)),
                    contract: record.name,
                    message: `${network.name} lists ${value} as ${record.name} of ${target.name}, whose record says ${record.shown}`,
                    related: [placeIn(target, record.path)],
                  },
                ];
              }),
            ),
      ),
    );
  },
};

type Contract = {
  readonly name: string;
  readonly path: string;
  readonly addresses: readonly string[];
  readonly shown: string;
};

/** By folded name: a proxy is reached at its proxy address only. */
function contractsOf({ records }: CheckedNetwork): Map<string, Contract> {
  return new Map(
    records.flatMap((record) => {
      const { name, path, proxy, implementation } = record;
      const address = proxy ?? implementation;
      const shown = record.textOf(proxy === null ? 'implementation' : 'proxy');
      return address === null ? [] : [[foldSpelling(name), { name, path, addresses: [address], shown }]];
    }),
  );
}
