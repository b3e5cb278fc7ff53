import { configPath, displacedRootOf, rootsOf, stateRootOf } from '../../core/layout.js';
import type { Objects } from '../objects.js';
import { gitText, runGit, type RunOptions } from '../run.js';
import { parseCommit } from './commit-object.js';
import type { BlobEntry } from './commit-tree.js';
import { absentMode, parseRawDiff, rawDiff } from './raw-diff.js';

const marks = ':(top,icase,glob)**/stateroot.config.json';

/**
 * The folders below the top that commits make state roots against one of their parents. What a merge takes from a parent
 * is no change of its own, yet may be state for the first time: one side marks the folder, the other has filled it.
 * `commits` are full oids, each on a line.
 */
export async function markedRoots(commits: Uint8Array, options: RunOptions): Promise<ReadonlyMap<string, string[]>> {
  const args = ['diff-tree', '--stdin', '-r', '-m', '--root', ...rawDiff, '--', marks];
  const marked = new Map<string, string[]>();
  for (const { commit, changes } of parseRawDiff((await runGit(args, { ...options, input: commits })).stdout)) {
    const added = changes.filter(({ before }) => before.some(({ mode }) => mode === absentMode));
    const roots = added.flatMap(({ path }) => rootsOf([path])).filter((root) => root !== '');
    if (commit !== null && roots.length > 0) marked.set(commit, [...(marked.get(commit) ?? []), ...roots]);
  }
  return marked;
}

/** All of a state root at a commit, or in the index (null), but for what a parent had as state already. */
export async function filesUnjudged(
  root: string,
  commit: string | null,
  options: RunOptions,
  objects: Objects,
): Promise<BlobEntry[]> {
  const judged = new Set<string>();
  for (const parent of commit === null ? [] : await parentsOf(commit, objects)) {
    if ((await objects.read(`${parent}:${configPath(root)}`)) === null) continue;
    for (const entry of await filesBelow(root, parent, options)) judged.add(identity(entry));
  }
  return (await filesBelow(root, commit, options)).filter((entry) => !judged.has(identity(entry)));
}

async function parentsOf(commit: string, objects: Objects): Promise<readonly string[]> {
  const object = await objects.read(commit);
  return object === null ? [] : parseCommit(object.bytes).parents;
}

/** As changes since nothing: what is only intended to be added is left out, as git leaves it out of a commit. */
async function filesBelow(root: string, commit: string | null, options: RunOptions): Promise<BlobEntry[]> {
  const nothing = await gitText(['hash-object', '-t', 'tree', '--stdin'], options);
  const against = commit === null ? ['diff', '--cached', '--no-ext-diff', '--no-relative'] : ['diff-tree', '-r'];
  const args = [...against, ...rawDiff, nothing, ...(commit === null ? [] : [commit]), '--', `:(top,literal)${root}`];
  return parseRawDiff((await runGit(args, options)).stdout)
    .flatMap(({ changes }) => changes.map(({ path, after }) => ({ path, ...after })))
    .filter(({ path }) => (stateRootOf(path) ?? displacedRootOf(path)) === root);
}

function identity({ path, mode, oid }: BlobEntry): string {
  return `${mode} ${oid} ${path}`;
}
