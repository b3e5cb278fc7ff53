import type { JsonObject } from '../json.js';

/** A network file that was read without refusal (FORMAT §2), whatever its other findings. */
export type NetworkFile = {
  readonly network: string;
  readonly chainId: number;
  readonly root: JsonObject;
};
