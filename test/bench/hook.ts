import { spawnSync, type StdioOptions } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { devNull } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { networkFilePath } from '../../src/core/layout.js';
import {
  emptyNetworkFile,
  networkFileText,
  parseNetworkFile,
  recordsOf,
  withRecord,
} from '../../src/core/model/network-file.js';
import { sealRecord } from '../../src/core/model/checksum.js';
import { sampleFiles } from '../../src/core/sample/files.js';
import { program } from '../support/command-line.js';
import { type TempRepository, tempRepository } from '../support/temp-repository.js';
import { byTurns } from './by-turns.js';

// `npm run bench:hook`: what a commit pays, run by turns with what it would pay anyway. STATEROOT_RUNS: how often. The
// validator runs as the hook starts it, which gives it what it asked git already, and as a process that asks git itself.
// Where NODE_EXTRA_CA_CERTS is set, every node reads certificates before it starts; the hook spares its own the reading.
const script = join(import.meta.dirname, '..', '..', '..', 'hooks', 'pre-commit');
const certificates = process.env['NODE_EXTRA_CA_CERTS'];
const ends: (() => void)[] = [];
const test = { after: (end: () => void) => ends.push(end) };
try {
  const sample = [...sampleFiles()];
  const [first] = sample;
  const states: [what: string, temp: TempRepository][] = [];
  states.push(['five network files', staged(repositoryOf(sample), sample)]);
  for (const count of [8, 1000]) {
    const networks = [...sample, ...emptyNetworks(count - sample.length)];
    states.push([`1 of ${count} networks`, staged(repositoryOf(networks), first === undefined ? [] : [first])]);
  }
  reportUnrelated(repositoryOf(sample));
  reportStates('without NODE_EXTRA_CA_CERTS', states, {});
  if (certificates !== undefined) {
    reportStates('with NODE_EXTRA_CA_CERTS', states, { NODE_EXTRA_CA_CERTS: certificates });
  }
} finally {
  for (const end of ends) end();
}

type File = readonly [path: string, text: string];

function repositoryOf(files: readonly File[]): TempRepository {
  const temp = tempRepository(test);
  for (const [path, text] of files) temp.write(path, text);
  temp.write('.gitignore', 'node_modules\n');
  temp.write('readme', '');
  temp.commitAll('state');
  mkdirSync(temp.at('node_modules/.bin'), { recursive: true });
  symlinkSync(program, temp.at('node_modules/.bin/stateroot'));
  return temp;
}

/** One record of each file is changed, as a hand edit that was sealed would. */
function staged(temp: TempRepository, files: readonly File[]): TempRepository {
  for (const [path, text] of files) temp.write(path, changed(text));
  temp.git('add', '--all');
  return temp;
}

function changed(text: string): string {
  const parsed = parseNetworkFile(Buffer.from(text));
  const [record] = parsed.ok ? recordsOf(parsed.file) : [];
  if (!parsed.ok || record === undefined) throw new Error('the sample state has a file without records');
  const edited = sealRecord({ ...record, fields: { ...record.fields, artifact: 'changed' } });
  return networkFileText(withRecord(parsed.file, edited));
}

function emptyNetworks(count: number): File[] {
  return Array.from({ length: count }, (_, at) => {
    const network = `chain-${500_000 + at}`;
    return [networkFilePath('', network), networkFileText(emptyNetworkFile({ network, chainId: 500_000 + at }))];
  });
}

function reportStates(
  title: string,
  states: readonly (readonly [what: string, temp: TempRepository])[],
  more: Readonly<Record<string, string>>,
): void {
  process.stdout.write(`\n${title}\n`);
  for (const [what, temp] of states) {
    const repository = { ...temp, env: { ...temp.env, ...more } };
    const input = given(temp);
    const [node = 0, validator = 0, alone = 0, hook = 0] = byTurns([
      () => run(repository, process.execPath, ['-e', '0']),
      () => run(repository, process.execPath, [program, 'hook', 'pre-commit', '-'], input),
      () => run(repository, process.execPath, [program, 'hook', 'pre-commit']),
      () => run(repository, 'sh', [script]),
    ]);
    const against = (time: number) => `${milliseconds(time)} ${(time / node).toFixed(2)} x`;
    const columns = [
      what.padEnd(20),
      `node -e 0 ${milliseconds(node)}`,
      `validator ${against(validator)}`,
      `asking git itself ${against(alone)}`,
      `whole hook ${against(hook)}`,
    ];
    process.stdout.write(`${columns.join('   ')}\n`);
  }
}

/** What the hook has asked git before and while node starts. */
function given(temp: TempRepository): Buffer {
  const changes = temp.git('diff', '--cached', '--raw', '--no-abbrev', '--no-renames');
  const sides = changes.split('\n').flatMap((line) => line.split(' ').slice(2, 4));
  const input = sides.map((oid) => `${oid}\n`).join('');
  const { stdout } = spawnSync('git', ['cat-file', '--batch'], { cwd: temp.path, env: temp.env, input });
  return Buffer.concat([Buffer.from(`${changes}\n\n`), stdout]);
}

/** `git commit` of a file that is no state. */
function reportUnrelated(temp: TempRepository): void {
  const [without = 0, withHook = 0] = byTurns([
    () => commitUnrelated(temp, devNull),
    () => commitUnrelated(temp, dirname(script)),
  ]);
  const more = milliseconds(withHook - without);
  const columns = [`git commit ${milliseconds(without)}`, `with the hook ${milliseconds(withHook)}`, `${more} more`];
  process.stdout.write(`${'a file of no state'.padEnd(20)} ${columns.join('   ')}\n`);
}

function commitUnrelated(temp: TempRepository, hooks: string): number {
  temp.write('readme', `${performance.now()}\n`);
  return run(temp, 'git', ['-c', `core.hooksPath=${hooks}`, 'commit', '--quiet', '--all', '--message=edit']);
}

function run({ path, env }: TempRepository, command: string, args: readonly string[], input?: Buffer): number {
  const stdio: StdioOptions = [input === undefined ? 'ignore' : 'pipe', 'ignore', 'ignore'];
  const before = performance.now();
  const { status } = spawnSync(command, args, { cwd: path, env, input, stdio });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status ?? 'a signal'}`);
  return performance.now() - before;
}

function milliseconds(time: number): string {
  return `${time.toFixed(1)} ms`;
}
