import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { describe, it, type TestContext } from 'node:test';
import { hasErrors } from '../../src/core/finding.js';
import { inspectFile } from '../../src/core/inspect/inspect.js';
import { mergeStateFile } from '../../src/core/merge/merge-state-file.js';
import type { MergedFile } from '../../src/core/merge/merged-file.js';
import { random } from '../fuzz/random.js';
import { stateroot } from '../support/command-line.js';
import { gitIn, networkPath } from '../support/gated-repository.js';
import { anyMerge, type MergeCase, separateMerge } from '../support/generated-merges.js';
import { importHistories, refsOf } from '../support/merge-histories.js';
import { type TempRepository, tempRepository } from '../support/temp-repository.js';

const many = Number(process.env['STATEROOT_GIT_MERGES'] ?? 15);
const pairs = many < 500 ? 100 : 1000;
const seed = Number(process.env['STATEROOT_SEED'] ?? 4);

/** Each way to bring a case together; the three versions that meet are the same in all. */
const ways = {
  merge: { at: 'ours', args: ({ theirs }: Refs) => ['merge', '--quiet', '--no-ff', '--no-edit', theirs] },
  'cherry-pick': {
    at: 'ours',
    args: ({ theirs }: Refs) => ['cherry-pick', '--allow-empty', '--keep-redundant-commits', theirs],
  },
  rebase: { at: 'theirs', args: ({ ours }: Refs) => ['rebase', '--quiet', '--empty=keep', ours] },
  revert: { at: 'head', args: ({ done }: Refs) => ['revert', '--no-edit', done] },
} as const;

type Refs = ReturnType<typeof refsOf>;
type Way = keyof typeof ways;

/** What came out: the merged file, or null for a conflict. */
type Outcome = { readonly merged: Buffer | null; readonly worktree: Buffer; readonly said: string };

describe('git and core/merge', () => {
  it(`come to the same bytes and the same conflicts in ${many} repositories with the driver (seed ${seed})`, (t) => {
    const cases = generated(many, anyMerge);
    const original = withDriver(t, []);
    const conflicts = cases.filter((each, at) => agreeInOwnRepository(original, each, at)).length;
    t.diagnostic(
      `${cases.length} merges: ${cases.length - conflicts} clean, ${conflicts} in conflict, all as core/merge`,
    );
    assert.ok(many < 15 || (conflicts > 0 && conflicts < cases.length));
  });

  for (const way of ['cherry-pick', 'rebase', 'revert'] as const) {
    const count = Math.ceil(many / 5);
    it(`come to the same in ${count} × git ${way} with the driver`, (t) => {
      const cases = generated(count, anyMerge);
      const temp = withDriver(t, cases);
      const conflicts = cases.filter((each, at) => agree(temp, way, each, at)).length;
      t.diagnostic(`${count} × ${way}: ${count - conflicts} right trees, ${conflicts} in conflict, all as core/merge`);
    });

    it(`are right, in visible conflict or refused by the gate in ${count} × git ${way} without it`, (t) => {
      const cases = generated(count, anyMerge);
      const temp = withoutDriver(t, cases);
      const classes = cases.map((each, at) => classOf(bring(temp, way, at).merged, merged(each)));
      t.diagnostic(`${count} × ${way} without the driver: ${tally(classes)}`);
      assert.ok(!classes.includes('silently wrong'), tally(classes));
    });
  }

  it('merge two branches that add or change different contracts always, with the driver', (t) => {
    const cases = generated(many, separateMerge);
    const temp = withDriver(t, cases);
    for (const [at, each] of cases.entries()) {
      assert.deepEqual(merged(each).conflicts, [], `case ${at}`);
      assert.ok(!agree(temp, 'merge', each, at));
    }
  });

  it(`never differ silently where there is no driver, in ${pairs} such pairs`, (t) => {
    const cases = generated(pairs, separateMerge);
    const temp = withoutDriver(t, cases);
    const classes = cases.map((each, at) => {
      const { ours, theirs } = refsOf(at);
      const { code, said } = gitIn(temp.path, temp, ['merge-tree', '--write-tree', ours, theirs]);
      assert.ok(code === 0 || code === 1, said);
      const text = code === 0 ? blob(temp, `${said.slice(0, 40)}:${networkPath}`) : null;
      // What is no conflict by record is what `resolve` settles without a question.
      const expected = merged(each);
      assert.deepEqual(expected.conflicts, [], `case ${at}`);
      return classOf(text, expected);
    });
    t.diagnostic(`${pairs} pairs without the driver: ${tally(classes)}`);
    assert.ok(!classes.includes('silently wrong'), tally(classes));
    assert.ok(classes.includes('clean and right') && classes.includes('visible conflict'), tally(classes));
  });
});

function generated(count: number, make: (source: ReturnType<typeof random>) => MergeCase): MergeCase[] {
  const source = random(seed);
  return Array.from({ length: count }, () => make(source));
}

function withoutDriver(t: TestContext, cases: readonly MergeCase[]): TempRepository {
  const temp = tempRepository(t);
  temp.commitAll('start');
  importHistories(temp, cases);
  return temp;
}

/** As `init` sets it up, without the hooks: what git makes is compared here, not what it would refuse. */
function withDriver(t: TestContext, cases: readonly MergeCase[]): TempRepository {
  const temp = withoutDriver(t, cases);
  const answer = stateroot(temp, ['init']);
  assert.equal(answer.code, 0, answer.stdout + answer.stderr);
  temp.git('config', 'core.hooksPath', '/dev/null');
  return temp;
}

/** One history is all there is in it, so nothing of another case can help or hurt. */
function agreeInOwnRepository(original: TempRepository, each: MergeCase, at: number): boolean {
  const ended: (() => void)[] = [];
  const temp = tempRepository({ after: (run) => ended.push(run) }, { copyOf: original });
  try {
    importHistories(temp, [each]);
    return agree(temp, 'merge', each, 0, at);
  } finally {
    for (const run of ended) run();
  }
}

/** Asserts that git came to what core/merge does; answers whether it is a conflict. */
function agree(temp: TempRepository, way: Way, each: MergeCase, at: number, name = at): boolean {
  const expected = merged(each);
  const outcome = bring(temp, way, at);
  const about = `case ${name} of seed ${seed}, ${way}: ${outcome.said}`;
  if (expected.conflicts.length === 0)
    assert.deepEqual(outcome.merged?.toString(), bytesOf(expected).toString(), about);
  else {
    assert.equal(outcome.merged, null, about);
    assert.equal(outcome.worktree.toString(), expected.marked, about);
  }
  return expected.conflicts.length > 0;
}

function bring(temp: TempRepository, way: Way, at: number): Outcome {
  const refs = refsOf(at);
  const { at: from, args } = ways[way];
  temp.git('switch', '--quiet', '--discard-changes', '--detach', refs[from]);
  const { said } = gitIn(temp.path, temp, args(refs));
  // An empty revert is no commit, and right: the index says what came out.
  const isOpen = temp.git('ls-files', '--unmerged') !== '';
  const worktree = readFileSync(temp.at(networkPath));
  const outcome = { merged: isOpen ? null : blob(temp, `:0:${networkPath}`), worktree, said };
  if (way === 'rebase' && isOpen) temp.git('rebase', '--abort');
  temp.git('reset', '--quiet', '--hard');
  for (const state of ['CHERRY_PICK_HEAD', 'REVERT_HEAD', 'MERGE_HEAD'])
    assert.equal(gitIn(temp.path, temp, ['rev-parse', '--verify', '--quiet', state]).code, 1);
  return outcome;
}

function merged({ base, ours, theirs }: MergeCase): MergedFile {
  const sides = { base: Buffer.from(base), ours: Buffer.from(ours), theirs: Buffer.from(theirs) };
  return mergeStateFile(networkPath, sides);
}

type Class = 'clean and right' | 'visible conflict' | 'refused by the gate' | 'silently wrong';

function classOf(text: Buffer | null, expected: MergedFile): Class {
  if (text === null) return 'visible conflict';
  if (hasErrors(inspectFile({ path: networkPath, mode: '100644', bytes: text }))) return 'refused by the gate';
  return expected.conflicts.length === 0 && text.equals(bytesOf(expected)) ? 'clean and right' : 'silently wrong';
}

function bytesOf({ bytes }: MergedFile): Buffer {
  return Buffer.from(bytes ?? []);
}

function tally(classes: readonly Class[]): string {
  const counts = new Map<Class, number>();
  for (const each of classes) counts.set(each, (counts.get(each) ?? 0) + 1);
  return [...counts].map(([name, count]) => `${count} ${name}`).join(', ');
}

function blob(temp: TempRepository, name: string): Buffer {
  return spawnSync('git', ['cat-file', 'blob', name], { cwd: temp.path, env: temp.env }).stdout;
}
