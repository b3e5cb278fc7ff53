import { createHash } from 'node:crypto';
import { configPath, isManifest, isStray, rootsOf, statePathsIn, stateRootOf } from '../../src/core/layout.js';
import { StateManagerError } from '../../src/errors.js';
import type { ChangedFile, StateChange, StateChanges } from '../../src/ports/state-changes.js';
import type {
  CommitPlan,
  FileChange,
  HistoryEntry,
  Place,
  StateFile,
  StateRepository,
  StateTree,
  WriteTarget,
} from '../../src/ports/state-repository.js';

/** What a test may do besides: the user's own edits, staging, commits, branches and tags. */
export type MemoryRepository = StateRepository & {
  /** What hooks ask (`StateChanges`). */
  readonly changed: StateChanges;
  /** Writes the work tree only; null removes. */
  edit(files: Files, mode?: string): void;
  /** Copies paths from the work tree to the index. */
  stage(...paths: string[]): void;
  /** A commit of any files on the current branch, as a user or a web page makes it; several parents make a merge. */
  commitFiles(files: Files, about?: About): string;
  /** Moves or makes a branch (`main`) or tag (`refs/tags/v1`). */
  point(name: string, commit: string): void;
  /** Makes a branch current with its files, or detaches at a commit. */
  checkout(branchOrCommit: string): void;
};

type Files = Readonly<Record<string, string | Uint8Array | null>>;
type About = { message?: string; author?: string; email?: string; time?: number; parents?: readonly string[] };
type Entry = { readonly mode: string; readonly oid: string };
type Tree = ReadonlyMap<string, Entry>;
type Commit = Omit<HistoryEntry, 'changes'> & { readonly tree: Tree };
type Store = {
  readonly blobs: Map<string, Uint8Array>;
  readonly commits: Map<string, Commit>;
  readonly refs: Map<string, string>;
  current: { branch: string } | { commit: string };
  index: Tree;
  worktree: Tree;
};

/**
 * The repository port in memory: reads, commits and history, no locks and no crashes. With `files` they are the root
 * commit of `main`, clean in index and work tree; without, HEAD is unborn. Commits are a minute apart from 2025-08-13 11:02 UTC.
 */
export function memoryRepository(files: Readonly<Record<string, string>> = {}, root = ''): MemoryRepository {
  const store: Store = {
    blobs: new Map(),
    commits: new Map(),
    refs: new Map(),
    current: { branch: 'refs/heads/main' },
    index: new Map(),
    worktree: new Map(),
  };
  const repository = view(store, root);
  if (Object.keys(files).length > 0) repository.commitFiles(files, { message: 'Start' });
  return repository;
}

function view(store: Store, root: string): MemoryRepository {
  return {
    root,
    changed: {
      changes: (scope) => {
        if (scope === 'index') return given([stagedChange(store)]);
        const known = new Set((scope.known.commits ?? []).flatMap((commit) => reachable(store, commit)));
        const pushed = [...new Set(scope.tips.flatMap((tip) => reachable(store, tip)))].filter(
          (oid) => !known.has(oid),
        );
        return given(pushed.reverse().map((oid) => commitChange(store, oid)));
      },
      close: () => undefined,
    },
    forRoot: (other) => view(store, other),
    head: () =>
      promise(() => ({
        branch: 'branch' in store.current ? store.current.branch : null,
        commit: headCommit(store),
      })),
    resolve: (revision) => promise(() => resolve(store, revision)),
    mergeBase: (a, b) =>
      promise(() => {
        const ofA = new Set(reachable(store, a));
        return reachable(store, b).find((oid) => ofA.has(oid)) ?? null;
      }),
    at: (place) => promise(() => stateTree(store, root, place)),
    oids: (place) =>
      promise(() => {
        const tree = treeOf(store, place);
        return new Map(statePathsIn(root, [...tree.keys()]).map((path) => [path, tree.get(path)?.oid ?? null]));
      }),
    roots: (place) => promise(() => rootsOf([...treeOf(store, place).keys()].sort())),
    blobs: (oids) => promise(() => new Map(oids.map((oid) => [oid, blob(store, oid)]))),
    history: ({ from, paths, limit }) =>
      promise(() => {
        const wanted = (path: string) => paths.some((asked) => path === asked || path.startsWith(`${asked}/`));
        const parentsOf = (oid: string) => simplified(historyEntry(store, root, oid, wanted));
        return reachable(store, from, parentsOf)
          .map((oid) => historyEntry(store, root, oid, wanted))
          .filter(({ changes }) => changes.every((against) => against.length > 0))
          .slice(0, limit);
      }),
    commit: (oid) => promise(() => historyEntry(store, root, oid)),
    write: async (intent) => {
      const { ref, base } = writeBase(store, intent.target);
      const plans: CommitPlan[] = [];
      for await (const plan of await intent.plan(stateTree(store, root, base === null ? null : { commit: base }))) {
        plans.push(plan);
      }
      if (intent.target.kind === 'head') refuseEdits(store, plans);
      const commits: string[] = [];
      if (intent.dryRun !== true) {
        let parent = base;
        for (const plan of plans) {
          const before = parent === null ? new Map<string, Entry>() : commitOf(store, parent).tree;
          const tree = withFiles(store, before, Object.fromEntries(plan.files));
          if (plan.files.size > 0 && sameTree(before, tree)) continue;
          parent = addCommit(store, tree, { message: plan.message, parents: parent === null ? [] : [parent] });
          commits.push(parent);
        }
        if (parent !== null && commits.length > 0) moveRef(store, ref, parent);
        if (intent.target.kind === 'head') {
          for (const plan of plans) {
            store.index = withFiles(store, store.index, Object.fromEntries(plan.files));
            store.worktree = withFiles(store, store.worktree, Object.fromEntries(plan.files));
          }
        }
      }
      return { commits, ref, recovered: [] };
    },
    replaceInWorktree: (files) =>
      promise(() => {
        store.worktree = withFiles(store, store.worktree, Object.fromEntries(files));
      }),
    unfinished: () => Promise.resolve([]),
    recover: () => Promise.resolve([]),
    unlock: (id) => Promise.reject(new StateManagerError('NOT_FOUND', `There is no lock ${id}`)),
    close: () => Promise.resolve(),
    edit: (files, mode) => {
      store.worktree = withFiles(store, store.worktree, files, mode);
    },
    stage: (...paths) => {
      const index = new Map(store.index);
      for (const path of paths) {
        const entry = store.worktree.get(path);
        if (entry === undefined) index.delete(path);
        else index.set(path, entry);
      }
      store.index = index;
    },
    commitFiles: (files, about = {}) => {
      const head = headCommit(store);
      const parents = about.parents ?? (head === null ? [] : [head]);
      const [first] = parents;
      const oid = addCommit(
        store,
        withFiles(store, first === undefined ? new Map<string, Entry>() : commitOf(store, first).tree, files),
        {
          ...about,
          parents,
        },
      );
      moveRef(store, 'branch' in store.current ? store.current.branch : 'HEAD', oid);
      store.index = withFiles(store, store.index, files);
      store.worktree = withFiles(store, store.worktree, files);
      return oid;
    },
    point: (name, commit) => {
      store.refs.set(name.startsWith('refs/') ? name : `refs/heads/${name}`, commit);
    },
    checkout: (branchOrCommit) => {
      const branch = `refs/heads/${branchOrCommit}`;
      const commit = store.refs.get(branch) ?? branchOrCommit;
      store.current = store.refs.has(branch) ? { branch } : { commit };
      store.index = commitOf(store, commit).tree;
      store.worktree = store.index;
    },
  };
}

function promise<T>(run: () => T): Promise<T> {
  return new Promise((done) => {
    done(run());
  });
}

function headCommit(store: Store): string | null {
  return 'commit' in store.current ? store.current.commit : (store.refs.get(store.current.branch) ?? null);
}

function resolve(store: Store, revision: string): string {
  const unknown = new StateManagerError('UNKNOWN_REVISION', `No commit, tag or date ${JSON.stringify(revision)}`);
  const [, name = '', steps = ''] = /^(.+?)((?:[~^][0-9]*)*)$/s.exec(revision) ?? [];
  let commit = named(store, name) ?? byPrefix(store, name) ?? byDate(store, name);
  for (const [, kind, count] of steps.matchAll(/([~^])([0-9]*)/g)) {
    for (let i = kind === '~' ? Number(count === '' ? '1' : count) : 1; i > 0 && commit !== null; i--) {
      commit = commitOf(store, commit).parents[kind === '^' && count !== '' ? Number(count) - 1 : 0] ?? null;
    }
  }
  if (commit === null) throw unknown;
  return commit;
}

function named(store: Store, name: string): string | null {
  if (name === 'HEAD' || name === '@') return headCommit(store);
  const spellings = [name, `refs/${name}`, `refs/tags/${name}`, `refs/heads/${name}`];
  return spellings.map((ref) => store.refs.get(ref)).find((oid) => oid !== undefined) ?? null;
}

function byPrefix(store: Store, name: string): string | null {
  if (!/^[0-9a-f]{4,40}$/.test(name)) return null;
  const found = [...store.commits.keys()].filter((oid) => oid.startsWith(name));
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** A day means its end, in UTC. */
function byDate(store: Store, name: string): string | null {
  if (!/^\d{4}-\d\d-\d\d(T.*)?$/.test(name)) return null;
  const until = Date.parse(name.includes('T') ? name : `${name}T23:59:59.999Z`);
  for (let oid = headCommit(store); oid !== null; oid = commitOf(store, oid).parents[0] ?? null) {
    if (commitOf(store, oid).time <= until) return oid;
  }
  return null;
}

function commitOf(store: Store, oid: string): Commit {
  const commit = store.commits.get(oid);
  if (commit === undefined) throw new StateManagerError('GIT_FAILED', `There is no commit ${oid}`);
  return commit;
}

/** Children before parents; among those that are ready, the newest first. */
function reachable(
  store: Store,
  from: string,
  parentsOf = (oid: string): readonly string[] => commitOf(store, oid).parents,
): string[] {
  const children = new Map<string, number>();
  const seen = new Set<string>();
  const stack = [from];
  for (let oid = stack.pop(); oid !== undefined; oid = stack.pop()) {
    if (seen.has(oid)) continue;
    seen.add(oid);
    for (const parent of parentsOf(oid)) {
      children.set(parent, (children.get(parent) ?? 0) + 1);
      stack.push(parent);
    }
  }
  const order: string[] = [];
  const ready = [commitOf(store, from)];
  for (let next = ready.shift(); next !== undefined; next = ready.shift()) {
    order.push(next.oid);
    for (const parent of parentsOf(next.oid)) {
      const left = (children.get(parent) ?? 0) - 1;
      children.set(parent, left);
      if (left === 0) ready.push(commitOf(store, parent));
    }
    ready.sort((a, b) => b.time - a.time);
  }
  return order;
}

function stateTree(store: Store, root: string, place: Place | null): StateTree {
  const tree = place === null ? new Map<string, Entry>() : treeOf(store, place);
  return {
    commit: place !== null && typeof place === 'object' ? place.commit : null,
    paths: () => Promise.resolve(statePathsIn(root, [...tree.keys()])),
    read: (paths, known) => promise(() => paths.flatMap((path) => stateFile(store, tree, path, known))),
    strays: () => Promise.resolve([...tree.keys()].filter((path) => isStray(path, root)).sort()),
    manifests: (known) =>
      promise(() =>
        [...tree.keys()]
          .filter((path) => isManifest(path, root))
          .sort()
          .flatMap((path) => stateFile(store, tree, path, known)),
      ),
  };
}

function treeOf(store: Store, place: Place): Tree {
  if (place === 'worktree') return store.worktree;
  return place === 'index' ? store.index : commitOf(store, place.commit).tree;
}

function stateFile(store: Store, tree: Tree, path: string, known?: ReadonlyMap<string, StateFile>): StateFile[] {
  const entry = tree.get(path);
  if (entry === undefined) return [];
  const file = { path, mode: entry.mode, bytes: blob(store, entry.oid) };
  const same = known?.get(path);
  return [same?.mode === file.mode && Buffer.from(same.bytes).equals(file.bytes) ? same : file];
}

function blob(store: Store, oid: string): Uint8Array {
  const bytes = store.blobs.get(oid);
  if (bytes === undefined) throw new StateManagerError('GIT_FAILED', `There is no blob ${oid}`);
  return bytes;
}

function historyEntry(
  store: Store,
  root: string,
  oid: string,
  wanted: (path: string) => boolean = () => true,
): HistoryEntry {
  const { tree, ...about } = commitOf(store, oid);
  const befores = about.parents.map((parent) => commitOf(store, parent).tree);
  if (befores.length === 0) befores.push(new Map());
  return {
    ...about,
    changes: befores.map((before) => fileChanges(before, tree, root).filter(({ path }) => wanted(path))),
  };
}

/** Where a walk goes on: only to a parent that agrees, if there is one. */
function simplified(entry: HistoryEntry): readonly string[] {
  const agreeing = entry.changes.findIndex((changes) => changes.length === 0);
  return agreeing < 0 ? entry.parents : entry.parents.slice(agreeing, agreeing + 1);
}

function stagedChange(store: Store): StateChange {
  const head = headCommit(store);
  return {
    commit: null,
    files: changedFiles(store, [head === null ? new Map() : commitOf(store, head).tree], store.index),
  };
}

function commitChange(store: Store, commit: string): StateChange {
  const { parents, tree } = commitOf(store, commit);
  const befores = parents.map((parent) => commitOf(store, parent).tree);
  return { commit, files: changedFiles(store, befores.length === 0 ? [new Map()] : befores, tree) };
}

/** State files that differ from every parent. */
function changedFiles(store: Store, befores: readonly Tree[], after: Tree): ChangedFile[] {
  const paths = new Set([...befores.flatMap((tree) => [...tree.keys()]), ...after.keys()]);
  return [...paths].sort().flatMap((path): ChangedFile[] => {
    const root = stateRootOf(path);
    const differs = befores.every((tree) => !sameEntry(tree.get(path), after.get(path)));
    if (root === null || !differs || (root !== '' && !after.has(configPath(root)))) return [];
    const read = (tree: Tree): StateFile | null => stateFile(store, tree, path)[0] ?? null;
    return [{ root, path, after: read(after), before: befores.map(read) }];
  });
}

function sameEntry(a: Entry | undefined, b: Entry | undefined): boolean {
  return a?.oid === b?.oid && a?.mode === b?.mode;
}

async function* given(changes: readonly StateChange[]): AsyncGenerator<StateChange> {
  for (const change of changes) if (change.files.length > 0) yield await Promise.resolve(change);
}

function fileChanges(before: Tree, after: Tree, root: string): FileChange[] {
  return statePathsIn(root, [...new Set([...before.keys(), ...after.keys()])])
    .map((path) => ({ path, before: before.get(path)?.oid ?? null, after: after.get(path)?.oid ?? null }))
    .filter((change) => change.before !== change.after);
}

function writeBase(store: Store, target: WriteTarget): { ref: string; base: string | null } {
  const head = headCommit(store);
  if (target.kind === 'head') {
    if ('branch' in store.current) return { ref: store.current.branch, base: head };
    if (target.allowDetached) return { ref: 'HEAD', base: head };
    throw new StateManagerError('DETACHED_HEAD', 'HEAD is detached: no branch would hold the commit');
  }
  const tip = store.refs.get(target.ref);
  if (target.create) {
    if (tip !== undefined) throw new StateManagerError('BRANCH_EXISTS', `${target.ref} exists already`);
    return { ref: target.ref, base: head };
  }
  if (tip === undefined) throw new StateManagerError('UNKNOWN_REVISION', `There is no branch ${target.ref}`);
  return { ref: target.ref, base: tip };
}

function refuseEdits(store: Store, plans: readonly CommitPlan[]): void {
  const head = headCommit(store);
  const committed = head === null ? new Map<string, Entry>() : commitOf(store, head).tree;
  const edited = plans
    .flatMap((plan) => [...plan.files.keys()])
    .filter((path) => [store.index, store.worktree].some((tree) => tree.get(path)?.oid !== committed.get(path)?.oid));
  if (edited.length > 0) {
    throw new StateManagerError('UNCOMMITTED_EDITS', `${edited.join(', ')} has edits that are not committed`);
  }
}

function withFiles(store: Store, tree: Tree, files: Files, mode = '100644'): Tree {
  const next = new Map(tree);
  for (const [path, text] of Object.entries(files)) {
    if (text === null) next.delete(path);
    else next.set(path, { mode, oid: addBlob(store, typeof text === 'string' ? Buffer.from(text) : text) });
  }
  return next;
}

function addBlob(store: Store, bytes: Uint8Array): string {
  const oid = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
  store.blobs.set(oid, bytes);
  return oid;
}

function sameTree(a: Tree, b: Tree): boolean {
  return a.size === b.size && [...a].every(([path, entry]) => b.get(path)?.oid === entry.oid);
}

function addCommit(store: Store, tree: Tree, about: About & { parents: readonly string[] }): string {
  const count = store.commits.size;
  const oid = createHash('sha1')
    .update(`commit ${count} ${about.message ?? ''}`)
    .digest('hex');
  store.commits.set(oid, {
    oid,
    parents: about.parents,
    author: about.author ?? 'deploy-bot',
    email: about.email ?? 'deploy-bot@example.org',
    time: about.time ?? Date.UTC(2025, 7, 13, 11, 2 + count),
    message: about.message ?? 'Edit by hand',
    tree,
  });
  return oid;
}

function moveRef(store: Store, ref: string, oid: string): void {
  if (ref === 'HEAD') store.current = { commit: oid };
  else store.refs.set(ref, oid);
}
