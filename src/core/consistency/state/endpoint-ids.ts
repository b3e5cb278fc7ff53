/**
 * LayerZero's own numbers for chains, by the part that both versions share: version 1 uses it as it stands on mainnets and
 * with 10000 on testnets, version 2 with 30000 and 40000. After LayerZero's published list of deployments. One that is missing here
 * leaves a finding unsaid; a wrong one would make a false one, so what is not sure stays out.
 */
const mainnets: readonly (readonly [number, number])[] = [
  [101, 1],
  [102, 56],
  [106, 43114],
  [109, 137],
  [110, 42161],
  [111, 10],
  [112, 250],
  [125, 42220],
  [126, 1284],
  [145, 100],
  [151, 1088],
  [158, 1101],
  [165, 324],
  [167, 1285],
  [175, 42170],
  [181, 5000],
  [183, 59144],
  [184, 8453],
  [214, 534352],
  [243, 81457],
  [255, 252],
  [260, 34443],
  [280, 1329],
  [295, 14],
  [319, 480],
  [320, 130],
  [332, 146],
  [362, 80094],
];
const testnets: readonly (readonly [number, number])[] = [
  [102, 97],
  [106, 43113],
  [125, 44787],
  [126, 1287],
  [145, 10200],
  [161, 11155111],
  [170, 534351],
  [217, 17000],
  [231, 421614],
  [232, 11155420],
  [245, 84532],
  [246, 5003],
  [267, 80002],
  [287, 59141],
  [305, 300],
];

/** Endpoint id → chain id. */
export const endpointChains: ReadonlyMap<number, number> = new Map([
  ...mainnets.flatMap(([id, chainId]) => [[id, chainId] as const, [id + 30_000, chainId] as const]),
  ...testnets.flatMap(([id, chainId]) => [[id + 10_000, chainId] as const, [id + 40_000, chainId] as const]),
]);

/** Chain id → its endpoint ids, the newer version first. */
export const endpointsOfChain: ReadonlyMap<number, readonly number[]> = new Map(
  [...new Set(endpointChains.values())].map((chainId) => [
    chainId,
    [...endpointChains].flatMap(([id, chain]) => (chain === chainId ? [id] : [])).sort((a, b) => b - a),
  ]),
);
