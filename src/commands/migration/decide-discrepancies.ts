import { decideSide, type ReconcileRule } from '../../core/reconcile/decide-side.js';
import { conflictGroupOf, discrepancyFile, type Side } from '../../core/reconcile/discrepancy.js';
import { chooseSides, type SideChoice } from '../resolve/choose-sides.js';
import type { KnownDiscrepancy } from './find-discrepancies.js';

/** A decision, and who made it. */
export type Decided = { readonly side: Side; readonly by: 'named' | 'rule' | 'asked' };

/** What a person typed: `--set bsctestnet/FeeManager=leveldb`. */
export type NamedSide = { readonly place: string; readonly side: Side };

/**
 * By index of the discrepancy; those that are missing are left to a person. What is named wins over the rule, the more exact
 * name over the other. Throws BAD_USAGE for a place where nothing is open, NAME_AMBIGUOUS.
 */
export function decideDiscrepancies(
  known: readonly KnownDiscrepancy[],
  root: string,
  { rule, named }: { readonly rule: ReconcileRule | null; readonly named: readonly NamedSide[] },
): Map<number, Decided> {
  const decided = new Map<number, Decided>();
  const choices = chosen(known, root, named);
  for (const [at, one] of known.entries()) {
    const { contract, conflicts } = conflictGroupOf(one.discrepancy);
    const choice = choices
      .get(discrepancyFile(one.discrepancy, root))
      ?.find((each) => each.contract === contract && each.path === conflicts[0]?.path);
    const ruled = rule === null ? null : decideSide(rule, one.discrepancy, one);
    if (choice !== undefined) decided.set(at, { side: choice.side === 'ours' ? 'git' : 'leveldb', by: 'named' });
    else if (ruled !== null) decided.set(at, { side: ruled, by: 'rule' });
  }
  return decided;
}

/** As `resolve --ours` and `--theirs` name a conflict: Git is ours, the LevelDB theirs. */
function chosen(known: readonly KnownDiscrepancy[], root: string, named: readonly NamedSide[]) {
  if (named.length === 0) return new Map<string, never[]>();
  const files = [...new Map(known.map(({ discrepancy }) => [discrepancy.network, discrepancy])).values()];
  const wanted = named.map(({ place, side }): SideChoice => ({ place, side: side === 'git' ? 'ours' : 'theirs' }));
  return chooseSides(
    files.map((first) => ({
      file: { path: discrepancyFile(first, root) },
      name: first.network,
      groups: known
        .filter(({ discrepancy }) => discrepancy.network === first.network)
        .map(({ discrepancy }) => conflictGroupOf(discrepancy)),
    })),
    wanted,
    'stateroot migrate reconcile',
  ).choices;
}
