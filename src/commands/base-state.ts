import { type Config, readConfig } from '../core/config/config.js';
import type { Finding } from '../core/finding.js';
import { inspectFile } from '../core/inspect/inspect.js';
import { configPath, networkFilePath, networkOfPath } from '../core/layout.js';
import { type NetworkFile, parseNetworkFile } from '../core/model/network-file.js';
import { StateManagerError } from '../errors.js';
import type { StateFile, StateTree } from '../ports/state-repository.js';

/** The state a write builds on, read only as far as it is asked for. */
export type BaseState = {
  readonly root: string;
  readonly tree: StateTree;
  readonly config: Config;
  /** Names of the network files, ascending. */
  readonly networks: readonly string[];
  /** A network fit to be written, null when there is no file. Throws STATE_INVALID when its file has errors (FORMAT §9). */
  network(name: string): Promise<NetworkFile | null>;
  /** Every network file that can be read, whatever its findings. */
  readable(): Promise<readonly NetworkFile[]>;
};

export async function baseState(root: string, tree: StateTree): Promise<BaseState> {
  const [paths, [config]] = await Promise.all([tree.paths(), tree.read([configPath(root)])]);
  const networks = paths.map(networkOfPath).flatMap((place) => (place === null ? [] : [place.network]));
  return {
    root,
    tree,
    config: readConfig(config?.bytes ?? null),
    networks,
    async network(name) {
      const [file] = await tree.read([networkFilePath(root, name)]);
      return file === undefined ? null : writable(file);
    },
    async readable() {
      const files = await tree.read(networks.map((network) => networkFilePath(root, network)));
      return files.map((file) => parseNetworkFile(file.bytes)).flatMap((parsed) => (parsed.ok ? [parsed.file] : []));
    },
  };
}

function writable(file: StateFile): NetworkFile {
  const findings = inspectFile(file);
  // A file of a newer minor version may hold what this version would not keep right (FORMAT §12).
  const against = findings.filter((finding) => finding.severity === 'error' || finding.rule === 'schema-newer');
  if (against.length > 0) throw invalidBase(file.path, against);
  const parsed = parseNetworkFile(file.bytes);
  if (!parsed.ok) throw new Error(`${file.path} was inspected clean and then refused: ${parsed.refusal.rule}`);
  return parsed.file;
}

function invalidBase(path: string, findings: readonly Finding[]): StateManagerError {
  const first = findings[0];
  const where = `${path}:${first?.line ?? 1}:${first?.column ?? 1}`;
  const more = findings.length > 1 ? `, and ${findings.length - 1} more` : '';
  return new StateManagerError(
    'STATE_INVALID',
    `${path} is not valid as it is committed, so nothing can be built on it: ${where} ${first?.rule ?? ''}: ${first?.message ?? ''}${more}`,
    { hint: first?.hint ?? `stateroot validate ${path}`, details: { findings } },
  );
}
