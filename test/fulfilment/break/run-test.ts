import { spawn } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { sharedData } from '../../support/shared-data.js';
import { escaped } from '../test-files.js';

/** `absent`: no test of this title ran to an end, because there is none, it is skipped, or its file does not load. */
export type Outcome = 'passed' | 'failed' | 'absent';

/** Runs one test of a copy alone. */
export async function runTest(folder: string, file: string, title: string): Promise<Outcome> {
  const output = await outputOf(folder, [
    '--import',
    join(folder, 'build/test/support/seeded.js'),
    '--test-reporter=tap',
    `--test-name-pattern=/${escaped(title)}$/`,
    join(folder, 'build', file.replace(/\.ts$/, '.js')),
  ]);
  const ends = output.split('\n').flatMap((line) => {
    const [, not, name = ''] = /^ *(not )?ok \d+ - (.*)$/.exec(line) ?? [];
    return name === inTap(title) ? [not === undefined ? 'passed' : 'failed'] : [];
  });
  if (ends.includes('failed')) return 'failed';
  return ends.length === 0 ? 'absent' : 'passed';
}

function inTap(title: string): string {
  return title.replaceAll('\\', '\\\\').replaceAll('#', '\\#');
}

async function outputOf(folder: string, args: readonly string[]): Promise<string> {
  const env: NodeJS.ProcessEnv = { ...process.env, STATEROOT_SHARED_DATA: sharedData() ?? join(folder, 'none') };
  // Set by a test runner above us, it would change what the tests print; the seed is for the rows.
  for (const name of ['NODE_TEST_CONTEXT', 'STATEROOT_SEED']) Reflect.deleteProperty(env, name);
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 120_000,
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  await new Promise((resolve) => child.once('close', resolve));
  return output;
}
