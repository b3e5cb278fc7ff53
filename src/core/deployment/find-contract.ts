import { isObject } from '../json.js';
import type { ContractType } from '../model/contract-type.js';
import { otherNames } from '../model/lookup.js';
import { shortName } from '../model/names.js';
import { tagBigints } from '../values/bigint.js';

/** `likely` are no answer, and yet too alike for "not there": one contract may be behind both names. */
export type FoundContract =
  | { readonly kind: 'one'; readonly contract: ContractType }
  | { readonly kind: 'several' | 'likely'; readonly names: readonly string[] }
  | { readonly kind: 'none' };

/**
 * The contract of one chain that a name means (FORMAT §5): by name, else by alias or `source.contractName`, else the only
 * one with that short name. `likely` is one under the short name of a fully-qualified name, or in another case.
 */
export function findContract(contracts: readonly ContractType[], name: string): FoundContract {
  const ways: ((contract: ContractType) => boolean)[] = [
    ({ contractName }) => contractName === name,
    (contract) => callNames(contract).includes(name),
    ({ contractName }) => shortName(contractName) === name,
  ];
  for (const way of ways) {
    const [contract, ...others] = contracts.filter(way);
    if (contract === undefined) continue;
    if (others.length === 0) return { kind: 'one', contract };
    return { kind: 'several', names: [contract, ...others].map(({ contractName }) => contractName) };
  }
  const likely = contracts.filter((contract) =>
    callNames(contract).some((other) => other === shortName(name) || other.toLowerCase() === name.toLowerCase()),
  );
  if (likely.length === 0) return { kind: 'none' };
  return { kind: 'likely', names: likely.map(({ contractName }) => contractName) };
}

function callNames(contract: ContractType): string[] {
  const fields = tagBigints({ aliases: contract['aliases'], source: contract['source'] });
  return [contract.contractName, ...(isObject(fields) ? otherNames({ fields }) : [])];
}
