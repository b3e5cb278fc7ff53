import { knownChainNamed } from '../../core/config/resolve-network.js';
import { compareText } from '../../core/equal.js';
import { grouped } from '../../core/grouped.js';
import { inspectPlain } from '../../core/plain/inspect-plain.js';
import { shown } from '../../core/shown.js';
import { StateManagerError } from '../../errors.js';
import type { StoreProblem } from '../contract-store.js';
import type { LoadedFile, PlainFolder } from './plain-folder.js';

/** Everything wrong with the files of a folder; one that cannot be read is a problem of its own. Throws where the folder cannot be listed. */
export async function inspectFolder(folder: PlainFolder): Promise<StoreProblem[]> {
  const problems: StoreProblem[] = [];
  const files: LoadedFile[] = [];
  for (const name of await folder.names()) {
    try {
      const loaded = await folder.loadAny(name);
      if (loaded !== null) files.push(loaded);
    } catch (error) {
      if (!(error instanceof StateManagerError)) throw error;
      problems.push({ severity: 'error', key: folder.pathOf(name), message: error.message });
    }
  }
  problems.push(...files.flatMap(problemsOf), ...sharedChains(files));
  const rank = ({ severity }: StoreProblem) => (severity === 'error' ? 0 : 1);
  return problems.sort((a, b) => rank(a) - rank(b) || compareText(a.key, b.key) || compareText(a.message, b.message));
}

function problemsOf({ path, name, file }: LoadedFile): StoreProblem[] {
  const found = inspectPlain(file).map(({ severity, name: contract, message }): StoreProblem => {
    return { severity, key: contract === null ? path : `${file.chainId}-${contract}`, message };
  });
  const known = knownChainNamed(file.network);
  const isNamed = name === file.network || known?.chainId === file.chainId;
  if (isNamed) return found;
  const message = `says network ${shown(file.network)} and chain ${file.chainId}, which is not what it is called`;
  return [...found, { severity: 'warning', key: path, message }];
}

/** A read by chain id is refused then. */
function sharedChains(files: readonly LoadedFile[]): StoreProblem[] {
  const main = files.filter(({ name }) => !name.includes('.'));
  return [...grouped(main, ({ file }) => file.chainId)].flatMap(([chainId, same]) =>
    same.length === 1
      ? []
      : same.map(({ path }): StoreProblem => {
          const others = same.filter((other) => other.path !== path).map((other) => other.path);
          return { severity: 'error', key: path, message: `is of chain ${chainId}, as ${others.join(', ')} is` };
        }),
  );
}
