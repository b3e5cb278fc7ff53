import { spawnSync } from 'node:child_process';
import { mergeStateFile } from '../../src/core/merge/merge-state-file.js';
import { stateroot } from './command-line.js';
import { type Contract, networkText } from './deployments.js';
import { gitIn, networkPath, type Said } from './gated-repository.js';
import { under } from './layouts.js';
import { type TempRepository, tempRepository } from './temp-repository.js';

export type Contracts = Readonly<Record<string, Contract>>;

/** A repository in which `init` has set up the drivers (and hooks), with one network file. */
export type DrivenRepository = TempRepository & {
  readonly file: string;
  /** Commits these contracts as the network's only ones, on the current branch. */
  commitContracts(contracts: Contracts, message?: string): string;
  /** Runs git and answers how it ended. */
  attempt(...args: string[]): Said;
  /** The exact bytes at a revision (`HEAD`, `:2`), empty where there are none. */
  bytes(revision: string, path?: string): Buffer;
  /** What `core/merge` makes of the file at three revisions. */
  expected(base: string, ours: string, theirs: string): { bytes: Buffer; conflicts: number };
};

export function drivenRepository(
  t: { after(run: () => void): void },
  contracts: Contracts,
  { root = '', init = true }: { root?: string; init?: boolean } = {},
): DrivenRepository {
  const temp = tempRepository(t);
  const file = under(root, networkPath);
  const bytes = (revision: string, path = file) =>
    spawnSync('git', ['cat-file', 'blob', `${revision}:${path}`], { cwd: temp.path, env: temp.env }).stdout;
  const driven: DrivenRepository = {
    ...temp,
    file,
    bytes,
    attempt: (...args) => gitIn(temp.path, temp, args),
    commitContracts(next, message = 'state') {
      temp.write(file, networkText('bsctestnet', 97, next));
      temp.git('add', '--', file);
      temp.git('commit', '--quiet', '--allow-empty', `--message=${message}`);
      return temp.git('rev-parse', 'HEAD');
    },
    expected(base, ours, theirs) {
      const sides = { base: bytes(base), ours: bytes(ours), theirs: bytes(theirs) };
      const merged = mergeStateFile(file, { ...sides, base: sides.base.length === 0 ? null : sides.base });
      return { bytes: Buffer.from(merged.bytes ?? []), conflicts: merged.conflicts.length };
    },
  };
  if (root !== '') temp.write(`${root}/stateroot.config.json`, '{}\n');
  temp.write(file, networkText('bsctestnet', 97, contracts));
  if (init) {
    const answer = stateroot(temp, ['init'], { folder: root === '' ? '.' : root });
    if (answer.code !== 0) throw new Error(answer.stdout + answer.stderr);
  }
  temp.commitAll('start');
  return driven;
}
