import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The package this command runs from, wherever it was built to. */
function packageFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'hooks'))) return folder;
    if (dirname(folder) === folder) throw new Error('the stateroot package is incomplete: no package.json above it');
  }
}

export function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8'));
  const version = typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : null;
  return String(version);
}

/** The one text of the pre-commit hook, as shipped in `hooks/`. */
export function hookScript(): string {
  return readFileSync(join(packageFolder(), 'hooks', 'pre-commit'), 'utf8');
}

/** The bundled program of this installation, for node. */
export function installedProgram(): string {
  return join(packageFolder(), 'dist', 'stateroot.cjs');
}

/** For `stateroot.command`: a shell command that runs this installation from anywhere. */
export function installedCommand(): string {
  return `node '${installedProgram().replaceAll('\\', '/').replaceAll("'", "'\\''")}'`;
}
