import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { build } from 'esbuild';

/** Bundles the program of a copy as it is built now, all verbs in one file. */
export async function buildProgram(folder: string): Promise<void> {
  await build({
    entryPoints: [join(folder, 'build/src/cli/main.js')],
    outfile: join(folder, 'dist/stateroot.cjs'),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    external: ['level', 'isomorphic-git', 'simple-git', '@clack/prompts'],
    define: { 'import.meta.url': '__bundleUrl' },
    banner: { js: "#!/usr/bin/env node\nconst __bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
    logLevel: 'error',
  });
}

/** Builds a copy anew: the validators that its schemas make. */
export function rebuild(folder: string): void {
  execFileSync(process.execPath, ['esbuild.config.mjs', 'test'], { cwd: folder, stdio: 'pipe' });
}
