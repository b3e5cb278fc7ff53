import { readConfig } from '../../core/config/config.js';
import { compareText } from '../../core/equal.js';
import { configPath, networkOfPath } from '../../core/layout.js';
import { findRecord } from '../../core/model/lookup.js';
import { type ContractType, toContractType } from '../../core/model/contract-type.js';
import { type NetworkFile, recordsOf } from '../../core/model/network-file.js';
import type { StateRecord } from '../../core/model/record.js';
import { shown } from '../../core/shown.js';
import { readSnapshot } from '../../core/snapshot.js';
import { ownNetwork } from '../../commands/read-snapshot.js';
import { unreadable } from '../../commands/refusal-finding.js';
import { StateManagerError } from '../../errors.js';
import type { StateRepository, StateTree } from '../../ports/state-repository.js';
import type { Scope } from '../contract-store.js';
import { fileOfChain, networkNamed, type Networks } from './network-of-chain.js';

/** Every network file of a state root at a place, and its configuration. */
export async function networksOf(tree: StateTree, root: string): Promise<Networks> {
  const paths = await tree.paths();
  const read = await tree.read(paths.filter((path) => path === configPath(root) || networkOfPath(path)?.root === root));
  const { networks, refused } = readSnapshot(read, root);
  const config = readConfig(read.find(({ path }) => path === configPath(root))?.bytes ?? null);
  return { files: [...networks.values()], refused, config };
}

/** One contract of the work tree, without a git process; by any name that `get` takes. */
export async function readContract(
  repository: StateRepository,
  scope: Scope,
  contractName: string,
): Promise<ContractType | null> {
  const file = await fileInScope(repository, scope);
  const record = file === null ? null : findRecord(file, contractName);
  return record === null ? null : contractOf(record);
}

/** Ascending by chain id, name, network. Throws STATE_INVALID where a file cannot be read: its contracts are missing. */
export async function listContracts(repository: StateRepository, scope: Scope | undefined): Promise<ContractType[]> {
  const files = scope === undefined ? await allFiles(repository) : [await fileInScope(repository, scope)];
  return files
    .flatMap((file) => (file === null ? [] : recordsOf(file)))
    .map((record) => ({ network: record.network, contract: contractOf(record) }))
    .sort(
      (a, b) =>
        a.contract.chainId - b.contract.chainId ||
        compareText(a.contract.contractName, b.contract.contractName) ||
        compareText(a.network, b.network),
    )
    .map(({ contract }) => contract);
}

/** By its file, the configuration, or the network it is an environment of; null for what only the known chains know. */
export async function chainOfNetwork(repository: StateRepository, network: string): Promise<number | null> {
  const tree = await repository.at('worktree');
  const own = await ownNetwork(tree, repository.root, network);
  if (own !== null) return own.chainId;
  const networks = await networksOf(tree, repository.root);
  const named = networkNamed(network, networks);
  const isStored =
    networks.files.some((file) => file.network === named.network) ||
    networks.config.networks.some(({ name }) => name === named.network);
  return isStored || named.environment !== undefined ? named.chainId : null;
}

/** FORMAT §8, but for the checksum: it belongs to the file, and would not hold for what a script makes of the contract. */
export function contractOf(record: StateRecord): ContractType {
  const fields = Object.entries(record.fields).filter(([field]) => field !== 'checksum');
  return toContractType({ ...record, fields: Object.fromEntries(fields) });
}

/** Throws CHAIN_ID_MISMATCH when the named network is of another chain than the caller takes it for. */
export function assertChain(file: Pick<NetworkFile, 'network' | 'chainId'>, { chainId }: Scope): void {
  if (file.chainId === chainId) return;
  throw new StateManagerError(
    'CHAIN_ID_MISMATCH',
    `${shown(file.network)} is chain ${file.chainId} here, not ${chainId}`,
    {
      hint: `create the manager with chain id ${file.chainId}, or for the network of chain ${chainId}`,
      details: { network: file.network, expected: file.chainId, actual: chainId },
    },
  );
}

async function fileInScope(repository: StateRepository, scope: Scope): Promise<NetworkFile | null> {
  const tree = await repository.at('worktree');
  if (scope.network === undefined) return fileOfChain(scope.chainId, await networksOf(tree, repository.root));
  const file =
    (await ownNetwork(tree, repository.root, scope.network)) ??
    fileNamed(scope.network, await networksOf(tree, repository.root));
  if (file !== null) assertChain(file, scope);
  return file;
}

function fileNamed(spelling: string, networks: Networks): NetworkFile | null {
  const { network } = networkNamed(spelling, networks);
  const unknown = networks.refused.find((refused) => refused.network === network);
  if (unknown !== undefined) throw unreadable(unknown.path, unknown.refusal);
  return networks.files.find((file) => file.network === network) ?? null;
}

/** Throws STATE_INVALID where one cannot be read. */
export async function allFiles(repository: StateRepository): Promise<readonly NetworkFile[]> {
  const { files, refused } = await networksOf(await repository.at('worktree'), repository.root);
  const [unknown] = refused;
  if (unknown !== undefined) throw unreadable(unknown.path, unknown.refusal);
  return files;
}
