import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { transform } from 'esbuild';
import { codeOf, type FulfilledRow, testOf } from '../row.js';
import { usesProgram } from '../test-files.js';
import { breakCode } from './break-code.js';
import { buildProgram, rebuild } from './build-copy.js';
import { type Outcome, runTest } from './run-test.js';

/** What a named test says with its code as it is, and with it broken. */
export type Verdict = { readonly row: FulfilledRow; readonly whole: Outcome; readonly broken: Outcome };

/** A copy of the repository as it is built, in which the code of one row after the other is broken. */
export type BrokenCopy = { judge(row: FulfilledRow): Promise<Verdict>; close(): void };

const repository = join(import.meta.dirname, '..', '..', '..', '..');

export function brokenCopy(name: string): BrokenCopy {
  // In the repository, where packages are found; git and the linters pass by what is called so.
  const folder = join(repository, `build-broken-${name}-${process.pid}`);
  copyRepository(folder);
  let programIsWhole = false;
  return {
    async judge(row) {
      const { file, title } = testOf(row);
      const needsProgram = usesProgram(repository, file);
      if (needsProgram && !programIsWhole) await buildProgram(folder);
      programIsWhole ||= needsProgram;
      const whole = await runTest(folder, file, title);
      const restore = await breakIn(folder, row);
      try {
        if (needsProgram) await buildProgram(folder);
        programIsWhole &&= !needsProgram;
        return { row, whole, broken: await runTest(folder, file, title) };
      } finally {
        restore();
      }
    },
    close() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Whether a broken row was noticed by the test that it names. */
export function isNoticed({ whole, broken }: Verdict): boolean {
  return whole === 'passed' && broken === 'failed';
}

function copyRepository(folder: string): void {
  mkdirSync(folder);
  const left = /^(?:\.git|node_modules|dist|build.*)$/;
  for (const entry of readdirSync(repository).filter((each) => !left.test(each)))
    cpSync(join(repository, entry), join(folder, entry), { recursive: true });
  for (const part of ['src', 'test'])
    cpSync(join(import.meta.dirname, '..', '..', '..', part), join(folder, 'build', part), { recursive: true });
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
}

/** Breaks the code in the copy; answers what mends it. */
async function breakIn(folder: string, row: FulfilledRow): Promise<() => void> {
  const { file } = codeOf(row);
  const path = join(folder, file);
  const built = join(folder, 'build', builtFile(file));
  const text = readFileSync(path, 'utf8');
  const code = existsSync(built) ? readFileSync(built) : null;
  const broken = breakCode(row, text);
  writeFileSync(path, broken);
  if (file.endsWith('.ts')) writeFileSync(built, (await transform(broken, { loader: 'ts', target: 'node20' })).code);
  if (file.startsWith('schemas/')) rebuild(folder);
  return () => {
    writeFileSync(path, text);
    if (code !== null) writeFileSync(built, code);
  };
}

/** What a file is built to; nothing is built from a document. */
function builtFile(file: string): string {
  return file.startsWith('schemas/') ? 'src/core/schema/validators.js' : file.replace(/\.ts$/, '.js');
}
