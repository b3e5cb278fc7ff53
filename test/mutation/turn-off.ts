import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { transform } from 'esbuild';
import type { Check } from './checks.js';

/** A copy of the built validator and its tests, in which one check after the other is turned off. */
export type Bench = { turnOff(check: Check): Promise<Verdict>; run(): Promise<string[]>; close(): void };

/** The tests that fail without the check; none: nobody would notice. */
export type Verdict = { readonly check: Check; readonly failed: readonly string[] };

const repository = join(import.meta.dirname, '..', '..', '..');
/** The quick ones first: most checks need no others. */
const tests: readonly (readonly string[])[] = [
  [
    'core/inspect/every-rule.test.js',
    'core/text/number.test.js',
    'core/values/address.test.js',
    'core/values/bigint.test.js',
    'core/values/hash.test.js',
  ],
  ['core/inspect/inspect.test.js', 'core/model/names.test.js', 'core/text/read.test.js'],
  ['core/merge/merge-state-file.test.js', 'core/merge/blend.test.js'],
  ['core/merge/laws.test.js'],
];

export function bench(name: string): Bench {
  const built = join(import.meta.dirname, '..', '..');
  // Below the build folder, where packages are found; without the shared data, which not everybody has.
  const folder = join(built, `mutants-${name}-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  for (const part of ['src', 'test/core', 'test/support'])
    cpSync(join(built, part), join(folder, part), { recursive: true });
  for (const [index, stage] of tests.entries())
    writeFileSync(join(folder, `stage${index}.js`), stage.map((test) => `import './test/${test}';\n`).join(''));
  return {
    async turnOff(check) {
      const target = join(folder, check.file.replace(/\.ts$/, '.js'));
      const original = readFileSync(target);
      const text = readFileSync(join(repository, check.file), 'utf8');
      const mutant = text.slice(0, check.start) + check.replacement + text.slice(check.end);
      writeFileSync(target, (await transform(mutant, { loader: 'ts', format: 'esm', target: 'node20' })).code);
      try {
        return { check, failed: await failedIn(folder) };
      } finally {
        writeFileSync(target, original);
      }
    },
    run: () => failedIn(folder),
    close() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The failed tests of the first stage in which one fails. */
async function failedIn(folder: string): Promise<string[]> {
  for (const index of tests.keys()) {
    const failed = await failedOf(folder, `stage${index}.js`);
    if (failed.length > 0) return failed;
  }
  return [];
}

async function failedOf(folder: string, stage: string): Promise<string[]> {
  const env = { ...process.env, STATEROOT_SHARED_DATA: join(folder, 'none') };
  // Set by a test runner above us, it would change what the tests print.
  Reflect.deleteProperty(env, 'NODE_TEST_CONTEXT');
  const child = spawn(process.execPath, ['--test-reporter=tap', join(folder, stage)], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 120_000,
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  // Suites stand further to the left than the tests in them.
  const failed = [...output.matchAll(/^ +not ok \d+ - (.*)$/gm)].map(([, title = '']) => title);
  return failed.length === 0 && code !== 0 ? ['(the tests did not start)'] : failed;
}
