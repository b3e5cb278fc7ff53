import { grouped } from '../../grouped.js';
import type { ConsistencyRule, Problem } from '../rule.js';
import { type CheckedNetwork, placeIn } from '../state/checked-network.js';
import type { Manifest } from '../state/manifest.js';
import { A, B } from './example-values.js';

const networks = { bsctestnet: { contracts: { core: { Token: { proxy: A, implementation: B } } } } };

export const manifestMissing: ConsistencyRule = {
  id: 'manifest/missing',
  severity: 'warning',
  title: 'The OpenZeppelin manifest does not know an address',
  meaning:
    'The upgrades plugin records every proxy and implementation that it deploys in .openzeppelin/<network>.json: an address that is not there was deployed otherwise, or is wrong.',
  remedy: 'Compare with the chain; `forceImport` of the plugin records what was deployed without it.',
  fires: { networks, manifests: { 'bsc-testnet.json': { proxies: [{ address: A }], impls: {} } } },
  silent: { networks, manifests: { 'bsc-testnet.json': { proxies: [{ address: A }], impls: { ab: { address: B } } } } },
  find: (state) => {
    const manifests = grouped(
      state.manifests.filter(({ problem }) => problem === null),
      ({ chainId }) => chainId,
    );
    return state.networks.flatMap((network) => missingFrom(manifests.get(network.chainId) ?? [], network));
  },
};

/** Of proxied records only: the plugin does not record plain contracts. */
function missingFrom(manifests: readonly Manifest[], network: CheckedNetwork): Problem[] {
  const [first] = manifests;
  if (first === undefined) return [];
  const isKnown = (address: string): boolean =>
    manifests.some(({ proxies, implementations }) => proxies.has(address) || implementations.has(address));
  return network.records.flatMap((record) =>
    (record.proxy === null ? [] : (['proxy', 'implementation'] as const)).flatMap((field): Problem[] => {
      const address = record[field];
      if (address === null || isKnown(address)) return [];
      const message = `${first.path} does not know the ${field} of ${record.name}, ${record.textOf(field)}`;
      return [
        {
          place: placeIn(network, record.pathOf(field)),
          contract: record.name,
          message,
          related: [{ network: '', file: first.path, path: '' }],
        },
      ];
    }),
  );
}
