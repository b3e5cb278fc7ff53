import { knownChains } from '../config/chains.js';
import { readConfig } from '../config/config.js';
import type { Json, JsonObject } from '../json.js';
import { configPath, manifestFolder, networkFilePath } from '../layout.js';
import { emptyNetworkFile } from '../model/network-file.js';
import { readSnapshot, type Snapshot } from '../snapshot.js';
import type { CheckOptions } from './state/checked-state.js';

/** A small state that shows what a rule means: for `check --explain`, and judged by the tests. */
export type Example = {
  /** By network, what matters of its file; required keys that are missing are filled in. */
  readonly networks?: Readonly<Record<string, JsonObject>>;
  /** `stateroot.config.json` that judges. */
  readonly config?: JsonObject;
  /** The one of the commit that is judged, where another one judges it. */
  readonly proposed?: JsonObject;
  /** OpenZeppelin manifests by file name. */
  readonly manifests?: Readonly<Record<string, Json>>;
  /** Other files among the network files. */
  readonly strays?: readonly string[];
  /** What the clock says, ISO 8601. */
  readonly now?: string;
};

/** An example as `checkConsistency` takes it. */
export function exampleState(example: Example): { readonly snapshot: Snapshot; readonly options: CheckOptions } {
  const files = Object.entries(example.networks ?? {}).map(([network, parts]) => ({
    path: networkFilePath('', network),
    bytes: bytesOf({ ...emptyNetworkFile({ network, chainId: chainIdOf(network) }).root, ...parts }),
  }));
  const config = example.config === undefined ? null : bytesOf(example.config);
  const proposed = example.proposed === undefined ? null : bytesOf(example.proposed);
  const shown = proposed ?? config;
  return {
    snapshot: readSnapshot(files, ''),
    options: {
      config: readConfig(config),
      ...(proposed === null ? {} : { proposed: readConfig(proposed) }),
      manifests: Object.entries(example.manifests ?? {}).map(([name, manifest]) => ({
        path: `${manifestFolder('')}/${name}`,
        bytes: bytesOf(manifest),
      })),
      strays: example.strays ?? [],
      ...(example.now === undefined ? {} : { now: Date.parse(example.now) }),
      files: new Map(
        [...files, ...(shown === null ? [] : [{ path: configPath(''), bytes: shown }])].map(({ path, bytes }) => [
          path,
          bytes,
        ]),
      ),
    },
  };
}

function chainIdOf(network: string): number {
  return knownChains.find(({ name }) => name === network)?.chainId ?? 4242;
}

function bytesOf(value: Json): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
}
