import { spawnSync } from 'node:child_process';
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

// `npm run bench:hook`: what the validator of a commit costs beside a bare node, run by turns. STATEROOT_RUNS: how often.
const runs = Number(process.env['STATEROOT_RUNS'] ?? 31);
const bare = ['-e', '0'];
const hook = [program, 'hook', 'pre-commit'];
const ends: (() => void)[] = [];
const test = { after: (end: () => void) => ends.push(end) };
try {
  const sample = [...sampleFiles()];
  report('nothing staged', repositoryOf(sample));
  report('five network files', staged(repositoryOf(sample), sample));
  for (const count of [8, 1000]) {
    const [file = sample[0]] = sample;
    const networks = [...sample, ...emptyNetworks(count - sample.length)];
    report(`1 of ${count} networks`, staged(repositoryOf(networks), file === undefined ? [] : [file]));
  }
} finally {
  for (const end of ends) end();
}

type File = readonly [path: string, text: string];

function repositoryOf(files: readonly File[]): TempRepository {
  const temp = tempRepository(test);
  for (const [path, text] of files) temp.write(path, text);
  temp.commitAll('state');
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

function report(what: string, temp: TempRepository): void {
  const times = { bare: [] as number[], hook: [] as number[] };
  for (let run = 0; run <= runs; run += 1) {
    const both = { bare: timed(bare, temp), hook: timed(hook, temp) };
    // The first run fills the caches.
    if (run === 0) continue;
    times.bare.push(both.bare);
    times.hook.push(both.hook);
  }
  const [node, validator] = [median(times.bare), median(times.hook)];
  const columns = [what.padEnd(22), `node -e 0 ${node.toFixed(1)} ms`, `hook ${validator.toFixed(1)} ms`];
  process.stdout.write(`${columns.join('   ')}   ${(validator / node).toFixed(2)} x\n`);
}

function timed(args: readonly string[], { path, env }: TempRepository): number {
  const before = performance.now();
  const { status } = spawnSync(process.execPath, args, { cwd: path, env, stdio: 'ignore' });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status ?? 'a signal'}`);
  return performance.now() - before;
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[times.length >> 1] ?? 0;
}
