import { networkFilePath } from '../core/layout.js';
import { member } from '../core/json.js';
import { type NetworkFile, parseNetworkFile } from '../core/model/network-file.js';
import type { BaseState } from './base-state.js';

/** Name, chain and environment of every network that is here and can be read, and nothing else of it; one file at a time. */
export async function knownNetworks(base: BaseState): Promise<NetworkFile[]> {
  const known: NetworkFile[] = [];
  for (const network of base.networks) {
    const [file] = await base.tree.read([networkFilePath(base.root, network)]);
    const parsed = file === undefined ? null : parseNetworkFile(file.bytes);
    if (parsed === null || !parsed.ok) continue;
    const { network: name, chainId, root } = parsed.file;
    const environment = member(root, 'environment');
    known.push({ network: name, chainId, root: environment === undefined ? {} : { environment } });
  }
  return known;
}
