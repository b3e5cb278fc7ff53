import { compareText } from '../../core/equal.js';
import { findRecord } from '../../core/model/lookup.js';
import type { ContractType } from '../../core/model/contract-type.js';
import { type NetworkFile, recordNamed } from '../../core/model/network-file.js';
import { occurrencesIn } from '../../commands/occurrences.js';
import { environmentOf } from '../unified/network-of-chain.js';
import { contractOf } from '../unified/read-networks.js';

/** A contract wherever it is. */
export type GlobalContractInfo = {
  readonly query: string;
  /** By chain id, network, name; empty where no network has it. */
  readonly places: readonly GlobalPlace[];
};

type GlobalPlace = {
  readonly network: string;
  readonly chainId: number;
  /** Null for the main one. */
  readonly environment: string | null;
  readonly contractName: string;
  /** Where the record holds the address or hash: `proxy`, `implementation`, `deploymentArgs/0`; empty for a name. */
  readonly fields: readonly string[];
  readonly contract: ContractType;
};

/**
 * Every record that holds an address or a hash in any field, as `find` does; for other text, the record of that name or
 * alias on each network. Throws NAME_AMBIGUOUS.
 */
export function globalContract(files: readonly NetworkFile[], query: string): GlobalContractInfo {
  const isValue = /^0x(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(query);
  const places = files.flatMap((file) => (isValue ? placesOfValue(file, query) : placesOfName(file, query)));
  places.sort(
    (a, b) => a.chainId - b.chainId || compareText(a.network, b.network) || compareText(a.contractName, b.contractName),
  );
  return { query, places };
}

function placesOfValue(file: NetworkFile, value: string): GlobalPlace[] {
  const found = occurrencesIn(file, value);
  const names = [...new Set(found.map(({ contractName }) => contractName))];
  return names.flatMap((name) =>
    place(
      file,
      name,
      found.filter(({ contractName }) => contractName === name).map(({ field }) => field),
    ),
  );
}

function placesOfName(file: NetworkFile, name: string): GlobalPlace[] {
  const record = findRecord(file, name);
  return record === null ? [] : place(file, record.name, []);
}

function place(file: NetworkFile, name: string, fields: readonly string[]): GlobalPlace[] {
  const record = recordNamed(file, name);
  if (record === null) return [];
  const { network, chainId } = file;
  return [
    { network, chainId, environment: environmentOf(file), contractName: name, fields, contract: contractOf(record) },
  ];
}
