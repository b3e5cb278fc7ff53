import type { JsonObject } from '../json.js';

/**
 * One contract on one network: (network, category, name) and the union of its entry and its
 * `extended_<name>` object, `checksum` included (FORMAT §4).
 */
export type StateRecord = {
  readonly network: string;
  readonly chainId: number;
  readonly category: string;
  readonly name: string;
  readonly fields: JsonObject;
};
