import { compareText } from './equal.js';
import { assertNetworkName } from './model/names.js';

const networkFile = /^(?:(.+)\/)?deployments\/unified\/([^/]+)\.unified\.json$/;
const quarantineFile = /^(?:(.+)\/)?deployments\/quarantine\/[^/]+\.json$/;
const besideFile = /^(?:(.+)\/)?deployments\/(?:policy\.json|allowed_signers)$/;
const configFile = /^(?:(.+)\/)?stateroot\.config\.json$/;

/** Every path is relative to the repository root and uses `/`; the root of a repository is `''`. */
export function networkFilePath(root: string, network: string): string {
  assertNetworkName(network);
  return `${unifiedFolder(root)}/${network}.unified.json`;
}

/**
 * The state root and the network a path stands for, null when it is no network file. The name is what the file is
 * called, valid or not: inspection reports the ones that are not.
 */
export function networkOfPath(path: string): { root: string; network: string } | null {
  const match = networkFile.exec(path);
  return match === null ? null : { root: match[1] ?? '', network: match[2] ?? '' };
}

export function quarantinePath(root: string, chainId: number | null): string {
  return `${quarantineFolder(root)}/${chainId === null ? 'unknown' : chainId}.json`;
}

export function configPath(root: string): string {
  return inRoot(root, 'stateroot.config.json');
}

export function unifiedFolder(root: string): string {
  return inRoot(root, 'deployments/unified');
}

export function quarantineFolder(root: string): string {
  return inRoot(root, 'deployments/quarantine');
}

/** Does a commit that touches this path touch state? Backups and other files beside the network files do not. */
export function isStatePath(path: string): boolean {
  return rootOfPath(path) !== null;
}

/** Every folder of a root that directly holds state files, the configuration apart. */
export function stateFolders(root: string): string[] {
  return [unifiedFolder(root), quarantineFolder(root), inRoot(root, 'deployments')];
}

/** Those of `paths` that are state files of exactly this root, ascending. */
export function statePathsIn(root: string, paths: readonly string[]): string[] {
  return paths.filter((path) => rootOfPath(path) === root).sort(compareText);
}

/** The state roots of a tree, ascending: folders marked by a configuration file, and the repository root unless it holds nothing while others are marked. */
export function rootsOf(paths: readonly string[]): string[] {
  const marked = paths.map((path) => configFile.exec(path)).filter((match) => match !== null);
  const roots = new Set(marked.map((match) => match[1] ?? ''));
  if (roots.size === 0 || statePathsIn('', paths).length > 0) roots.add('');
  return [...roots].sort(compareText);
}

/** The state root a path belongs to, null when it is no part of any state. */
function rootOfPath(path: string): string | null {
  for (const form of [networkFile, quarantineFile, besideFile, configFile]) {
    const match = form.exec(path);
    if (match !== null) return match[1] ?? '';
  }
  return null;
}

function inRoot(root: string, path: string): string {
  return root === '' ? path : `${root}/${path}`;
}
