import { defaultConfig } from '../config/config.js';
import { isReject, readEntry } from '../legacy/read-entry.js';
import { mergeNetwork } from '../legacy/merge-network.js';
import { networkFilePath } from '../layout.js';
import { emptyNetworkFile, networkFileText } from '../model/network-file.js';
import { sampleEntries } from './entries.js';
import { type SampleNetwork, sampleNetworks } from './networks.js';
import { sampleSections } from './sections.js';

/** The sample state as canonical, sealed network files, path → text: what `deployments/unified` of this repository holds. */
export function sampleFiles(): Map<string, string> {
  return new Map(sampleNetworks.map((network) => [networkFilePath('', network.network), fileOf(network)]));
}

function fileOf(network: SampleNetwork): string {
  const { chainId, tier } = network;
  const empty = emptyNetworkFile({ network: network.network, chainId, networkTier: tier });
  const file = { ...empty, root: { ...empty.root, ...sampleSections(network) } };
  const merged = mergeNetwork(file, recordsOf(network), defaultConfig);
  if (merged.rejects.length > 0) throw new Error(`the sample state of ${network.network} is not valid`);
  return networkFileText(merged.file);
}

function recordsOf(network: SampleNetwork) {
  return sampleEntries()
    .map(({ key, value }) => readEntry({ key: Buffer.from(key), value: Buffer.from(value) }))
    .flatMap((read) => (isReject(read) || read.chainId !== network.chainId ? [] : [read]));
}
