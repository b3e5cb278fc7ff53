import { execFileSync } from 'node:child_process';
import { networkPath } from './gated-repository.js';
import type { MergeCase } from './generated-merges.js';
import type { TempRepository } from './temp-repository.js';

/** Where the commits of a case are: two branches from one base, and a line of three in which `done` is to be undone. */
export function refsOf(at: number) {
  const ref = (name: string) => `refs/cases/${at}/${name}`;
  return { ours: ref('ours'), theirs: ref('theirs'), done: ref('done'), head: ref('head') };
}

/** Puts every case into the repository, by one process. */
export function importHistories(temp: TempRepository, cases: readonly MergeCase[]): void {
  const stream = cases.flatMap(({ base, ours, theirs }, at) => {
    const refs = refsOf(at);
    const ref = (name: string) => `refs/cases/${at}/${name}`;
    return [
      commit(ref('base'), null, base),
      commit(refs.ours, ref('base'), ours),
      commit(refs.theirs, ref('base'), theirs),
      commit(ref('start'), null, theirs),
      commit(refs.done, ref('start'), base),
      commit(refs.head, refs.done, ours),
    ];
  });
  execFileSync('git', ['fast-import', '--quiet'], { cwd: temp.path, env: temp.env, input: stream.join('') });
}

function commit(ref: string, parent: string | null, text: string): string {
  const who = 'deploy-bot <deploy-bot@example.org> 1755000000 +0000';
  return [
    `commit ${ref}`,
    `committer ${who}`,
    data(ref),
    ...(parent === null ? [] : [`from ${parent}`]),
    `M 100644 inline ${networkPath}`,
    data(text),
    '',
  ].join('\n');
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}`;
}
