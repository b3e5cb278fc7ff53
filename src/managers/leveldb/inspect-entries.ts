import { compareText } from '../../core/equal.js';
import type { LegacyEntry } from '../../core/legacy/entry.js';
import { keyText } from '../../core/legacy/key-text.js';
import { isReject, readEntry } from '../../core/legacy/read-entry.js';
import type { StoreProblem } from '../contract-store.js';
import { keyOf, readStored, type Stored } from './stored-contract.js';

/** Everything that is wrong with the entries: what an import would refuse, and what stands twice. */
export function inspectEntries(entries: readonly LegacyEntry[]): readonly StoreProblem[] {
  const stored = entries.flatMap(({ key, value }) => {
    const parsed = keyOf(key);
    const read = parsed === null ? null : readStored(parsed, value);
    return read === null || 'reason' in read ? [] : [read];
  });
  return [...entries.flatMap(refused), ...addressedProblems(stored)].sort(
    (a, b) => compareText(a.severity, b.severity) || compareText(a.key, b.key) || compareText(a.message, b.message),
  );
}

function refused(entry: LegacyEntry): StoreProblem[] {
  const read = readEntry(entry);
  return isReject(read) ? [{ severity: 'error', key: keyText(entry.key), message: read.reason }] : [];
}

function addressedProblems(stored: readonly Stored[]): StoreProblem[] {
  const keys = new Set(stored.map(({ key }) => key));
  const addressed = stored.filter(({ network }) => network !== null);
  return addressed.flatMap(({ key, chainId, network, contractName }): StoreProblem[] => {
    if (chainId === null) return [{ severity: 'error', key, message: `nothing says which chain ${network} is` }];
    const own = `${chainId}-${contractName}`;
    if (keys.has(own))
      return [{ severity: 'warning', key, message: `${own} stands for this contract too, and is read` }];
    const isAlone = addressed.every(
      (each) => each.key === key || each.chainId !== chainId || each.contractName !== contractName,
    );
    return isAlone ? [] : [{ severity: 'warning', key, message: `${own} stands under another address too` }];
  });
}
