import { compareFindings, type Finding } from '../core/finding.js';
import { blendFindings } from '../core/merge/blend.js';
import type { MergeCommit } from '../ports/merge-commits.js';

export type ValidatedMerges = {
  /** Sorted; the message of each names its merge. */
  readonly findings: readonly Finding[];
  /** Parents first, those too that have no state to merge. */
  readonly merges: readonly { readonly commit: string; readonly files: readonly string[] }[];
};

/** Does every merge have what the merge by record has of its parents? Whoever or whatever made it. */
export async function validateMerges(commits: AsyncIterable<MergeCommit>): Promise<ValidatedMerges> {
  const merges: { commit: string; files: readonly string[] }[] = [];
  const findings: Finding[] = [];
  for await (const { commit, files } of commits) {
    merges.push({ commit, files: files.map(({ path }) => path) });
    const short = commit.slice(0, 12);
    const hint = `not pushed?  undo the merge, then stateroot merge, which needs no driver\npushed?      stateroot rollback ${short}, or stateroot put what is missing`;
    for (const finding of files.flatMap(blendFindings)) {
      findings.push({ ...finding, message: `${finding.message} (in merge ${short})`, hint });
    }
  }
  return { findings: findings.sort(compareFindings), merges };
}
