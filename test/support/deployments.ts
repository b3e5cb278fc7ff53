import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../../src/core/json.js';
import { networkFilePath } from '../../src/core/layout.js';
import { sealRecord } from '../../src/core/model/checksum.js';
import { emptyNetworkFile, networkFileText, withRecord } from '../../src/core/model/network-file.js';
import { checksumAddress } from '../../src/core/values/address.js';

/** Made-up state for tests: every value follows from its seed. */
export type Contract = { readonly category?: string; readonly fields: JsonObject; readonly sealed?: boolean };

export function address(seed: string | number): string {
  return checksumAddress(`0x${createHash('sha256').update(`address ${seed}`).digest('hex').slice(0, 40)}`);
}

export function codeHash(seed: string | number): string {
  return `0x${createHash('sha256').update(`code ${seed}`).digest('hex')}`;
}

/** A proxied contract whose code is `version`. */
export function proxied(
  name: string,
  version: string | number = 1,
  more: Readonly<Record<string, Json>> = {},
): Contract {
  return {
    fields: {
      proxy: address(`${name} proxy`),
      implementation: address(`${name} ${version}`),
      implementationHash: codeHash(`${name} ${version}`),
      timestamp: 1_755_000_000_000,
      ...more,
    },
  };
}

/** Canonical text of a network file; records are sealed unless they say otherwise. */
export function networkText(network: string, chainId: number, contracts: Readonly<Record<string, Contract>>): string {
  let file = emptyNetworkFile({ network, chainId });
  for (const [name, { category = 'core', fields, sealed = true }] of Object.entries(contracts)) {
    const record = { network, chainId, category, name, fields };
    file = withRecord(file, sealed ? sealRecord(record) : record);
  }
  return networkFileText(file);
}

/** Files of a repository by path. */
export function stateFiles(
  networks: Readonly<Record<string, { chainId: number; contracts: Readonly<Record<string, Contract>> }>>,
  root = '',
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(networks).map(([network, { chainId, contracts }]) => [
      networkFilePath(root, network),
      networkText(network, chainId, contracts),
    ]),
  );
}
