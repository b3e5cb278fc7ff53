import { equalJson } from '../../core/equal.js';
import { networkFilePath } from '../../core/layout.js';
import { newNetworkFile } from '../../core/config/new-network.js';
import { categoryOf } from '../../core/model/category.js';
import { sealRecord } from '../../core/model/checksum.js';
import { type ContractType, fromContractType } from '../../core/model/contract-type.js';
import { findForWrite } from '../../core/model/lookup.js';
import {
  type NetworkFile,
  networkFileText,
  recordsOf,
  withoutRecord,
  withRecord,
} from '../../core/model/network-file.js';
import type { StateRecord } from '../../core/model/record.js';
import { shown } from '../../core/shown.js';
import type { BaseState } from '../../commands/base-state.js';
import { refuseCategory } from '../../commands/put.js';
import type { Edits } from '../../commands/record.js';
import { StateManagerError } from '../../errors.js';
import type { Scope, StoreChange } from '../contract-store.js';
import { fileOfChain, networkNamed, newNetworkOfChain } from './network-of-chain.js';
import { assertChain, contractOf, networksOf } from './read-networks.js';

/** `update` keeps what the record that is there has and `contract` does not name. */
export type UnifiedChange =
  | StoreChange
  | { readonly kind: 'update'; readonly scope: Scope; readonly contract: ContractType };

export type AppliedChanges = { readonly edits: Edits; readonly changed: readonly boolean[] };

/**
 * What the network files become, one change after the other, and which of the changes changed anything. A put replaces
 * the record (FORMAT §8). Throws CHAIN_AMBIGUOUS, CHAIN_ID_MISMATCH, STATE_INVALID, NOT_FOUND for an update, and what
 * `fromContractType` refuses.
 */
export async function applyChanges(base: BaseState, changes: readonly UnifiedChange[]): Promise<AppliedChanges> {
  const open = new Map<string, NetworkFile>();
  const changed: boolean[] = [];
  for (const change of changes) {
    const file =
      change.kind === 'put' ? await fileForPut(base, change, open) : await fileThere(base, change.scope, open);
    const next = file === null ? null : withChange(base, file, change);
    if (change.kind === 'update' && file === null) throw nothingToUpdate(change.contract, change.scope);
    changed.push(next !== null);
    if (next !== null) open.set(next.network, next);
  }
  // A new file that nothing is left in was never needed.
  const files = [...open.values()].filter((file) => base.networks.includes(file.network) || recordsOf(file).length > 0);
  return {
    edits: new Map(files.map((file) => [networkFilePath(base.root, file.network), networkFileText(file)])),
    changed,
  };
}

async function fileForPut(
  base: BaseState,
  { scope, contract }: { readonly scope: Scope; readonly contract: ContractType },
  open: ReadonlyMap<string, NetworkFile>,
): Promise<NetworkFile> {
  const there = await fileThere(base, scope, open);
  if (there !== null) return there;
  const { chainId } = scope;
  const networks = await knownNetworks(base, open);
  if (scope.network !== undefined) {
    const { network, chainId: known, environment } = networkNamed(scope.network, networks);
    assertChain({ network, chainId: known ?? chainId }, scope);
    return newNetworkFile({ network, chainId, environment }, base.config);
  }
  const spelling = typeof contract.networkName === 'string' ? contract.networkName : undefined;
  return newNetworkFile({ network: newNetworkOfChain(chainId, spelling, networks), chainId }, base.config);
}

/** The file of a scope as the changes before left it; null when there is none yet. */
async function fileThere(
  base: BaseState,
  scope: Scope,
  open: ReadonlyMap<string, NetworkFile>,
): Promise<NetworkFile | null> {
  const name = await networkName(base, scope, open);
  const file = name === null ? null : (open.get(name) ?? (await base.network(name)));
  if (file !== null) assertChain(file, scope);
  return file;
}

async function networkName(
  base: BaseState,
  { chainId, network }: Scope,
  open: ReadonlyMap<string, NetworkFile>,
): Promise<string | null> {
  if (network !== undefined && (open.has(network) || base.networks.includes(network))) return network;
  const networks = await knownNetworks(base, open);
  if (network !== undefined) return networkNamed(network, networks).network;
  return fileOfChain(chainId, networks)?.network ?? null;
}

async function knownNetworks(base: BaseState, open: ReadonlyMap<string, NetworkFile>) {
  const networks = await networksOf(base.tree, base.root);
  const others = networks.files.filter(({ network }) => !open.has(network));
  return { ...networks, files: [...others, ...open.values()] };
}

/** The file after one change; null when it changes nothing. */
function withChange(base: BaseState, file: NetworkFile, change: UnifiedChange): NetworkFile | null {
  if (change.kind === 'delete') {
    const found = findForWrite(file, change.contractName);
    return found === null ? null : withoutRecord(file, found.name);
  }
  const { contract, scope } = change;
  const existing = typeof contract.contractName === 'string' ? findForWrite(file, contract.contractName) : null;
  if (change.kind === 'put') return withNext(base, file, existing, contract);
  if (existing === null) throw nothingToUpdate(contract, scope);
  const known = contractOf(existing);
  return withNext(base, file, existing, { ...known, ...contract, contractName: known.contractName });
}

function withNext(
  base: BaseState,
  file: NetworkFile,
  existing: StateRecord | null,
  contract: ContractType,
): NetworkFile | null {
  const said = contract['category'];
  const given = typeof said === 'string' ? said : undefined;
  refuseCategory(given);
  const category = given ?? existing?.category ?? categoryOf(existing?.name ?? contract.contractName, base.config);
  const next = sealRecord(fromContractType(file, category, contract));
  const isSame = existing !== null && existing.category === next.category && equalJson(existing.fields, next.fields);
  return isSame ? null : withRecord(file, next);
}

export function nothingToUpdate({ contractName }: ContractType, { chainId, network }: Scope): StateManagerError {
  const where = network === undefined ? `chain ${chainId}` : shown(network);
  return new StateManagerError('NOT_FOUND', `There is no record ${shown(contractName)} on ${where} to update`, {
    hint: 'putContract writes a new one',
    details: { chainId, network, contractName },
  });
}
