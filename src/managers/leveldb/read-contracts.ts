import { foldSpelling } from '../../core/config/spelling.js';
import { compareText } from '../../core/equal.js';
import { member } from '../../core/json.js';
import type { ContractType } from '../../core/model/contract-type.js';
import { shown } from '../../core/shown.js';
import { StateManagerError } from '../../errors.js';
import type { Scope } from '../contract-store.js';
import { addressedAs, addressedEntries, isIn } from './addressed.js';
import { damaged } from './database-failure.js';
import type { Database } from './open-database.js';
import { severalOf } from './several-of.js';
import { chainKey, contractOf, keyOf, readStored, type Stored, type Unreadable } from './stored-contract.js';

/** Under its key, else the `<network>:<address>` entry of that name. Throws LEVELDB_READ_ERROR, NAME_AMBIGUOUS. */
export async function readContract(
  database: Database,
  scope: Scope,
  contractName: string,
): Promise<ContractType | null> {
  const key = chainKey(scope.chainId, contractName);
  const value = await database.get(key);
  const parsed = value === undefined ? null : keyOf(key);
  if (value !== undefined && parsed !== null) {
    return contractOf(readable(database, readStored(parsed, value)), scope.chainId);
  }
  const [stored, ...more] = addressedAs(await addressedEntries(database), scope, contractName);
  if (stored === undefined) return null;
  if (more.length > 0) throw severalOf(contractName, [stored, ...more]);
  return contractOf(stored, scope.chainId);
}

/**
 * Ascending by chain id and name. A `<network>:<address>` entry whose contract stands under its own key too does not count.
 * Throws LEVELDB_READ_ERROR, and without a scope CHAIN_ID_UNKNOWN.
 */
export async function listContracts(database: Database, scope: Scope | undefined): Promise<readonly ContractType[]> {
  const stored = await storedIn(database, scope);
  const keys = new Set(stored.map(({ key }) => key));
  return stored
    .flatMap((each) => {
      const chainId = each.chainId ?? scope?.chainId;
      if (chainId === undefined) throw unknownChain(each);
      return each.network !== null && keys.has(`${chainId}-${each.contractName}`) ? [] : [contractOf(each, chainId)];
    })
    .sort((a, b) => a.chainId - b.chainId || compareText(a.contractName, b.contractName));
}

/** By the networkName of records and the network of keys, in any spelling. Throws LEVELDB_READ_ERROR, CHAIN_AMBIGUOUS. */
export async function chainOfNetwork(database: Database, network: string): Promise<number | null> {
  const stored = await storedIn(database, undefined);
  const chains = new Set(
    stored
      .filter((each) => namesOf(each).some((name) => foldSpelling(name) === foldSpelling(network)))
      .flatMap(({ chainId }) => (chainId === null ? [] : [chainId])),
  );
  const [chainId, ...more] = [...chains].sort((a, b) => a - b);
  if (chainId === undefined || more.length === 0) return chainId ?? null;
  const candidates = [chainId, ...more];
  throw new StateManagerError(
    'CHAIN_AMBIGUOUS',
    `Records of ${shown(network)} are of chains ${candidates.join(', ')}`,
    {
      hint: 'pass chainId when the manager is created',
      details: { network, candidates },
    },
  );
}

async function storedIn(database: Database, scope: Scope | undefined): Promise<readonly Stored[]> {
  const entries = await database.entries();
  return entries.flatMap(({ key, value }) => {
    const parsed = keyOf(key);
    if (parsed === null || (parsed.form === 'chain' && scope !== undefined && parsed.chainId !== scope.chainId))
      return [];
    const stored = readStored(parsed, value);
    return scope === undefined || isIn(stored, scope) ? [readable(database, stored)] : [];
  });
}

function readable(database: Database, stored: Stored | Unreadable): Stored {
  if (!('reason' in stored)) return stored;
  throw damaged(database.path, `${shown(stored.key)}: ${stored.reason}`, { key: stored.key });
}

function namesOf({ network, value }: Stored): readonly string[] {
  const said = member(value, 'networkName');
  return [...(network === null ? [] : [network]), ...(typeof said === 'string' ? [said] : [])];
}

function unknownChain({ key, network }: Stored): StateManagerError {
  return new StateManagerError('CHAIN_ID_UNKNOWN', `Nothing says which chain ${shown(key)} is of`, {
    hint: `create a manager for ${shown(network ?? '')} with its chainId, and read it through that`,
    details: { key, network },
  });
}
