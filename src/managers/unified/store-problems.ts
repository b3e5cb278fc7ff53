import { compareText } from '../../core/equal.js';
import type { Finding } from '../../core/finding.js';
import { judge } from '../../commands/judge.js';
import type { StateRepository } from '../../ports/state-repository.js';
import type { StoreProblem } from '../contract-store.js';
import { networksOf } from './read-networks.js';

/** What `validate` finds in the work tree, infos apart. By severity, key, message. */
export async function storeProblems(repository: StateRepository): Promise<StoreProblem[]> {
  const tree = await repository.at('worktree');
  const { files } = await networksOf(tree, repository.root);
  const chains = new Map(files.map(({ network, chainId }) => [network, chainId]));
  const judged = (await tree.read(await tree.paths())).map((after) => ({ after, before: [] }));
  return judge(repository.root, judged)
    .flatMap((finding) => problemOf(finding, chains.get(finding.network)))
    .sort(
      (a, b) => compareText(a.severity, b.severity) || compareText(a.key, b.key) || compareText(a.message, b.message),
    );
}

function problemOf(
  { severity, contract, file, line, column, rule, message }: Finding,
  chainId: number | undefined,
): StoreProblem[] {
  if (severity === 'info') return [];
  const key = contract === undefined || chainId === undefined ? file : `${chainId}-${contract}`;
  return [{ severity, key, message: `${file}:${line ?? 1}:${column ?? 1} ${rule}: ${message}` }];
}
