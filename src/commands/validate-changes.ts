import { type HandEdit, handEditsIn } from '../core/diff/hand-edits.js';
import { compareFindings, type Finding } from '../core/finding.js';
import { parseNetworkFile } from '../core/model/network-file.js';
import type { StateChange } from '../ports/state-changes.js';
import type { StateFile } from '../ports/state-repository.js';
import { judge } from './judge.js';
import { judgedFiles } from './judged-files.js';

export type ValidatedChanges = {
  /** Sorted; of the same place in several commits the oldest first. The message of each names its commit. */
  readonly findings: readonly Finding[];
  /** The commits that change state, parents first; for the index one whose oid is null. */
  readonly commits: readonly {
    readonly commit: string | null;
    /** The state files it sets, ascending. */
    readonly files: readonly string[];
    readonly findings: readonly Finding[];
  }[];
  /** Of the index, to show what is wrong: the text of each file with findings, and what was changed since HEAD. */
  readonly texts: ReadonlyMap<string, string>;
  readonly edits: readonly HandEdit[];
};

/**
 * Is each state file what it claims, in the index or in every one of some commits? Only what changed is judged, against
 * each parent, by the function that `validate` uses; to remove a file is nobody's error.
 */
export async function validateChanges(changes: AsyncIterable<StateChange>): Promise<ValidatedChanges> {
  const commits: ValidatedChanges['commits'][number][] = [];
  const texts = new Map<string, string>();
  const edits: HandEdit[] = [];
  for await (const change of changes) {
    const files = change.files.flatMap(({ path, after }) => (after === null ? [] : [path])).sort();
    const findings = findingsOf(change);
    commits.push({ commit: change.commit, files, findings });
    for (const file of change.commit === null ? change.files : []) {
      const own = findings.filter((finding) => finding.file === file.path);
      if (own.length === 0 || file.after === null) continue;
      const text = Buffer.from(file.after.bytes).toString('utf8');
      texts.set(file.path, text);
      edits.push(...editsSince(file.before[0] ?? null, own, text));
    }
  }
  return { findings: commits.flatMap(({ findings }) => findings).sort(compareFindings), commits, texts, edits };
}

function editsSince(before: StateFile | null, findings: readonly Finding[], text: string): HandEdit[] {
  const base = before === null ? null : parseNetworkFile(before.bytes);
  return base?.ok === true ? handEditsIn(findings, base.file, text) : [];
}

function findingsOf({ commit, files }: StateChange): Finding[] {
  const roots = [...new Set(files.map(({ root }) => root))];
  const findings = roots.flatMap((root) => judge(root, judgedFiles(root, files)));
  if (commit === null) return findings.sort(compareFindings);
  return findings
    .map((finding) => ({ ...finding, message: `${finding.message} (in commit ${commit.slice(0, 12)})` }))
    .sort(compareFindings);
}
