import { networkOfName } from '../core/config/resolve-network.js';
import { member } from '../core/json.js';
import { assertNetworkName, networkNameProblem } from '../core/model/names.js';
import { shown } from '../core/shown.js';
import { StateManagerError } from '../errors.js';
import type { BaseState } from './base-state.js';
import type { UnifiedFile } from './read-unified.js';

/** What `--network` and `--chain-id` say, for a single file that does not. */
export type UnifiedWish = { readonly network?: string | undefined; readonly chainId?: number | undefined };

/**
 * The network a file is about. `unified` keeps its files: it is the one of the file's name, else the one it says, else
 * `--network`; the chain is the one it says, else `--chain-id`, else that of the network as far as it is known here.
 * The reason when nothing says it. Throws BAD_USAGE when a flag contradicts the file, NETWORK_NAME_INVALID.
 */
export async function unifiedPlace(
  base: BaseState,
  { file, source, named }: UnifiedFile,
  wish: UnifiedWish,
): Promise<{ readonly network: string; readonly chainId: number } | { readonly reason: string }> {
  const saidNetwork = member(source.root, 'network');
  const said = typeof saidNetwork === 'string' && networkNameProblem(saidNetwork) === null ? saidNetwork : null;
  const network = agreed(file.path, '--network', named ?? said, wish.network);
  if (network === null) return { reason: 'neither its name nor its content names a network: say --network <name>' };
  assertNetworkName(network);
  const chainId = agreed(file.path, '--chain-id', chainIdOf(source.root), wish.chainId);
  const known = chainId ?? networkOfName(network, { files: await base.readable(), config: base.config }).chainId;
  if (known === null) return { reason: `nothing says the chain id of ${shown(network)}: say --chain-id <n>` };
  return { network, chainId: known };
}

/** A whole number, or its text. */
function chainIdOf(root: UnifiedFile['source']['root']): number | null {
  const said = member(root, 'chainId');
  const number = typeof said === 'string' && /^[1-9][0-9]{0,15}$/.test(said) ? Number(said) : said;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 1 ? number : null;
}

function agreed<T extends string | number>(
  path: string,
  flag: string,
  said: T | null,
  wished: T | undefined,
): T | null {
  if (wished === undefined || said === null || said === wished) return said ?? wished ?? null;
  throw new StateManagerError(
    'BAD_USAGE',
    `${path} says ${shown(String(said))} where ${flag} says ${shown(String(wished))}`,
    {
      hint: `leave ${flag} out: it is for files that do not say it`,
      details: { file: path, said, wished },
    },
  );
}
