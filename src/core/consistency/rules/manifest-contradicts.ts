import { grouped } from '../../grouped.js';
import { isObject, member } from '../../json.js';
import { pointer } from '../../text/pointer.js';
import type { ConsistencyRule, Problem } from '../rule.js';
import { type CheckedNetwork, placeIn } from '../state/checked-network.js';
import type { CheckedRecord } from '../state/checked-record.js';
import type { Manifest, ManifestEntry } from '../state/manifest.js';
import { A, B } from './example-values.js';

const manifests = { 'bsc-testnet.json': { proxies: [{ address: A, kind: 'uups' }], impls: { ab: { address: B } } } };
const contracts = { core: { Token: { proxy: A, implementation: B } } };

export const manifestContradicts: ConsistencyRule = {
  id: 'manifest/contradicts',
  severity: 'error',
  title: 'The OpenZeppelin manifest says otherwise',
  meaning:
    'An address is a proxy there and an implementation here or the reverse, or proxyKind, deployment.transactionHash or the code hash (of hashScheme creation-nometa) differ.',
  remedy: 'Compare with the chain, then correct the record with `put`.',
  fires: { networks: { bsctestnet: { contracts, extended_Token: { proxyKind: 'transparent' } } }, manifests },
  silent: { networks: { bsctestnet: { contracts, extended_Token: { proxyKind: 'uups' } } }, manifests },
  find: (state) => {
    const byChain = grouped(state.manifests, ({ chainId }) => chainId);
    return state.networks.flatMap((network) =>
      (byChain.get(network.chainId) ?? []).flatMap((manifest) =>
        network.records.flatMap((record) => contradictions(network, record, manifest)),
      ),
    );
  },
};

function contradictions(network: CheckedNetwork, record: CheckedRecord, manifest: Manifest): Problem[] {
  const { proxy, implementation } = record;
  const at = (field: string, entry: ManifestEntry, message: string, path = record.pathOf(field)): Problem => ({
    place: placeIn(network, path),
    contract: record.name,
    message,
    related: [{ network: '', file: manifest.path, path: entry.path }],
  });
  const asProxy = proxy === null ? undefined : manifest.proxies.get(proxy);
  const asImplementation = implementation === null ? undefined : manifest.implementations.get(implementation);
  const swapped = [
    {
      field: 'proxy',
      here: 'a proxy',
      there: 'an implementation',
      address: proxy,
      right: manifest.proxies,
      wrong: manifest.implementations,
    },
    {
      field: 'implementation',
      here: 'an implementation',
      there: 'a proxy',
      address: implementation,
      right: manifest.implementations,
      wrong: manifest.proxies,
    },
  ].flatMap(({ field, here, there, address, right, wrong }): Problem[] => {
    const entry = address === null || right.has(address) ? undefined : wrong.get(address);
    // A plain record may well be somebody's proxy, recorded by its address only.
    if (entry === undefined || proxy === null) return [];
    return [at(field, entry, `${record.textOf(field)} is ${here} here and ${there} in ${manifest.path}`)];
  });
  return [...swapped, ...kindProblem(), ...transactionProblem(), ...hashProblem()];

  function kindProblem(): Problem[] {
    const kind = record.field('proxyKind');
    if (asProxy?.kind == null || typeof kind !== 'string' || kind === asProxy.kind) return [];
    return [at('proxyKind', asProxy, `${record.name} is a ${kind} proxy here and ${asProxy.kind} in ${manifest.path}`)];
  }

  function transactionProblem(): Problem[] {
    const deployment = record.field('deployment');
    const hash = isObject(deployment) ? member(deployment, 'transactionHash') : undefined;
    const known = [asProxy, asImplementation].filter((entry) => entry?.txHash != null);
    const [entry] = known;
    if (entry === undefined || typeof hash !== 'string') return [];
    if (known.some((each) => each?.txHash === hash.toLowerCase())) return [];
    const path = record.pathOf('deployment') + pointer('transactionHash');
    return [
      at(
        'deployment',
        entry,
        `${record.name} was deployed by ${hash} here and ${entry.txHash ?? ''} in ${manifest.path}`,
        path,
      ),
    ];
  }

  function hashProblem(): Problem[] {
    if (asImplementation?.hash == null || record.scheme !== 'creation-nometa' || record.hash === null) return [];
    if (record.hash === asImplementation.hash) return [];
    return [
      at(
        'implementationHash',
        asImplementation,
        `${record.name} has the code hash ${record.hash} here and ${asImplementation.hash} in ${manifest.path}`,
      ),
    ];
  }
}
