import { configPath, stateGlobs, stateRootOf } from '../../core/layout.js';
import type { DivergedFile, MergeSides, TreeFile } from '../../ports/merges.js';
import { type Checkout, inCheckout } from '../checkout-context.js';
import { parseRawDiff, type RawSide } from '../read/raw-diff.js';
import { runGit } from '../run.js';

const statePaths = stateGlobs.map((glob) => `:(top,glob)${glob}`);
const batch = 500;

/** State files on which two commits differ: two git processes and one for each base, whatever else the trees hold. */
export async function divergedFiles(checkout: Checkout, { ours, theirs, bases }: MergeSides): Promise<DivergedFile[]> {
  const args = ['diff-tree', '-r', '--raw', '-z', '--no-abbrev', '--no-renames', ours, theirs, '--', ...statePaths];
  const env = { ...checkout.env, GIT_LITERAL_PATHSPECS: '0' };
  const [commit] = parseRawDiff((await runGit(args, { cwd: checkout.top, env })).stdout);
  const marked = new Map<string, Promise<boolean>>();
  const isState = (path: string): Promise<boolean> => {
    const root = stateRootOf(path);
    if (root === null || root === '') return Promise.resolve(root === '');
    const known = marked.get(root) ?? isMarked(checkout, root, [ours, theirs]);
    marked.set(root, known);
    return known;
  };
  const changes = commit?.changes ?? [];
  const counted = await Promise.all(changes.map(({ path }) => isState(path)));
  const files = changes.filter((_, at) => counted[at] === true);
  const paths = files.map(({ path }) => path);
  const before = await Promise.all(bases.map((base) => filesAt(checkout, base, paths)));
  return files.map(({ path, before: [mine], after }) => ({
    path,
    ours: mine === undefined ? null : treeFile(mine),
    theirs: treeFile(after),
    bases: before.map((files) => files.get(path) ?? null),
  }));
}

/** A folder is a state root when either side marks it; a look-alike elsewhere is git's to merge. */
async function isMarked(checkout: Checkout, root: string, commits: readonly string[]): Promise<boolean> {
  const found = await Promise.all(commits.map((commit) => checkout.objects.read(`${commit}:${configPath(root)}`)));
  return found.some((object) => object !== null);
}

async function filesAt(checkout: Checkout, commit: string, paths: readonly string[]): Promise<Map<string, TreeFile>> {
  const found = new Map<string, TreeFile>();
  for (let at = 0; at < paths.length; at += batch) {
    const args = ['--literal-pathspecs', 'ls-tree', '-z', '--full-tree', commit, '--', ...paths.slice(at, at + batch)];
    const { stdout } = await runGit(args, inCheckout(checkout));
    for (const line of stdout.toString('utf8').split('\0')) {
      const [, mode, oid, path] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
      if (mode !== undefined && oid !== undefined && path !== undefined) found.set(path, { mode, oid });
    }
  }
  return found;
}

function treeFile({ mode, oid }: RawSide): TreeFile | null {
  return mode === '000000' ? null : { mode, oid };
}
