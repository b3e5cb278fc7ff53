import { isObject, type Json } from '../../json.js';
import { isTaggedBigint } from '../../values/bigint.js';
import type { ConsistencyRule, Problem } from '../rule.js';
import { type CheckedNetwork, placeIn } from '../state/checked-network.js';
import { type Fees, feesOf } from '../state/protocol-terms.js';

const celer = (feeStructure: { readonly [name: string]: string | number }) => ({
  configuration: { protocols: { celer: { feeStructure } } },
});

export const protocolFees: ConsistencyRule = {
  id: 'protocol/fees',
  severity: 'error',
  title: 'The fees of a protocol cannot be charged',
  meaning:
    'feeStructure or feeConfig of a protocol has a share in basis points that is no whole number from 0 to 10,000, or a smallest fee above its largest: every transfer would fail, or lose more than it carries.',
  remedy: 'Write what the module was configured with.',
  fires: { networks: { sapphiretestnet: celer({ minBridgeFee: '20', maxBridgeFee: '10', bridgeFeeBasisPoints: 50 }) } },
  silent: {
    networks: { sapphiretestnet: celer({ minBridgeFee: '10', maxBridgeFee: '20', bridgeFeeBasisPoints: 50 }) },
  },
  find: ({ networks }) =>
    networks.flatMap((network) =>
      [...network.settings.values()].flatMap((settings) =>
        feesOf(settings).flatMap((fees) => problemsOf(network, settings.name, fees)),
      ),
    ),
};

function problemsOf(network: CheckedNetwork, protocol: string, { shares, least, most }: Fees): Problem[] {
  const wrong = shares.flatMap(({ key, path, value }): Problem[] => {
    const amount = amountOf(value);
    if (amount !== null && amount >= 0n && amount <= 10_000n) return [];
    const message = `${key} of ${protocol} on ${network.name} is ${JSON.stringify(value)}, no share of 10,000`;
    return [{ place: placeIn(network, path), message }];
  });
  const [low, high] = [least, most].map((term) => (term === null ? null : amountOf(term.value)));
  if (least === null || most === null || typeof low !== 'bigint' || typeof high !== 'bigint' || low <= high)
    return wrong;
  const message = `${least.key} of ${protocol} on ${network.name} is ${low}, above ${most.key}, which is ${high}`;
  return [...wrong, { place: placeIn(network, least.path), message, related: [placeIn(network, most.path)] }];
}

/** Whole amounts as files have them: numbers, decimal text, tagged bigints. */
function amountOf(value: Json): bigint | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : null;
  if (typeof value === 'string') return /^\d{1,1000}$/.test(value) ? BigInt(value) : null;
  return isObject(value) && isTaggedBigint(value) ? BigInt(value._value) : null;
}
