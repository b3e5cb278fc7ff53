import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DriverScripts } from '../commands/setup/driver-parts.js';
import type { GateHook } from '../commands/setup/gate-hooks.js';
import type { HookScripts } from '../commands/setup/hook-parts.js';
import type { WorkflowName } from '../commands/setup/workflow-part.js';
import type { Setup } from '../commands/init.js';

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

/** The one text of each hook, as shipped in `hooks/`. */
export function hookScripts(): HookScripts {
  const read = (hook: GateHook) => readFileSync(join(packageFolder(), 'hooks', hook), 'utf8');
  return {
    'pre-commit': read('pre-commit'),
    'pre-merge-commit': read('pre-merge-commit'),
    'pre-push': read('pre-push'),
  };
}

/** The one text of each driver, likewise. */
export function driverScripts(): DriverScripts {
  const read = (name: string) => readFileSync(join(packageFolder(), 'hooks', name), 'utf8');
  return { merge: read('merge-driver'), textconv: read('textconv') };
}

/** The workflows that `init` can write, as shipped in `.github/workflow-templates/`; one character per byte, as a checkout takes them. */
export function workflowTexts(): Readonly<Record<WorkflowName, string>> {
  const read = (name: WorkflowName) =>
    readFileSync(join(packageFolder(), '.github', 'workflow-templates', `${name}.yml`), 'latin1');
  return {
    'state-check': read('state-check'),
    'state-comment': read('state-comment'),
    'state-merge': read('state-merge'),
    'state-watch': read('state-watch'),
  };
}

/** All that `init` would set up by this installation, and what `doctor` judges it by. */
export function installedSetup(): Setup {
  return {
    scripts: hookScripts(),
    drivers: driverScripts(),
    command: installedCommand(),
    workflows: workflowTexts(),
  };
}

/** The bundled program of this installation, for node. */
export function installedProgram(): string {
  return join(packageFolder(), 'dist', 'stateroot.cjs');
}

/** For `stateroot.command`: a shell command that runs this installation from anywhere. */
export function installedCommand(): string {
  return `node '${installedProgram().replaceAll('\\', '/').replaceAll("'", "'\\''")}'`;
}
