import type { LegacyEntry } from '../../src/core/legacy/entry.js';
import { address, codeHash } from './deployments.js';
import { contractValue, entriesOf } from './leveldb-store.js';

/** Entries of made-up networks as deploy scripts leave them: every value follows from its place. One at a time, however many. */
export function* generatedEntries(networks: number, records: number): Generator<LegacyEntry> {
  for (let n = 0; n < networks; n += 1) {
    for (let r = 0; r < records; r += 1) yield* entriesOf({ [keyOf(n, r)]: valueOf(n, r) });
  }
}

export function keyOf(network: number, record: number): string {
  return `${chainOf(network)}-Contract${record}`;
}

/** Of a chain nobody knows. */
export function chainOf(network: number): number {
  return 1_000_000 + network;
}

export function valueOf(network: number, record: number, changes: object = {}): object {
  return contractValue(`Contract${record}`, chainOf(network), {
    networkName: `net${network}`,
    address: address(`${network} ${record}`),
    proxyAddress: address(`proxy ${network} ${record}`),
    factoryByteCodeHash: codeHash(record),
    implementationHash: codeHash(record),
    deploymentArgs: [address('owner'), { _type: 'bigint', _value: '1000000000000000000000000000' }, String(record)],
    ...changes,
  });
}
