import process from 'node:process';
import { configPath, displacedRootOf, stateGlobs, stateRootOf } from '../core/layout.js';
import type { ChangedFile, CommitScope, StateChange, StateChanges } from '../ports/state-changes.js';
import type { StateFile } from '../ports/state-repository.js';
import type { Environment } from './environment.js';
import { type Objects, openObjects } from './objects.js';
import { type BlobEntry, readBlobs } from './read/commit-tree.js';
import { filesUnjudged, markedRoots } from './read/marked-roots.js';
import { readObjectsAtOnce } from './read/objects-at-once.js';
import { parseGivenStaged } from './read/given-staged.js';
import { absentMode, parseRawDiff, type RawChange, type RawCommit, rawDiff, type RawSide } from './read/raw-diff.js';
import { runGit, type RunOptions } from './run.js';
import { runGitAtOnce } from './run-at-once.js';

const statePaths = stateGlobs.map((glob) => `:(top,icase,glob)${glob}`);
const submodule = '160000';

/**
 * What commits do to state, for hooks: read-only, in any repository, bare ones and the quarantine of a push included
 * (git is told where by the environment). Two git processes for the index, a handful for any number of commits. Where
 * `readGiven` has what a hook asked git about the index already, none.
 */
export function openChanges(
  cwd: string,
  env: Environment = process.env,
  readGiven: (() => Buffer) | null = null,
): StateChanges {
  // git reads these pathspecs as they are meant, whatever the caller set for its own.
  const options: RunOptions = { cwd, env: { ...env, GIT_LITERAL_PATHSPECS: '0' }, index: 'inherit' };
  const objects = openObjects(options);
  return {
    changes(scope) {
      if (scope === 'index') return readStaged(readGiven, options, objects);
      // Begun at once: git works while the caller loads what judges its answer.
      const commits = commitChanges(scope, options, objects);
      objects.begin();
      // A failure belongs to whoever iterates, and would else count as unhandled until then.
      commits.catch(() => undefined);
      return readChanges(commits, options, objects);
    },
    close: () => {
      objects.close();
    },
  };
}

/** `marked`: state roots to be, against one of the parents. */
type ScopeCommit = RawCommit & { readonly marked?: readonly string[] };

async function* readChanges(
  commits: Promise<readonly ScopeCommit[]>,
  options: RunOptions,
  objects: Objects,
): AsyncGenerator<StateChange> {
  for (const each of await commits) {
    const { commit } = each;
    const counted = await inStateRoots(each, treeOf(commit, options, objects));
    if (counted.length > 0) yield { commit, files: await readFiles(objects, counted) };
  }
}

/**
 * What every commit waits for: two git processes, three where a state root lies below the top, and nothing else is
 * opened. `diff` rather than `diff-index`: it also knows an unborn branch.
 */
function readStaged(
  readGiven: (() => Buffer) | null,
  options: RunOptions,
  objects: Objects,
): AsyncIterable<StateChange> {
  const given = readGiven === null ? null : parseGivenStaged(readGiven());
  const commits = given?.commits ?? diffStaged(options);
  const changes = commits.flatMap((commit) =>
    commit.changes.map((change) => ({ ...change, root: rootOf(change.path) })),
  );
  const below = changes.flatMap(({ root }) => (root === null || root === '' ? [] : [markOf(null, root)]));
  const marks = readObjectsAtOnce(below, options);
  const counted = changes.filter(({ root }) => root !== null && marks.get(markOf(null, root)) !== null);
  const blobs = given?.blobs ?? readObjectsAtOnce(counted.flatMap(blobsOf), options);
  const read = new Map([...marks, ...blobs]);
  const known: Objects = {
    read: (name) => (read.has(name) ? Promise.resolve(read.get(name) ?? null) : objects.read(name)),
    close: () => {
      objects.close();
    },
  };
  return readChanges(Promise.resolve(commits), options, known);
}

function diffStaged(options: RunOptions): RawCommit[] {
  const args = ['diff', '--cached', ...rawDiff, '--no-ext-diff', '--no-relative', '--', ...statePaths];
  return parseRawDiff(runGitAtOnce(args, options).stdout);
}

function blobsOf({ before, after }: RawChange): string[] {
  return [...before, after].flatMap(({ mode, oid }) => (mode === absentMode || mode === submodule ? [] : [oid]));
}

/**
 * Full history: git's simplification would leave out a side that a merge did not take, and with it what it smuggles in.
 * Of a merge, `-c` lists what is in none of its parents.
 */
async function commitChanges(
  { tips, known }: CommitScope,
  options: RunOptions,
  objects: Objects,
): Promise<ScopeCommit[]> {
  const bounds = await present(objects, known.commits ?? []);
  const input = [...tips, ...bounds.map((commit) => `^${commit}`)].map((line) => `${line}\n`).join('');
  const refs = [
    ...(known.everyRef === true ? ['--all'] : []),
    ...(known.remote === undefined ? [] : [`--remotes=${known.remote.replace(/[\\*?[]/g, '\\$&')}`]),
  ];
  const walk = ['rev-list', '--topo-order', '--reverse', '--full-history', '--stdin', '--not', ...refs];
  const { stdout: commits } = await runGit([...walk, '--', ...statePaths], { ...options, input });
  if (commits.length === 0) return [];
  const compare = ['diff-tree', '--stdin', '-r', '-c', '--root', ...rawDiff, '--', ...statePaths];
  const [compared, marked] = await Promise.all([
    runGit(compare, { ...options, input: commits }),
    markedRoots(commits, options),
  ]);
  const changes = new Map(parseRawDiff(compared.stdout).map((each) => [each.commit, each.changes]));
  const order = commits.toString('utf8').trimEnd().split('\n');
  return order.map((commit) => ({ commit, changes: changes.get(commit) ?? [], marked: marked.get(commit) ?? [] }));
}

async function present(objects: Objects, commits: readonly string[]): Promise<string[]> {
  const found = await Promise.all(commits.map((commit) => objects.read(commit)));
  return commits.filter((_, at) => found[at] !== null);
}

/** What has to be known of a tree besides its changes. */
type Tree = { isMarked(root: string): Promise<boolean>; unjudged(root: string): Promise<readonly BlobEntry[]> };

function treeOf(commit: string | null, options: RunOptions, objects: Objects): Tree {
  return {
    // git cannot be asked about a name with a newline, or one that is no text: it counts, rather than passing unjudged.
    isMarked: async (root) => /[\n\u{fffd}]/u.test(root) || (await objects.read(markOf(commit, root))) !== null,
    unjudged: (root) => filesUnjudged(root, commit, options, objects),
  };
}

/** With the stage of the index: git would else take it from a folder that is called `0:x`. */
function markOf(commit: string | null, root: string): string {
  return `${commit ?? ':0'}:${configPath(root)}`;
}

function rootOf(path: string): string | null {
  return stateRootOf(path) ?? displacedRootOf(path);
}

type RootChange = RawChange & { readonly root: string };

/** Changes in state roots only: a look-alike in a folder that nobody marked (a fixture, a vendored copy) is no state. */
async function inStateRoots({ changes, marked = [] }: ScopeCommit, tree: Tree): Promise<RootChange[]> {
  const placed = changes.flatMap((change): RootChange[] => {
    const root = rootOf(change.path);
    return root === null ? [] : [{ ...change, root }];
  });
  const counted: RootChange[] = [];
  for (const root of new Set([...placed.map((change) => change.root), ...marked])) {
    if (root !== '' && !(await tree.isMarked(root))) continue;
    const own = placed.filter((change) => change.root === root);
    counted.push(...own);
    const mark = own.find(({ path }) => path === configPath(root));
    const isNew = mark?.before.every(({ mode }) => mode === absentMode) === true || marked.includes(root);
    if (root === '' || !isNew) continue;
    const unchanged = (await tree.unjudged(root)).filter((entry) => own.every(({ path }) => path !== entry.path));
    counted.push(...unchanged.map((entry) => ({ root, path: entry.path, before: [nothing], after: entry })));
  }
  return counted;
}

const nothing: RawSide = { mode: absentMode, oid: '' };

async function readFiles(objects: Objects, changes: readonly RootChange[]): Promise<ChangedFile[]> {
  const read = async (path: string, { mode, oid }: RawSide): Promise<StateFile | null> =>
    mode === absentMode ? null : ((await readBlobs(objects, [{ path, mode, oid }]))[0] ?? null);
  return Promise.all(
    changes.map(async ({ root, path, before, after }) => {
      const [now, ...earlier] = await Promise.all([after, ...before].map((side) => read(path, side)));
      return { root, path, after: now ?? null, before: earlier };
    }),
  );
}
