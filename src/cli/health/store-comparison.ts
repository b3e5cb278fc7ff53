import type { Check } from '../../commands/doctor/check.js';
import type { ContractType } from '../../core/model/contract-type.js';
import { compareContracts } from '../../core/compare/compare-contracts.js';
import type { ContractStore } from '../../managers/contract-store.js';
import { counted } from '../text/table.js';

/**
 * Does the state in Git hold what the LevelDB holds. A warning at most: which of them is right is not known here. Where a
 * record came from, and what was recovered into it, is in the state only and no difference.
 */
export async function comparisonChecks(
  source: ContractStore,
  target: ContractStore,
  leveldb: string,
): Promise<readonly Check[]> {
  const there = (await target.list()).map(withoutOrigin);
  if (there.length === 0) return [];
  const { matches, mismatches, missing, extra } = compareContracts((await source.list()).map(withoutOrigin), there);
  const fuller = mismatches.filter(({ differences }) => differences.every(({ before }) => before === undefined)).length;
  const different = mismatches.length - fuller;
  const alike = `LevelDB and state: ${counted(matches, 'contract')} alike`;
  const parts = [
    alike,
    ...(fuller > 0 ? [`${fuller} with more in the state`] : []),
    ...(different > 0 ? [`${different} different`] : []),
    ...(missing.length > 0 ? [`${missing.length} in the LevelDB only`] : []),
    ...(extra.length > 0 ? [`${extra.length} in the state only`] : []),
  ];
  const message = parts.join(', ');
  if (different + missing.length + extra.length === 0) return [{ check: 'comparison', severity: 'ok', message }];
  return [{ check: 'comparison', severity: 'warning', message, fix: `stateroot import leveldb ${leveldb} --dry-run` }];
}

function withoutOrigin(contract: ContractType): ContractType {
  return Object.fromEntries(Object.entries(contract).filter(([field]) => field !== 'source')) as ContractType;
}
