import { parseKey } from '../legacy/parse-key.js';
import { shortName } from '../model/names.js';

/** Something wrong in what is stored; `key` is `<chainId>-<contractName>`, or the file where no record can be named. */
export type StateProblem = {
  readonly severity: 'error' | 'warning';
  readonly key: string;
  readonly message: string;
};

/**
 * The errors that a decision about a contract depends on: `own`, and others of its `chain`. What names no chain may be
 * of this one. `mentions` are warnings about the contract itself.
 */
export function problemsOf(
  contractName: string,
  { chainId, problems }: { readonly chainId: number; readonly problems: readonly StateProblem[] },
): {
  readonly own: readonly StateProblem[];
  readonly chain: readonly StateProblem[];
  readonly mentions: readonly StateProblem[];
} {
  const own: StateProblem[] = [];
  const chain: StateProblem[] = [];
  const mentions: StateProblem[] = [];
  for (const problem of problems) {
    const key = parseKey(problem.key);
    const ofChain = 'reason' in key ? key.chainId : key.form === 'chain' ? key.chainId : null;
    if (ofChain !== null && ofChain !== chainId) continue;
    const isOwn = 'form' in key && key.form === 'chain' && shortName(key.contractName) === shortName(contractName);
    if (problem.severity === 'error') (isOwn ? own : chain).push(problem);
    else if (isOwn) mentions.push(problem);
  }
  return { own, chain, mentions };
}
