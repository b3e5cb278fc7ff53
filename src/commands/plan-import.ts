import { tierOf } from '../core/config/resolve-network.js';
import { compareText } from '../core/equal.js';
import { isObject, type Json, member } from '../core/json.js';
import { groupByNetwork, type NetworkGroup, type NetworkWish } from '../core/legacy/group-by-network.js';
import { isUtf8 } from '../core/legacy/key-text.js';
import type { Ambiguity, LegacyRecord, LegacyReject } from '../core/legacy/legacy-record.js';
import { settleNetwork } from '../core/legacy/settle-network.js';
import { networkFilePath, quarantinePath } from '../core/layout.js';
import { emptyNetworkFile, type NetworkFile } from '../core/model/network-file.js';
import { type QuarantineItem, quarantineText, readQuarantine, withItems } from '../core/quarantine.js';
import { StateManagerError } from '../errors.js';
import type { CommitPlan, StateTree } from '../ports/state-repository.js';
import { type BaseState, baseState } from './base-state.js';
import { type Edits, planCommit } from './record.js';

/** Every entry of a source, in key order. */
export type ReadEntries = { readonly records: readonly LegacyRecord[]; readonly rejects: readonly LegacyReject[] };

export type ImportPlan = {
  /** Oldest first. */
  readonly commits: readonly CommitPlan[];
  /** Ascending by name. */
  readonly networks: readonly PlannedNetwork[];
  /** By key. */
  readonly quarantined: readonly { key: string; reason: string; value: Json; file: string }[];
  readonly ambiguous: readonly Ambiguity[];
};

type PlannedNetwork = {
  readonly network: string;
  readonly chainId: number;
  readonly imported: readonly string[];
  readonly unchanged: number;
  readonly withoutArguments: number;
  /** Index into `commits`; null when the network is as the source says already. */
  readonly commit: number | null;
};

/**
 * What importing these entries onto a tree would commit: one commit per network that changes, ascending; a quarantine
 * file in its network's commit, else in the last. Throws STATE_INVALID, CHAIN_ID_MISMATCH, BAD_USAGE, CONFIG_INVALID.
 */
export async function planImport(
  root: string,
  tree: StateTree,
  read: ReadEntries,
  options: { readonly source: string; readonly wish: NetworkWish },
): Promise<ImportPlan> {
  const base = await baseState(root, tree);
  const sources = { files: await base.readable(), config: base.config };
  const grouped = groupByNetwork(read.records, sources, options.wish);
  const settled = [];
  for (const group of grouped.groups) settled.push(await settle(base, group));
  const rejects = [...read.rejects, ...grouped.rejects, ...settled.flatMap((network) => network.rejects)];
  const quarantine = await quarantineEdits(base, rejects);
  const edits: { chainId: number | null; files: Map<string, string | null> }[] = [];
  const networks = settled.map((network): PlannedNetwork => {
    if (network.imported.size > 0)
      edits.push({ chainId: network.chainId, files: new Map([[network.path, network.text]]) });
    return {
      ...network,
      imported: [...network.imported.keys()],
      commit: network.imported.size > 0 ? edits.length - 1 : null,
    };
  });
  for (const [chainId, { path, text }] of quarantine) {
    const own = edits.find((edit) => edit.chainId === chainId) ?? edits.at(-1);
    if (own === undefined) edits.push({ chainId, files: new Map([[path, text]]) });
    else own.files.set(path, text);
  }
  return {
    commits: await commitsOf(
      base,
      edits.map((edit) => edit.files),
      options.source,
    ),
    networks,
    quarantined: rejects
      .map(({ key, reason, value, chainId }) => ({ key, reason, value, file: quarantinePath(root, chainId) }))
      .sort((a, b) => compareText(a.key, b.key)),
    ambiguous: [...grouped.ambiguous, ...settled.flatMap((network) => network.ambiguous)],
  };
}

async function settle(base: BaseState, group: NetworkGroup) {
  const path = networkFilePath(base.root, group.network);
  const file = await fileOf(base, group);
  return {
    ...settleNetwork(path, file, group.records, base.config),
    path,
    network: group.network,
    chainId: group.chainId,
  };
}

async function fileOf(base: BaseState, { network, chainId }: NetworkGroup): Promise<NetworkFile> {
  const existing = await base.network(network);
  if (existing !== null && existing.chainId !== chainId) {
    throw new StateManagerError('CHAIN_ID_MISMATCH', `${network} is chain ${existing.chainId} here, not ${chainId}`, {
      hint: `name the network of chain ${chainId}: --network <name> --chain-id ${chainId}, or networks in stateroot.config.json`,
      details: { network, expected: existing.chainId, given: chainId },
    });
  }
  if (existing !== null) return existing;
  const tier = tierOf(network, chainId, base.config);
  const environment = base.config.networks.find((entry) => entry.name === network)?.environment;
  return emptyNetworkFile({
    network,
    chainId,
    ...(tier === undefined ? {} : { networkTier: tier }),
    ...(environment === undefined ? {} : { environment }),
  });
}

/** The quarantine files that change, by chain id, the one without chain id last. */
async function quarantineEdits(
  base: BaseState,
  rejects: readonly LegacyReject[],
): Promise<Map<number | null, { path: string; text: string }>> {
  const edits = new Map<number | null, { path: string; text: string }>();
  const chains = [...new Set(rejects.map((one) => one.chainId))].sort((a, b) => (a ?? Infinity) - (b ?? Infinity));
  for (const chainId of chains) {
    const path = quarantinePath(base.root, chainId);
    const [file] = await base.tree.read([path]);
    const current = readQuarantine(file?.bytes ?? null);
    if (!current.ok || !isObject(member(current.root, 'records'))) throw invalidQuarantine(path);
    const items = rejects.filter((one) => one.chainId === chainId).map(itemOf);
    const text = quarantineText(withItems(current.root, items));
    if (file === undefined || Buffer.from(file.bytes).toString('utf8') !== text) edits.set(chainId, { path, text });
  }
  return edits;
}

function itemOf({ key, reason, raw }: LegacyReject): QuarantineItem {
  const bytes = Buffer.from(raw);
  const stored = isUtf8(raw) ? { raw: bytes.toString('utf8') } : { rawBase64: bytes.toString('base64') };
  return { key, reason, source: 'leveldb', ...stored };
}

function invalidQuarantine(path: string): StateManagerError {
  return new StateManagerError('STATE_INVALID', `${path} is not a quarantine file, so nothing can be added to it`, {
    hint: `stateroot validate ${path}`,
    details: { path },
  });
}

async function commitsOf(base: BaseState, edits: readonly Edits[], source: string): Promise<CommitPlan[]> {
  const commits: CommitPlan[] = [];
  for (const files of edits) {
    const planned = await planCommit(base, files, { operation: 'import', source });
    if (planned === null) throw new Error('an import that changes records came out as the file that was there');
    commits.push(planned.plan);
  }
  return commits;
}
