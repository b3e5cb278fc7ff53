import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, it } from 'node:test';

const source = join(import.meta.dirname, '..', '..', 'src');

// Who may import whom: folders of src (or files at its top) and packages. A folder that is not listed fails on purpose.
const allowed: Readonly<Record<string, { folders: readonly string[]; packages: RegExp }>> = {
  'errors.ts': { folders: [], packages: /^$/ },
  core: {
    folders: ['core', 'errors.ts'],
    packages:
      /^(node:crypto|ajv|json-stable-stringify|canonicalize|@humanwhocodes\/momoa|hash-wasm|@noble\/hashes\/(sha3|utils)\.js)$/,
  },
  ports: { folders: ['core', 'ports', 'errors.ts'], packages: /^$/ },
  git: {
    folders: ['core', 'ports', 'git', 'errors.ts'],
    packages:
      /^(node:(child_process|crypto|fs|fs\/promises|os|path|path\/posix|process|timers\/promises)|simple-git|isomorphic-git)$/,
  },
  files: { folders: ['core', 'ports', 'files', 'errors.ts'], packages: /^node:(crypto|fs\/promises|path)$/ },
  leveldb: {
    folders: ['core', 'ports', 'files', 'leveldb', 'errors.ts'],
    packages: /^(node:(fs|fs\/promises|os|path|process|crypto|stream\/promises|timers\/promises)|level)$/,
  },
  commands: { folders: ['core', 'ports', 'commands', 'errors.ts'], packages: /^$/ },
  // The managers are what deploy scripts hold: a migration tries them before it switches scripts over, `bench` measures them, and
  // `health` judges by their thresholds.
  cli: {
    folders: ['core', 'ports', 'commands', 'git', 'files', 'leveldb', 'managers', 'cli', 'errors.ts'],
    packages: /./,
  },
  library: { folders: ['core', 'ports', 'commands', 'git', 'leveldb', 'library', 'errors.ts'], packages: /^$/ },
  managers: {
    folders: ['core', 'ports', 'commands', 'git', 'files', 'leveldb', 'library', 'managers', 'errors.ts'],
    packages:
      /^(node:(crypto|fs|fs\/promises|os|path|perf_hooks|process|timers\/promises|v8)|level|cockatiel|lru-cache|async-mutex|pino)$/,
  },
  'index.ts': {
    folders: ['core', 'ports', 'commands', 'git', 'leveldb', 'library', 'managers', 'errors.ts'],
    packages: /^$/,
  },
};

type Import = { file: string; layer: string; specifier: string };

function imports(): Import[] {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return files.flatMap((file) => {
    const text = readFileSync(join(source, file), 'utf8');
    const statements = [
      ...text.matchAll(/^(?:import|export)\b[^'";]*?\bfrom '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm),
    ];
    const specifiers = statements.map((match) => match[1] ?? match[2] ?? match[3] ?? '');
    return specifiers.map((specifier) => ({ file, layer: file.split('/')[0] ?? '', specifier }));
  });
}

function layerOf(entry: Import): string {
  return (
    relative(source, resolve(source, dirname(entry.file), entry.specifier))
      .replace(/\.js$/, '.ts')
      .split('/')[0] ?? ''
  );
}

function isAllowed(entry: Import): boolean {
  const rule = allowed[entry.layer];
  if (rule === undefined) return false;
  return entry.specifier.startsWith('.') ? rule.folders.includes(layerOf(entry)) : rule.packages.test(entry.specifier);
}

describe('layers', () => {
  const all = imports();

  it('are read from the sources', () => {
    assert.ok(all.length > 100, `only ${all.length} imports found`);
  });

  it('import in one direction only', () => {
    const wrong = all.filter((entry) => !isAllowed(entry)).map((entry) => `${entry.file} imports ${entry.specifier}`);
    assert.deepEqual(wrong, []);
  });

  it('keep the layout of state files to core/layout.ts', () => {
    const wrong = readdirSync(source, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && name !== 'core/layout.ts')
      .filter((name) => /['"`][^'"`\n]*deployments\/(unified|quarantine)/.test(withoutComments(name)));
    assert.deepEqual(wrong, []);
  });

  it('leave the process to the command line and the adapters', () => {
    const wrong = readdirSync(source, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && /^(core|ports|commands)\//.test(name))
      .filter((name) => /\bprocess\.|\bconsole\.|\bDate\.now\(|\bnew Date\(\)/.test(withoutComments(name)));
    assert.deepEqual(wrong, []);
  });
});

function withoutComments(name: string): string {
  return readFileSync(join(source, name), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
}
