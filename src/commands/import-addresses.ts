import { compareText } from '../core/equal.js';
import { networkFilePath } from '../core/layout.js';
import type { LegacyRecord } from '../core/legacy/legacy-record.js';
import { nextAddress } from '../core/legacy/next-address.js';
import { type AddressMap, readAddressMap } from '../core/legacy/read-address-map.js';
import { settleNetwork } from '../core/legacy/settle-network.js';
import { sourceId } from '../core/legacy/source-id.js';
import { type NetworkFile, recordNamed } from '../core/model/network-file.js';
import { shown } from '../core/shown.js';
import { StateManagerError } from '../errors.js';
import type { SourceFile } from '../ports/source-files.js';
import type { StateRepository } from '../ports/state-repository.js';
import type { BaseState } from './base-state.js';
import { type ImportOptions, type ImportResult, importSource } from './import-source.js';
import { mapNetwork } from './map-network.js';
import { type ImportPlan, planImport } from './plan-import.js';

export type AddressesRequest = ImportOptions & {
  /** At least one. */
  readonly files: readonly SourceFile[];
  /** Only for a single file. */
  readonly network?: string | undefined;
  readonly chainId?: number | undefined;
};

/**
 * Maps of names to addresses as commits, one per network; a map is about the network it is called after. Throws
 * BAD_INPUT for a file that is no JSON object and for two maps of one network, BAD_USAGE, NETWORK_NAME_INVALID,
 * CHAIN_ID_UNKNOWN, CHAIN_ID_MISMATCH, STATE_INVALID, CONFIG_INVALID, IMPORT_STRICT, and what writing throws.
 */
export async function importAddresses(repository: StateRepository, request: AddressesRequest): Promise<ImportResult> {
  refuseOneNameForMany(request);
  const kind = 'addresses';
  const maps = request.files.map((file) => readMap(file, request));
  const id = idOf(maps);
  const plan = async (base: BaseState): Promise<ImportPlan> => {
    const placed = await placeMaps(base, maps, request.chainId);
    return planImport(base, {
      kind,
      id,
      networks: placed.map((one) => {
        return { chainId: one.file.chainId, settle: () => Promise.resolve(settleMap(base, one)) };
      }),
    });
  };
  return importSource(repository, { kind, id, plan }, request);
}

type NamedMap = AddressMap & {
  /** As the user named the file. */
  readonly path: string;
  /** What the user or the file's name says the network is called. */
  readonly spelling: string;
  readonly isNamed: boolean;
};

function refuseOneNameForMany({ files, network, chainId }: AddressesRequest): void {
  if (files.length < 2 || (network === undefined && chainId === undefined)) return;
  const what = network === undefined ? '--chain-id' : '--network';
  throw new StateManagerError('BAD_USAGE', `${what} names one network, and there are ${files.length} maps.`, {
    hint: `import one map at a time: stateroot import addresses ${files[0]?.path ?? ''} ${what} …`,
    details: { files: files.map(({ path }) => path) },
  });
}

function readMap({ name, path, bytes }: SourceFile, { network }: AddressesRequest): NamedMap {
  const read = readAddressMap(bytes);
  if (read.ok) {
    const spelling = network ?? name.replace(/\.json$/, '');
    return { path, spelling, isNamed: network !== undefined, records: read.records, rejects: read.rejects };
  }
  const { rule, line, column, message } = read.refusal;
  throw new StateManagerError('BAD_INPUT', `${path}:${line}:${column}: ${message}`, {
    hint: `correct the file, then the same command again; more: stateroot validate --explain ${rule}`,
    details: { file: path, rule, line, column },
  });
}

/** What the maps say: neither their layout nor the order of their entries, nor where the files stand. */
function idOf(maps: readonly NamedMap[]): string {
  const entries = maps.flatMap(({ spelling, records, rejects }) =>
    [...records, ...rejects].map(({ key, raw }) => ({ key: Buffer.from(`${spelling}${key}`), value: raw })),
  );
  return sourceId([...entries].sort((a, b) => Buffer.compare(a.value, b.value)));
}

type PlacedMap = { readonly map: NamedMap; readonly file: NetworkFile };

/** Ascending by network. */
async function placeMaps(
  base: BaseState,
  maps: readonly NamedMap[],
  chainId: number | undefined,
): Promise<readonly PlacedMap[]> {
  const placed = new Map<string, PlacedMap>();
  for (const map of maps) {
    const file = await mapNetwork(base, { ...map, chainId });
    const other = placed.get(file.network);
    if (other !== undefined) throw twice(file.network, other.map, map);
    placed.set(file.network, { map, file });
  }
  return [...placed.values()].sort((a, b) => compareText(a.file.network, b.file.network));
}

function twice(network: string, one: NamedMap, other: NamedMap): StateManagerError {
  return new StateManagerError('BAD_INPUT', `${one.path} and ${other.path} are both about ${shown(network)}.`, {
    hint: `import the one that is right: stateroot import addresses ${one.path}`,
    details: { network, files: [one.path, other.path] },
  });
}

function settleMap(base: BaseState, { map, file }: PlacedMap) {
  const { network, chainId } = file;
  // Of two names for one record, its own speaks for it, wherever the map has it.
  const isOwnName = ({ contractName }: LegacyRecord): boolean => recordNamed(file, contractName) !== null;
  const [own, others] = [map.records.filter(isOwnName), map.records.filter((record) => !isOwnName(record))];
  const records = [...own, ...others].map((record) => ({ ...record, chainId }));
  const path = networkFilePath(base.root, network);
  const settled = settleNetwork(path, file, records, base.config, nextAddress);
  return {
    // A map never says arguments: that they are missing is no news.
    network: { ...settled, network, chainId, imported: [...settled.imported.keys()], withoutArguments: 0 },
    rejects: [...map.rejects, ...settled.rejects].map((one) => ({ ...one, chainId, file: map.path })),
    ambiguous: settled.ambiguous.map(({ rule, path: at, kept, other }) => {
      return { rule, file: map.path, path: at, kept, other };
    }),
  };
}
