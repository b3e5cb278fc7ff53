import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { sampleFiles } from '../../src/core/sample/files.js';
import { program } from '../support/command-line.js';
import { type TempRepository, tempRepository } from '../support/temp-repository.js';
import { byTurns } from './by-turns.js';

// `npm run bench:start`: short runs of the program, by turns with a bare node and with a copy of the program that stands
// outside of any node_modules, where nothing compiled is kept. STATEROOT_RUNS: how often.
const ends: (() => void)[] = [];
try {
  const temp = tempRepository({ after: (end) => ends.push(end) });
  for (const [path, text] of sampleFiles()) temp.write(path, text);
  temp.commitAll('state');
  const lines = [
    ['get', 'bscmainnet', 'LookCoin'],
    ['list', '--network', 'bscmainnet'],
    ['textconv', 'deployments/unified/bscmainnet.unified.json'],
  ];
  const copy = copyOfProgram(temp);
  for (const words of lines) report(temp, copy, words);
} finally {
  for (const end of ends) end();
}

function copyOfProgram(temp: TempRepository): string {
  const from = join(program, '..', '..');
  const to = temp.at('../copy');
  mkdirSync(to);
  for (const name of ['package.json', '.github', 'dist', 'hooks', 'schemas'])
    cpSync(join(from, name), join(to, name), { recursive: true });
  return join(to, 'dist', 'stateroot.cjs');
}

function report(temp: TempRepository, copy: string, words: readonly string[]): void {
  const [node = 0, kept = 0, compiled = 0] = byTurns([
    () => run(temp, ['-e', '0']),
    () => run(temp, [program, ...words]),
    () => run(temp, [copy, ...words]),
  ]);
  const against = (time: number) => `${time.toFixed(1)} ms ${(time / node).toFixed(2)} x`;
  const name = words.slice(0, 2).join(' ').slice(0, 18).padEnd(20);
  process.stdout.write(
    `${name} node -e 0 ${node.toFixed(1)} ms   kept compiled ${against(kept)}   compiled each time ${against(compiled)}\n`,
  );
}

function run({ path, env }: TempRepository, args: readonly string[]): number {
  const before = performance.now();
  const { status } = spawnSync(process.execPath, args, { cwd: path, env, stdio: 'ignore' });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status ?? 'a signal'}`);
  return performance.now() - before;
}
