import type { ContractType } from '../../core/model/contract-type.js';
import type { ContractStore } from '../contract-store.js';
import { addressedEntries, forgetAddressed } from './addressed.js';
import { holdDatabase } from './hold-database.js';
import { inspectEntries } from './inspect-entries.js';
import type { Database } from './open-database.js';
import { planWrites } from './plan-writes.js';
import { prepareChange } from './prepare-changes.js';
import { chainOfNetwork, listContracts, readContract } from './read-contracts.js';

/**
 * The LevelDB of deploy scripts as a store. `path` is its folder; where there is none, nothing is stored, and the first put
 * makes one: neither a read nor `open` creates anything. It is opened when it is first needed and held until `close`, so that no
 * other process has it meanwhile; after `close` only `open` opens it again.
 *
 * Keys `<chainId>-<Name>` are read and written, `<network>:<address>` read. A value comes back as it was stored, as scripts
 * knew it, whatever is wrong with it; `inspect` names what is. What cannot be read at all is LEVELDB_READ_ERROR.
 * Throws LEVELDB_READ_ERROR, LEVELDB_WRITE_ERROR, LEVELDB_LOCKED, LEVELDB_INVALID, BACKEND_UNAVAILABLE, NAME_AMBIGUOUS,
 * CHAIN_AMBIGUOUS, CHAIN_ID_UNKNOWN, BAD_INPUT, CHAIN_ID_MISMATCH.
 */
export function levelContracts({ path }: { readonly path: string }): ContractStore {
  const held = holdDatabase(path);
  const reading = <Result>(nothing: Result, read: (database: Database) => Promise<Result>): Promise<Result> =>
    held.use(false, async (database) => (database === null ? nothing : read(database)));
  return {
    type: 'leveldb',
    open: () => held.open(),
    chainOf: (network) => reading<number | null>(null, (database) => chainOfNetwork(database, network)),
    read: (scope, name) => reading<ContractType | null>(null, (database) => readContract(database, scope, name)),
    list: (scope) => reading<readonly ContractType[]>([], (database) => listContracts(database, scope)),
    async apply(changes) {
      const prepared = changes.map(prepareChange);
      return held.use(
        prepared.some(({ value }) => value !== null),
        async (database) => {
          if (database === null) return changes.map(() => false);
          return database.writing.runExclusive(async () => {
            const { operations, changed } = await planWrites(database, await addressedEntries(database), prepared);
            if (operations.length > 0) await database.write(operations);
            if (prepared.some(({ value }) => value === null)) forgetAddressed(database);
            return changed;
          });
        },
      );
    },
    inspect: () => reading([], async (database) => inspectEntries(await database.entries())),
    version: () => reading('nothing', (database) => Promise.resolve(database.version())),
    close: () => held.close(),
  };
}
