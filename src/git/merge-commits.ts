import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import process from 'node:process';
import { compareText } from '../core/equal.js';
import { configPath, stateGlobs, stateRootOf } from '../core/layout.js';
import type { CommittedMerge } from '../core/merge/blend.js';
import { StateManagerError } from '../errors.js';
import type { MergeCommit, MergeCommits, MergeScope } from '../ports/merge-commits.js';
import type { Environment } from './environment.js';
import { type Objects, openObjects } from './objects.js';
import { parseCommit } from './read/commit-object.js';
import { commitTree } from './read/commit-tree.js';
import { parseRawDiff } from './read/raw-diff.js';
import { gitText, runGit, type RunOptions } from './run.js';

const statePaths = stateGlobs.map((glob) => `:(top,icase,glob)${glob}`);

/** Merge commits of any repository, bare ones and the quarantine of a push included; read-only. */
export function openMergeCommits(cwd: string, env: Environment = process.env): MergeCommits {
  const options: RunOptions = { cwd, env: { ...env, GIT_LITERAL_PATHSPECS: '0' } };
  const objects = openObjects(options);
  return {
    merges: (scope) => readMerges(scope, { options, objects }),
    close: () => {
      objects.close();
    },
  };
}

type Git = { readonly options: RunOptions; readonly objects: Objects };
type Merge = { readonly commit: string; readonly parents: readonly string[] };

async function* readMerges(scope: MergeScope, git: Git): AsyncGenerator<MergeCommit> {
  const cut = await shallowCommits(git.options);
  const merges = 'only' in scope ? [await oneMerge(scope.only, git)] : await mergesBetween(scope, cut, git);
  const changed = await changedPaths(merges, git);
  for (const merge of merges) {
    const paths = [...(changed.get(merge.commit) ?? [])].sort(compareText);
    yield { ...merge, files: paths.length === 0 ? [] : await readFiles(merge, paths, cut, git) };
  }
}

async function oneMerge(revision: string, git: Git): Promise<Merge> {
  const commit = await resolved(revision, git.options);
  const merge = await withParents(commit, git);
  if (merge.parents.length > 1) return merge;
  throw new StateManagerError(
    'BAD_USAGE',
    `${JSON.stringify(revision)} is no merge commit: it has one parent or none`,
    {
      hint: 'a merge commit, or a range: stateroot validate --merges origin/main..HEAD',
    },
  );
}

async function mergesBetween(
  { from, to }: { from: string; to: string },
  cut: ReadonlySet<string>,
  git: Git,
): Promise<Merge[]> {
  const [known, tip] = [await resolved(from, git.options), await resolved(to, git.options)];
  const walk = ['rev-list', '--topo-order', '--reverse', '--full-history'];
  if (cut.size > 0) {
    const all = lines(await gitText([...walk, tip, `^${known}`, '--'], git.options));
    const stop = all.find((commit) => cut.has(commit));
    if (stop !== undefined) throw shallow(stop);
  }
  const merges = lines(await gitText([...walk, '--min-parents=2', tip, `^${known}`, '--'], git.options));
  return Promise.all(merges.map((commit) => withParents(commit, git)));
}

/** The parents that the commit names, whatever a shallow history makes of them. */
async function withParents(commit: string, { objects }: Git): Promise<Merge> {
  const object = await objects.read(commit);
  if (object?.type !== 'commit') throw shallow(commit);
  const { parents } = parseCommit(object.bytes);
  if (parents.length > 1) {
    const found = await Promise.all(parents.map((parent) => objects.read(parent)));
    if (found.some((parent) => parent === null)) throw shallow(commit);
  }
  return { commit, parents };
}

/** State files in which a merge differs from any of its parents. */
async function changedPaths(merges: readonly Merge[], { options }: Git): Promise<Map<string, Set<string>>> {
  const changed = new Map<string, Set<string>>();
  if (merges.length === 0) return changed;
  const input = merges.flatMap(({ commit, parents }) => parents.map((parent) => `${commit} ${parent}\n`)).join('');
  const raw = ['--raw', '-z', '--no-abbrev', '--no-renames', '--ignore-submodules=none'];
  const { stdout } = await runGit(['diff-tree', '--stdin', '-r', ...raw, '--', ...statePaths], { ...options, input });
  for (const { commit, changes } of parseRawDiff(stdout)) {
    if (commit === null) continue;
    const paths = changed.get(commit) ?? new Set<string>();
    changed.set(commit, paths);
    for (const { path } of changes) if (stateRootOf(path) !== null) paths.add(path);
  }
  return changed;
}

async function readFiles(
  merge: Merge,
  paths: readonly string[],
  cut: ReadonlySet<string>,
  git: Git,
): Promise<CommittedMerge[]> {
  const bases = await mergeBases(merge, cut, git.options);
  const older = bases.length === 2 ? await commonBases(bases, git.options) : [];
  const places = [merge.commit, ...merge.parents];
  const files: CommittedMerge[] = [];
  for (const path of paths) {
    const root = stateRootOf(path) ?? '';
    if (root !== '' && !(await isMarked(root, places, git.objects))) continue;
    const read = async (commit: string) => (await commitTree(git.objects, commit, root).read([path]))[0]?.bytes ?? null;
    files.push({
      path,
      committed: await read(merge.commit),
      parents: await Promise.all(merge.parents.map(read)),
      bases: await Promise.all(bases.map(read)),
      ...(bases.length === 2 && older.length < 2
        ? { olderBase: older[0] === undefined ? null : await read(older[0]) }
        : {}),
    });
  }
  return files;
}

async function mergeBases(
  { commit, parents }: Merge,
  cut: ReadonlySet<string>,
  options: RunOptions,
): Promise<string[]> {
  const bases = await commonBases(parents, options);
  if (cut.size === 0) return bases;
  // Below the bases nothing matters; above them the history has to be whole, or they are not the ones.
  const above = await gitText(['rev-list', ...parents, ...bases.map((base) => `^${base}`), '--'], options);
  if (lines(above).some((each) => cut.has(each))) throw shallow(commit);
  return bases;
}

async function commonBases(commits: readonly string[], options: RunOptions): Promise<string[]> {
  const octopus = commits.length > 2 ? ['--octopus'] : [];
  const { stdout } = await runGit(['merge-base', '--all', ...octopus, ...commits], { ...options, answers: [1] });
  return lines(stdout.toString('utf8').trim());
}

/** A folder is a state root where the merge or one of its parents says so. */
async function isMarked(root: string, commits: readonly string[], objects: Objects): Promise<boolean> {
  if (/[\n\u{fffd}]/u.test(root)) return true;
  const marks = await Promise.all(commits.map((commit) => objects.read(`${commit}:${configPath(root)}`)));
  return marks.some((mark) => mark !== null);
}

/** Commits whose parents this clone does not have. */
async function shallowCommits(options: RunOptions): Promise<ReadonlySet<string>> {
  const file = resolve(options.cwd, await gitText(['rev-parse', '--git-path', 'shallow'], options));
  return new Set(existsSync(file) ? lines(readFileSync(file, 'utf8').trim()) : []);
}

async function resolved(revision: string, options: RunOptions): Promise<string> {
  const args = ['rev-parse', '-q', '--verify', '--end-of-options', `${revision}^{commit}`];
  const { code, stdout } = await runGit(args, { ...options, answers: [1, 128] });
  if (code === 0) return stdout.toString('utf8').trim();
  throw new StateManagerError('UNKNOWN_REVISION', `${JSON.stringify(revision)}: it names no commit here.`, {
    hint: 'git log --oneline --merges',
    details: { revision },
  });
}

function shallow(commit: string): StateManagerError {
  const message = `The history is shallow: what ${commit.slice(0, 12)} merged is not in this clone.`;
  return new StateManagerError('GIT_FAILED', message, {
    hint: 'git fetch --unshallow, then again',
    details: { commit },
  });
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}
