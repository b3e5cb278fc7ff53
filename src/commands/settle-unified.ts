import { type FoldedFile } from '../core/fold/fold.js';
import { foldedRecords, mergeSections, nextFolded } from '../core/fold/merge-folded.js';
import { member } from '../core/json.js';
import type { Ambiguity, LegacyReject } from '../core/legacy/legacy-record.js';
import { sameContent } from '../core/legacy/next-record.js';
import { settleNetwork } from '../core/legacy/settle-network.js';
import { networkFilePath, unifiedFolder } from '../core/layout.js';
import { type NetworkFile, networkFileText, parseNetworkFile, recordsOf } from '../core/model/network-file.js';
import { StateManagerError } from '../errors.js';
import type { BaseState } from './base-state.js';
import type { SettledNetwork } from './plan-import.js';
import type { UnifiedFile } from './read-unified.js';

/** A file of the source in normal form, and the network it is about. */
export type Folding = UnifiedFile & { readonly network: string; readonly chainId: number; readonly result: FoldedFile };

/** A network as a folded file leaves it, and what that says besides the folding. */
export type SettledUnified = {
  readonly network: SettledNetwork;
  readonly rejects: readonly LegacyReject[];
  readonly ambiguous: readonly Ambiguity[];
};

/**
 * The committed file of this repository that the source is gives way to its own normal form, whatever is wrong with it;
 * any other is merged with what the source says. Throws CHAIN_ID_MISMATCH, STATE_INVALID.
 */
export async function settleUnified(base: BaseState, folding: Folding): Promise<SettledUnified> {
  const path = networkFilePath(base.root, folding.network);
  const ownPath = `${unifiedFolder(base.root)}/${folding.file.name}`;
  const [here] = await base.tree.read([path]);
  const [own] = path === ownPath ? [here] : await base.tree.read([ownPath]);
  const isOwn = own !== undefined && Buffer.from(own.bytes).equals(folding.file.bytes);
  const isHere = isOwn && own === here;
  // The same content under a name that is none: it stands under the right one now.
  const replaces = isOwn && !isHere ? [ownPath] : [];
  if (here === undefined || isHere) {
    return { network: replaced(folding, here?.bytes, replaces), rejects: [], ambiguous: [] };
  }
  return merged(base, folding, path, replaces);
}

/** The file is new, or its own normal form takes its place: what is there need not be valid for that. */
function replaced(folding: Folding, before: Uint8Array | undefined, replaces: readonly string[]): SettledNetwork {
  const { network, chainId, result } = folding;
  const parsed = before === undefined ? null : parseNetworkFile(before);
  const old = new Map(parsed?.ok === true ? recordsOf(parsed.file).map((record) => [record.name, record]) : []);
  const records = recordsOf(result.file);
  const imported = records.filter(({ name, fields }) => {
    const there = old.get(name)?.fields;
    return there === undefined || !sameContent(there, fields) || !Object.hasOwn(there, 'checksum');
  });
  return {
    network,
    chainId,
    imported: imported.map(({ name }) => name),
    unchanged: records.length - imported.length,
    withoutArguments: records.filter(({ fields }) => member(fields, 'deploymentArgs') === undefined).length,
    text: result.text,
    isChanged: before === undefined || Buffer.from(before).toString('utf8') !== result.text,
    replaces,
  };
}

async function merged(
  base: BaseState,
  folding: Folding,
  path: string,
  replaces: readonly string[],
): Promise<SettledUnified> {
  const { network, chainId, result, source, file } = folding;
  const existing = await existingNetwork(base, network, path);
  if (existing === null) throw new Error(`${path} was there a moment ago`);
  if (existing.chainId !== chainId) {
    throw new StateManagerError('CHAIN_ID_MISMATCH', `${network} is chain ${existing.chainId} here, not ${chainId}`, {
      hint: `call the file after the network of chain ${chainId}, then the same command again`,
      details: { network, expected: existing.chainId, given: chainId, file: file.path },
    });
  }
  const sections = mergeSections(existing, result.file);
  const settled = settleNetwork(path, sections, foldedRecords(result, source), base.config, nextFolded(result.file));
  return {
    network: {
      ...settled,
      network,
      chainId,
      imported: [...settled.imported.keys()],
      isChanged: replaces.length > 0 || settled.text !== networkFileText(existing),
      replaces,
    },
    rejects: settled.rejects.map((one) => ({ ...one, chainId, file: file.path })),
    ambiguous: settled.ambiguous,
  };
}

async function existingNetwork(base: BaseState, network: string, path: string): Promise<NetworkFile | null> {
  try {
    return await base.network(network);
  } catch (error) {
    if (!(error instanceof StateManagerError) || error.code !== 'STATE_INVALID') throw error;
    const { code, message, details } = error;
    const hint = `commit or stash what is edited in it, and bring it into normal form: stateroot import unified ${path}`;
    throw new StateManagerError(code, message, { cause: error, hint, details });
  }
}
