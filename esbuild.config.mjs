// Builds: `node esbuild.config.mjs test [folder]` transpiles src and test to build/ (for node:test);
// `clean` empties dist/; `dist` adds the compiled schemas and the bundled CLI to dist/ (after tsc).
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Ajv from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';

// Of yargs only the parser is used. The rest of `yargs/helpers` is declared free of effects, so that it is left out:
// loading it costs a third of a bare node start.
const parserOnly = {
  name: 'parser-only',
  setup(context) {
    context.onResolve({ filter: /./ }, async ({ path, pluginData, ...options }) => {
      if (pluginData === parserOnly || !/[/\\]yargs[/\\]helpers[/\\]/.test(options.importer)) return undefined;
      const resolved = await context.resolve(path, { ...options, pluginData: parserOnly });
      return { ...resolved, sideEffects: false };
    });
  },
};
const [target, folder = 'build'] = process.argv.slice(2);
if (target === 'test') await buildTests();
else if (target === 'dist') await buildPackage();
else if (target === 'clean') await rm('dist', { recursive: true, force: true });
else throw new Error('usage: node esbuild.config.mjs clean|dist|test [folder]');

async function buildTests() {
  await rm(folder, { recursive: true, force: true });
  const files = [...(await sources('src')), ...(await sources('test'))];
  await build({
    entryPoints: files,
    outdir: folder,
    outbase: '.',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: 'linked',
  });
  await compileSchemas(join(folder, 'src/core/schema/validators.js'));
}

async function buildPackage() {
  await compileSchemas('dist/core/schema/validators.js');
  await build({
    entryPoints: ['dist/cli/main.js'],
    outfile: 'dist/stateroot.cjs',
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    legalComments: 'linked',
    // Loaded from node_modules when a verb needs them: native code, or heavy and rarely used.
    external: ['level', 'isomorphic-git', 'simple-git', '@clack/prompts'],
    plugins: [parserOnly],
    define: { 'import.meta.url': '__bundleUrl' },
    banner: { js: "#!/usr/bin/env node\nconst __bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
  });
  await chmod('dist/stateroot.cjs', 0o755);
}

/** Every schema becomes one exported validator, named after its file: `network-file.schema.json` → `networkFile`. */
async function compileSchemas(outfile) {
  const names = (await readdir('schemas')).filter((name) => name.endsWith('.schema.json')).sort();
  const schemas = await Promise.all(
    names.map(async (name) => JSON.parse(await readFile(join('schemas', name), 'utf8'))),
  );
  const ajv = new Ajv({
    schemas,
    allErrors: true,
    strict: true,
    ownProperties: true,
    code: { source: true, esm: true },
  });
  const exports = Object.fromEntries(
    names.map((name, i) => [
      name.replace('.schema.json', '').replace(/-([a-z])/g, (_, c) => c.toUpperCase()),
      schemas[i].$id,
    ]),
  );
  const stdin = { contents: standaloneCode(ajv, exports), resolveDir: process.cwd(), loader: 'js' };
  await mkdir(join(outfile, '..'), { recursive: true });
  await build({ stdin, outfile, bundle: true, format: 'esm', platform: 'node', target: 'node20' });
  await writeFile(outfile.replace(/\.js$/, '.d.ts'), await readFile('src/core/schema/validators.d.ts', 'utf8'));
}

async function sources(folder) {
  const entries = await readdir(folder, { recursive: true });
  return entries.filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts')).map((name) => join(folder, name));
}
