import type { Random } from '../../fuzz/random.js';
import type { FulfilledRow } from '../row.js';

/** So many rows, none twice. */
export function drawRows(rows: readonly FulfilledRow[], count: number, chosen: Random): FulfilledRow[] {
  const left = [...rows];
  return Array.from({ length: Math.min(count, left.length) }, () => left.splice(chosen.below(left.length), 1)).flat();
}
