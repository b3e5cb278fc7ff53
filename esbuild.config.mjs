// Builds: `node esbuild.config.mjs test [folder]` transpiles src and test to build/ (for node:test);
// `clean` empties dist/; `dist` adds the compiled schemas and the bundled CLI to dist/ (after tsc).
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
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
// A commit pays for all that its hook loads, a merge for each file. What the verbs that git calls never come to is left
// out of their program.
const leaner = (filter) => ({
  name: 'leaner',
  setup(context) {
    context.onLoad({ filter }, () => ({ contents: '{}', loader: 'json' }));
  },
});
const hooksOnly = leaner(
  /dist\/(?:cli\/(?:parse|help|documented\/run-steps|verbs\/(?:merge-driver|textconv))|git\/(?:checkout|open-repository|open-merge-files|merge-commits|remotes|merge\/open-merges|unmerged\/open-unmerged))\.js$/,
);
const driversOnly = leaner(
  /dist\/(?:cli\/(?:parse|help|documented\/run-steps|verbs\/hook)|git\/(?:checkout|remotes|merge\/open-merges|unmerged\/open-unmerged))\.js$/,
);
// What a hook calls only for a file that is wrong or of another kind, for keys like `10`, or on a node without WebAssembly:
// the first call reads it from a file of its own. Functions of plain values, as the two files share nothing else.
const rareFile = './stateroot-rare.cjs';
const rare = {
  '@humanwhocodes/momoa': 'parse',
  'json-stable-stringify': 'default',
  '@noble/hashes/sha3.js': 'keccak_256',
  './dist/core/inspect/config.js': 'inspectConfig',
  './dist/core/inspect/quarantine.js': 'inspectQuarantine',
};
const deferRare = {
  name: 'defer-rare',
  setup(context) {
    context.onResolve({ filter: /./ }, ({ path, resolveDir, namespace }) => {
      if (namespace === 'rare') return { path, external: true };
      const key = path.startsWith('.') ? `./${relative('.', resolve(resolveDir, path))}` : path;
      return Object.hasOwn(rare, key) ? { path: key, namespace: 'rare' } : undefined;
    });
    context.onLoad({ filter: /./, namespace: 'rare' }, ({ path }) => {
      const name = rare[path];
      const call = `(...given) => require('${rareFile}')['${path}'](...given)`;
      return { contents: name === 'default' ? `export default ${call}` : `export const ${name} = ${call}` };
    });
  },
};
// Loaded by the first call: a hook that was given what git says starts no process, and one with nothing to tell never
// asks what it would write to.
const late = { 'node:child_process': ['spawn', 'spawnSync'], 'node:tty': ['isatty'] };
const loadLate = {
  name: 'load-late',
  setup(context) {
    context.onResolve({ filter: /^node:(?:child_process|tty)$/ }, ({ path, namespace }) =>
      namespace === 'late' ? { path, external: true } : { path, namespace: 'late' },
    );
    context.onLoad({ filter: /./, namespace: 'late' }, ({ path }) => ({
      contents: late[path]
        .map((name) => `export const ${name} = (...given) => require('${path}').${name}(...given);`)
        .join('\n'),
    }));
  },
};
const rareCode = Object.entries(rare)
  .map(([path, name]) => `export { ${name} as '${path}' } from '${path}';`)
  .join('\n');
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
  const schemas = await compileSchemas('dist/core/schema/validators.js');
  const bundle = {
    entryPoints: ['dist/cli/main.js'],
    bundle: true,
    metafile: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    legalComments: 'linked',
    // The index of the package is all of its hashes.
    alias: { 'hash-wasm': 'hash-wasm/dist/keccak.umd.min.js' },
    // Loaded from node_modules when a verb needs them: native code, or heavy and rarely used.
    external: ['level', 'isomorphic-git', 'simple-git', '@clack/prompts', 'async-mutex', 'cockatiel', 'lru-cache'],
    define: { 'import.meta.url': '__bundle.url' },
    banner: { js: "const __bundle = { get url() { return require('node:url').pathToFileURL(__filename).href; } };" },
  };
  const program = await build({ ...bundle, outfile: 'dist/stateroot-verbs.cjs', plugins: [parserOnly] });
  const lean = { ...bundle, minifyWhitespace: true, minifySyntax: true };
  const hooks = await build({
    ...lean,
    outfile: 'dist/stateroot-hooks.cjs',
    plugins: [hooksOnly, deferRare, loadLate],
  });
  const drivers = await build({
    ...lean,
    outfile: 'dist/stateroot-drivers.cjs',
    plugins: [driversOnly, deferRare, loadLate],
  });
  const stdin = { contents: rareCode, resolveDir: process.cwd() };
  const seldom = await build({ ...lean, entryPoints: [], stdin, outfile: join('dist', rareFile) });
  const library = await build({
    entryPoints: ['dist/index.js'],
    outfile: 'dist/index.js',
    allowOverwrite: true,
    bundle: true,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
  });
  const launcher = await build({
    ...lean,
    entryPoints: ['dist/cli/launch.js'],
    outfile: 'dist/stateroot.cjs',
    define: { 'import.meta.filename': '__filename' },
    banner: { js: '#!/usr/bin/env node' },
  });
  await chmod('dist/stateroot.cjs', 0o755);
  await Promise.all(['verbs', 'hooks', 'drivers'].map((name) => makeLaunchable(`dist/stateroot-${name}.cjs`)));
  await dropModules();
  await writeFile(
    'dist/THIRD-PARTY-NOTICES.txt',
    await notices([schemas, program, hooks, drivers, seldom, launcher, library].map(({ metafile }) => metafile)),
  );
}

/**
 * As `src/cli/compiled-program.ts` runs it: V8 takes a text of ASCII as it stands in the file, and compiled code can call
 * no `import()` of its own.
 */
async function makeLaunchable(file) {
  const text = await readFile(file, 'utf8');
  const escaped = text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  await writeFile(file, escaped.replace(/\bimport\("/g, '__import("'));
}

/** A script that imports the library pays for each file that is read; the declarations stay one by one. */
async function dropModules() {
  const files = await readdir('dist', { recursive: true });
  await Promise.all(
    files.filter((file) => /\.js(?:\.map)?$/.test(file) && file !== 'index.js').map((file) => rm(join('dist', file))),
  );
}

/** Name, version and licence text of every package whose code stands in a bundle. Fails when one has no licence text. */
async function notices(metafiles) {
  const outputs = metafiles.flatMap((metafile) => Object.values(metafile.outputs));
  const inputs = outputs.flatMap((output) =>
    Object.entries(output.inputs).flatMap(([input, { bytesInOutput }]) => (bytesInOutput > 0 ? [input] : [])),
  );
  const folders = inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input) ?? []);
  const texts = await Promise.all([...new Set(folders)].sort().map(noticeOf));
  return `Code of these packages is part of the bundles in this folder.\n\n${texts.join('\n')}`;
}

async function noticeOf(folder) {
  const { name, version, license, author } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? await sharedText(name, license) : await readFile(join(folder, file), 'utf8');
  const by = file === undefined && license !== 'Public Domain' ? `Copyright ${author?.name ?? author}\n\n` : '';
  return `${'-'.repeat(80)}\n${name} ${version} (${license})\n\n${by}${text.replaceAll('\r\n', '\n').trim()}\n`;
}

/** Of a package that names its licence and ships no text of it. */
async function sharedText(name, license) {
  if (license === 'Apache-2.0') return readFile('node_modules/@humanwhocodes/retry/LICENSE', 'utf8');
  if (license === 'Public Domain') return 'Its author has put it into the public domain.';
  throw new Error(`${name} is bundled, and the text of its licence (${license}) is not here`);
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
  const validators = {
    stdin,
    outfile,
    bundle: true,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
  };
  const built = await build(validators);
  await writeFile(outfile.replace(/\.js$/, '.d.ts'), await readFile('src/core/schema/validators.d.ts', 'utf8'));
  return built;
}

async function sources(folder) {
  const entries = await readdir(folder, { recursive: true });
  return entries.filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts')).map((name) => join(folder, name));
}
