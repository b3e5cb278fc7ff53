import { type HandEdit, handEditsIn } from '../core/diff/hand-edits.js';
import type { Finding } from '../core/finding.js';
import { networkOfPath } from '../core/layout.js';
import type { StateRepository } from '../ports/state-repository.js';
import { committedNetwork } from './committed-network.js';

/** What people changed since HEAD in the records of `findings`; asks git only when there is one. `texts` by path. */
export async function handEdits(
  repository: StateRepository,
  { findings, texts }: { readonly findings: readonly Finding[]; readonly texts: ReadonlyMap<string, string> },
): Promise<HandEdit[]> {
  const mismatches = findings.filter(({ rule, file }) => rule === 'checksum-mismatch' && networkOfPath(file) !== null);
  const { commit } = mismatches.length === 0 ? { commit: null } : await repository.head();
  if (commit === null) return [];
  const edits: HandEdit[] = [];
  for (const path of new Set(mismatches.map(({ file }) => file))) {
    const base = await committedNetwork(repository, commit, path);
    const own = mismatches.filter(({ file }) => file === path);
    if (base !== null) edits.push(...handEditsIn(own, base, texts.get(path) ?? ''));
  }
  return edits;
}
