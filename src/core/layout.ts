import { compareText } from './equal.js';
import { assertNetworkName } from './model/names.js';

const networkFile = /^(?:([^]+)\/)?deployments\/unified\/([^/]+)\.unified\.json$/;
const quarantineFile = /^(?:([^]+)\/)?deployments\/quarantine\/[^/]+\.json$/;
const besideFile = /^(?:([^]+)\/)?deployments\/(?:policy\.json|allowed_signers)$/;
const configFile = /^(?:([^]+)\/)?stateroot\.config\.json$/;
const stateForms = [networkFile, quarantineFile, besideFile, configFile];
const miscasedForms = stateForms.map((form) => new RegExp(form.source, 'i'));
const folderPlace = /^(?:([^]+)\/)?deployments(?:\/unified|\/quarantine)?$/i;

/** Every path is relative to the repository root and uses `/`; the root of a repository is `''`. */
export function networkFilePath(root: string, network: string): string {
  assertNetworkName(network);
  return networkFilePathOf(root, network);
}

/** The same for a name that is taken from a file, valid or not. */
export function networkFilePathOf(root: string, fileName: string): string {
  return `${unifiedFolder(root)}/${fileName}.unified.json`;
}

/**
 * The state root and the network a path stands for, null when it is no network file. The name is what the file is
 * called, valid or not: inspection reports the ones that are not.
 */
export function networkOfPath(path: string): { root: string; network: string } | null {
  const match = networkFile.exec(path);
  return match === null ? null : { root: match[1] ?? '', network: match[2] ?? '' };
}

/** Every network file of a state root as a pattern for git, relative to the root. */
export function networkFilePattern(): string {
  return `${unifiedFolder('')}/*.unified.json`;
}

export function quarantinePath(root: string, chainId: number | null): string {
  return `${quarantineFolder(root)}/${chainId === null ? 'unknown' : chainId}.json`;
}

export function configPath(root: string): string {
  return inRoot(root, 'stateroot.config.json');
}

/** Where a state root says how git treats its files. */
export function attributesPath(root: string): string {
  return inRoot(root, '.gitattributes');
}

export function unifiedFolder(root: string): string {
  return inRoot(root, 'deployments/unified');
}

export function quarantineFolder(root: string): string {
  return inRoot(root, 'deployments/quarantine');
}

/** Where OpenZeppelin's upgrades plugin keeps a manifest per network. */
export function manifestFolder(root: string): string {
  return inRoot(root, '.openzeppelin');
}

export function isManifest(path: string, root: string): boolean {
  const folder = `${manifestFolder(root)}/`;
  return path.startsWith(folder) && path.endsWith('.json') && !path.slice(folder.length).includes('/');
}

/** Does a path lie among the network files of a root, at any depth, without being one? Hidden files such as .gitkeep do not count. */
export function isStray(path: string, root: string): boolean {
  const isHidden = path.slice(path.lastIndexOf('/') + 1).startsWith('.');
  return path.startsWith(`${unifiedFolder(root)}/`) && !isHidden && networkOfPath(path)?.root !== root;
}

/**
 * What a change to state can look like, at any depth and in any case: state files, and what takes the place of one or of
 * their folders. The shell texts in `hooks/` ask with the same ones.
 */
export const stateGlobs: readonly string[] = [
  '**/deployments/unified/**',
  '**/deployments/quarantine/**',
  '**/deployments/unified',
  '**/deployments/quarantine',
  '**/deployments',
  '**/deployments/policy.json',
  '**/deployments/allowed_signers',
  '**/stateroot.config.json',
];

/** Does a commit that touches this path touch state? Backups and other files beside the network files do not. */
export function isStatePath(path: string): boolean {
  return stateRootOf(path) !== null;
}

/** The state root a state file belongs to, marked or not; null when the path is no state file. */
export function stateRootOf(path: string): string | null {
  return firstFolder(stateForms, path);
}

/**
 * The state root of a path that takes the place of state without being a state file: the same path to a disk that
 * ignores case, or the name of a state folder (what stands there is then no folder). Null for any other path.
 */
export function displacedRootOf(path: string): string | null {
  return stateRootOf(path) === null ? firstFolder([...miscasedForms, folderPlace], path) : null;
}

/** Every folder of a root that directly holds state files, the configuration apart. */
export function stateFolders(root: string): string[] {
  return [unifiedFolder(root), quarantineFolder(root), inRoot(root, 'deployments')];
}

/** The files of a root that say how its state is judged: configuration, policy, signers. */
export function judgingPaths(root: string): string[] {
  return [configPath(root), inRoot(root, 'deployments/policy.json'), inRoot(root, 'deployments/allowed_signers')];
}

/** Those of `paths` that are state files of exactly this root, ascending. */
export function statePathsIn(root: string, paths: readonly string[]): string[] {
  return paths.filter((path) => stateRootOf(path) === root).sort(compareText);
}

/** The state roots of a tree, ascending: folders marked by a configuration file, and the repository root unless it holds nothing while others are marked. */
export function rootsOf(paths: readonly string[]): string[] {
  const marked = paths.map((path) => configFile.exec(path)).filter((match) => match !== null);
  const roots = new Set(marked.map((match) => match[1] ?? ''));
  if (roots.size === 0 || statePathsIn('', paths).length > 0) roots.add('');
  return [...roots].sort(compareText);
}

/** What precedes the state part of a path, by the first form that fits. */
function firstFolder(forms: readonly RegExp[], path: string): string | null {
  for (const form of forms) {
    const match = form.exec(path);
    if (match !== null) return match[1] ?? '';
  }
  return null;
}

function inRoot(root: string, path: string): string {
  return root === '' ? path : `${root}/${path}`;
}
