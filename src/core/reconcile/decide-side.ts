import type { Discrepancy, Side } from './discrepancy.js';
import { type Evidence, type LastChange, timesOf } from './evidence.js';

/** How discrepancies are decided where no person does (R134). */
export const reconcileRules = ['newest', 'leveldb', 'git', 'evidence'] as const;

export type ReconcileRule = (typeof reconcileRules)[number];

/** Fields that say where a contract belongs: the place in Git is not moved by a value of the LevelDB. */
const placeFields: ReadonlySet<string> = new Set(['network', 'category', 'name']);

/**
 * What a rule says; null where a person decides. No rule removes a record from Git: a script that does not find it there would
 * deploy a second one.
 */
export function decideSide(
  rule: ReconcileRule,
  discrepancy: Discrepancy,
  known: { readonly evidence: readonly Evidence[]; readonly lastChange: LastChange | null },
): Side | null {
  const side = sideOf(rule, discrepancy, known);
  const isRemoval = discrepancy.kind === 'only-git';
  const isPlace = discrepancy.fields.some((field) => placeFields.has(field));
  return side === 'leveldb' && (isRemoval || isPlace) ? null : side;
}

function sideOf(rule: ReconcileRule, discrepancy: Discrepancy, known: Parameters<typeof decideSide>[2]): Side | null {
  if (rule === 'leveldb' || rule === 'git') return rule;
  return rule === 'newest' ? newest(discrepancy, known) : heavier(known.evidence);
}

/** By the time of the deployment; of what one side lacks, whether it was removed there since. */
function newest(discrepancy: Discrepancy, { evidence, lastChange }: Parameters<typeof decideSide>[2]): Side | null {
  const times = timesOf(discrepancy);
  if (discrepancy.kind === 'differs') {
    if (times.leveldb === null || times.git === null || times.leveldb === times.git) return null;
    return times.leveldb > times.git ? 'leveldb' : 'git';
  }
  if (discrepancy.kind === 'only-git') {
    // When the LevelDB deleted it, nothing says.
    return evidence.some(({ side }) => side === 'leveldb') ? null : 'git';
  }
  if (lastChange?.removed !== true) return 'leveldb';
  if (times.leveldb === null) return null;
  return times.leveldb > Date.parse(lastChange.time) ? 'leveldb' : 'git';
}

/** The side that more speaks for. A tie is no answer. */
function heavier(evidence: readonly Evidence[]): Side | null {
  const count = (wanted: Side) => evidence.filter(({ side }) => side === wanted).length;
  const [leveldb, git] = [count('leveldb'), count('git')];
  if (leveldb === git) return null;
  return leveldb > git ? 'leveldb' : 'git';
}
