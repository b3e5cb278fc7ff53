import type { ConsistencyRule } from '../rule.js';

export const manifestUnreadable: ConsistencyRule = {
  id: 'manifest/unreadable',
  severity: 'warning',
  title: 'An OpenZeppelin manifest cannot be used',
  meaning: 'It is not JSON of its kind, or its name is no network that is known: nothing is compared with it.',
  remedy: 'Repair the file, or name the network (an alias is enough) in stateroot.config.json.',
  fires: { manifests: { 'somewhere.json': { proxies: [], impls: {} } } },
  silent: {
    manifests: { 'bsc-testnet.json': { proxies: [], impls: {} }, 'unknown-777.json': { proxies: [], impls: {} } },
  },
  find: ({ manifests }) =>
    manifests
      .filter(({ problem, chainId }) => problem !== null || chainId === null)
      .map(({ path, problem }) => ({
        place: { network: '', file: path, path: '' },
        message: `Nothing is compared with this manifest: ${problem ?? 'its name is no network that is known here'}`,
      })),
};
