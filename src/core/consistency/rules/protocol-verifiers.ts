import type { ConsistencyRule, Problem } from '../rule.js';
import { type CheckedNetwork, placeIn } from '../state/checked-network.js';
import { type Term, type Verifiers, verifiersOf } from '../state/protocol-terms.js';
import { A, B } from './example-values.js';

const layerZero = (dvnConfig: { readonly requiredDVNs: string[]; readonly threshold: number }) => ({
  configuration: { protocols: { layerZero: { dvnConfig } } },
});

export const protocolVerifiers: ConsistencyRule = {
  id: 'protocol/verifiers',
  severity: 'error',
  title: 'The verifiers of a protocol cannot do what is asked of them',
  meaning:
    'dvnConfig or dvnConfigs of a protocol names one verifier twice, which counts once on the chain, or threshold asks for none of them or for more than are named: messages would pass unverified, or never.',
  remedy: 'Name each verifier once, and a threshold from 1 to their number.',
  fires: { networks: { basesepolia: layerZero({ requiredDVNs: [A], threshold: 2 }) } },
  silent: { networks: { basesepolia: layerZero({ requiredDVNs: [A, B], threshold: 2 }) } },
  find: ({ networks }) =>
    networks.flatMap((network) =>
      [...network.settings.values()].flatMap((settings) =>
        verifiersOf(settings).flatMap((verifiers) => problemsOf(network, settings.name, verifiers)),
      ),
    ),
};

function problemsOf(network: CheckedNetwork, protocol: string, { all, threshold }: Verifiers): Problem[] {
  const first = new Map<string, Term>();
  const repeated: Problem[] = [];
  for (const term of all) {
    if (typeof term.value !== 'string') continue;
    const address = term.value.toLowerCase();
    const before = first.get(address);
    if (before === undefined) first.set(address, term);
    else {
      const message = `${protocol} of ${network.name} names the verifier ${address} twice`;
      repeated.push({ place: placeIn(network, term.path), message, related: [placeIn(network, before.path)] });
    }
  }
  const asked = threshold?.value;
  if (threshold === null || typeof asked !== 'number' || (asked >= 1 && asked <= first.size)) return repeated;
  const message = `${protocol} of ${network.name} asks for ${asked} of ${first.size} verifiers`;
  return [...repeated, { place: placeIn(network, threshold.path), message }];
}
