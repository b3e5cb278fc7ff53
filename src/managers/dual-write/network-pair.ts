import { resolve } from 'node:path';
import { shown } from '../../core/shown.js';
import { StateManagerError } from '../../errors.js';
import type { ContractStore } from '../contract-store.js';
import { jsonContracts } from '../json/json-contracts.js';
import { levelContracts } from '../leveldb/level-contracts.js';
import { unifiedContracts } from '../unified/unified-contracts.js';
import { isStateRoot } from './is-state-root.js';

/** Both backends of a network below `cwd`, at their usual places; what is not LevelDB is what the migration goes to. */
export function networkPair(
  network: string,
  primaryBackend: string,
  {
    cwd: folder = process.cwd(),
    secondaryBackend,
  }: { readonly cwd?: string | undefined; readonly secondaryBackend?: string | undefined },
): { readonly source: ContractStore; readonly target: ContractStore; readonly primary: 'source' | 'target' } {
  const cwd = resolve(folder);
  const other = secondaryBackend ?? secondaryBeside(primaryBackend, cwd);
  if (other === primaryBackend) {
    throw new StateManagerError('BAD_USAGE', `${shown(other)} is the primary and the secondary backend`, {
      hint: 'pass another secondaryBackend, or leave it out',
    });
  }
  const isSourceFirst = primaryBackend === 'leveldb' || (other !== 'leveldb' && primaryBackend === 'json');
  const [source, target] = isSourceFirst ? [primaryBackend, other] : [other, primaryBackend];
  return {
    source: storeNamed(source, network, cwd),
    target: storeNamed(target, network, cwd),
    primary: isSourceFirst ? 'source' : 'target',
  };
}

/** What is beside a primary backend where nothing is said. */
export function secondaryBeside(primaryBackend: string, cwd: string): string {
  if (primaryBackend !== 'leveldb') return 'leveldb';
  return isStateRoot(cwd) ? 'unified' : 'json';
}

function storeNamed(backend: string, network: string, cwd: string): ContractStore {
  if (backend === 'leveldb') return levelContracts({ path: resolve(cwd, 'leveldb') });
  if (backend === 'json') return jsonContracts({ cwd, network });
  if (backend === 'unified') return unifiedContracts({ cwd });
  throw new StateManagerError('BAD_USAGE', `${shown(backend)} is no backend of a migration`, {
    hint: 'one of leveldb, json, unified; others as managers: new MigrationStateManager(source, target)',
    details: { backend, allowed: ['leveldb', 'json', 'unified'] },
  });
}
