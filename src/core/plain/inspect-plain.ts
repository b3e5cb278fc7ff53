import { grouped } from '../grouped.js';
import { type JsonObject, member } from '../json.js';
import { shown } from '../shown.js';
import { addressProblem } from '../values/address.js';
import { hashProblem } from '../values/hash.js';
import { isStale } from './details.js';
import type { PlainContract } from './plain-contract.js';
import { plainContracts } from './plain-contracts.js';
import type { PlainFile } from './plain-file.js';

export type PlainFinding = {
  readonly severity: 'error' | 'warning';
  /** Null where no contract can be named. */
  readonly name: string | null;
  readonly message: string;
};

/** What is wrong with the contracts of a file. Unknown hashes and addresses of one case are not. */
export function inspectPlain(file: PlainFile): PlainFinding[] {
  const { contracts, problems } = plainContracts(file);
  return [
    ...problems.map(({ path, message }) => error(null, `${path} ${message}`)),
    ...contracts.flatMap((contract) => inspectContract(file, contract)),
    ...[...grouped(contracts, ({ name }) => name)].flatMap(([name, same]) =>
      same.length === 1 ? [] : [error(name, `stands ${same.length} times: ${same.map(({ path }) => path).join(', ')}`)],
    ),
  ];
}

function inspectContract(
  file: PlainFile,
  { name, path, contract, base, entry, details }: PlainContract,
): PlainFinding[] {
  const isMentioned = file.form === 'v1' && !path.startsWith('/contracts/');
  return [
    ...addressFindings(name, contract),
    ...hashFindings(name, contract),
    ...chainFindings(name, entry, file),
    ...(isMentioned ? [warning(name, `stands at ${path} only, without implementation and hash`)] : []),
    ...(isStale(base, details)
      ? [
          warning(
            name,
            'has arguments, time and hashes that were written for another implementation; they are not read',
          ),
        ]
      : []),
  ];
}

function addressFindings(name: string, contract: JsonObject): PlainFinding[] {
  const addresses = ['address', 'proxyAddress'].flatMap((field): [string, string][] => {
    const value = member(contract, field);
    return typeof value === 'string' ? [[field, value]] : [];
  });
  if (addresses.length === 0) return [error(name, 'has no address')];
  return addresses.flatMap(([field, value]) => {
    const problem = addressProblem(value);
    if (problem === null || problem === 'address-case') return [];
    const why = problem === 'address-checksum' ? 'has mixed case that is not its EIP-55 form' : 'is no address';
    return [error(name, `${field} ${shown(value)} ${why}`)];
  });
}

function hashFindings(name: string, contract: JsonObject): PlainFinding[] {
  return ['factoryByteCodeHash', 'implementationHash'].flatMap((field) => {
    const value = member(contract, field);
    if (value === undefined || value === '' || hashProblem(value) !== 'hash-format') return [];
    return [error(name, `${field} ${shown(JSON.stringify(value))} is no hash`)];
  });
}

function chainFindings(name: string, entry: JsonObject, { chainId }: PlainFile): PlainFinding[] {
  const said = member(entry, 'chainId');
  if (said === undefined || said === chainId) return [];
  return [error(name, `says chain ${shown(JSON.stringify(said))}, its file is of chain ${chainId}`)];
}

function error(name: string | null, message: string): PlainFinding {
  return { severity: 'error', name, message };
}

function warning(name: string, message: string): PlainFinding {
  return { severity: 'warning', name, message };
}
