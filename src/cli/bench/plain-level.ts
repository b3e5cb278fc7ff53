import { Level } from 'level';
import type { ContractType } from '../../core/model/contract-type.js';
import type { Subject } from './subject.js';

/** `level` and nothing else, as scripts had it before there were managers: nothing is synced, nothing is checked. */
export async function openPlainLevel(folder: string): Promise<Subject> {
  const database = new Level<string, ContractType | undefined>(folder, { valueEncoding: 'json' });
  await database.open();
  return {
    read: async (chainId, contractName) => (await database.get(`${chainId}-${contractName}`)) ?? null,
    write: (contract) => database.put(keyOf(contract), contract),
    writeAll: (contracts) =>
      database.batch(contracts.map((contract) => ({ type: 'put', key: keyOf(contract), value: contract }))),
    query: async (chainId) => {
      const values = await database.values({ gte: `${chainId}-`, lt: `${chainId}.` }).all();
      return values.filter((value) => value !== undefined);
    },
    close: () => database.close(),
  };
}

function keyOf({ chainId, contractName }: ContractType): string {
  return `${chainId}-${contractName}`;
}
