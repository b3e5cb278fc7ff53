import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { program } from '../support/command-line.js';
import { address, codeHash } from '../support/deployments.js';
import { type TempRepository, tempRepository } from '../support/temp-repository.js';
import { networkFilePath } from '../../src/core/layout.js';
import { sealRecord } from '../../src/core/model/checksum.js';
import { emptyNetworkFile, type NetworkFile, networkFileText, withRecord } from '../../src/core/model/network-file.js';
import type { JsonObject } from '../../src/core/json.js';

// `npm run bench:diff`: how long `diff` takes where three networks changed, of five and of a thousand, and how long `check
// --base` beside `validate` of the whole. Two are run in turns, so that a busy machine slows both.
const records = 100;
const changed = 3;
const runs = Number(process.env['STATEROOT_RUNS'] ?? '15');
const cleanups: (() => void)[] = [];
const after = { after: (run: () => void) => cleanups.push(run) };

const contracts: readonly JsonObject[] = Array.from({ length: records }, (_, i) => ({
  proxy: address(`proxy ${i}`),
  implementation: address(`code ${i}`),
  implementationHash: codeHash(i),
  deploymentArgs: [address(`argument ${i}`)],
  timestamp: 1_755_000_000_000,
}));

try {
  const few = repositoryOf(5);
  const many = repositoryOf(1000);
  for (const [what, args] of [
    ['two commits', ['diff', 'HEAD~1..HEAD']],
    ['HEAD and work tree', ['diff']],
    ['index', ['diff', '--staged']],
    ['as Markdown', ['diff', 'HEAD~1..HEAD', '--format', 'md']],
  ] as const) {
    const times = { few: [] as number[], many: [] as number[] };
    for (let i = 0; i < runs; i += 1) {
      times.few.push(timed(few, args));
      times.many.push(timed(many, args));
    }
    const [a, b] = [median(times.few), median(times.many)];
    console.log(`${what.padEnd(20)} 5 networks ${ms(a)}   1,000 networks ${ms(b)}   ${(b / a).toFixed(2)} x`);
  }
  const whole = { validate: [] as number[], check: [] as number[] };
  for (let i = 0; i < Math.ceil(runs / 3); i += 1) {
    whole.validate.push(timed(many, ['validate']));
    whole.check.push(timed(many, ['check', '--base', 'HEAD~1']));
  }
  const [a, b] = [median(whole.validate), median(whole.check)];
  console.log(`${'the whole'.padEnd(20)} validate ${ms(a)}   check --base ${ms(b)}   ${(b / a).toFixed(2)} x`);
} finally {
  for (const cleanup of cleanups) cleanup();
}

/** One commit with all networks, one with three changed, and another change of the same three in index and work tree. */
function repositoryOf(networks: number): TempRepository {
  const temp = tempRepository(after);
  const files = Array.from({ length: networks }, (_, i) => fileOf(i));
  for (const file of files) temp.write(networkFilePath('', file.network), networkFileText(file));
  temp.commitAll('Start');
  temp.git('repack', '-adq');
  upgrade(temp, files, 'second');
  temp.commitAll('Upgrade');
  upgrade(temp, files, 'third');
  temp.git('add', '--all');
  return temp;
}

function fileOf(i: number): NetworkFile {
  const place = { network: `net${i}`, chainId: 10_000_000 + i };
  return contracts.reduce<NetworkFile>(
    (file, fields, at) => withRecord(file, sealRecord({ ...place, category: 'core', name: `Contract${at}`, fields })),
    emptyNetworkFile(place),
  );
}

function upgrade(temp: TempRepository, files: readonly NetworkFile[], version: string): void {
  for (const file of files.slice(0, changed)) {
    const fields = { ...contracts[7], implementation: address(version), implementationHash: codeHash(version) };
    const { network, chainId } = file;
    const record = sealRecord({ network, chainId, category: 'core', name: 'Contract7', fields });
    temp.write(networkFilePath('', network), networkFileText(withRecord(file, record)));
  }
}

function timed(temp: TempRepository, args: readonly string[]): number {
  const start = process.hrtime.bigint();
  const child = spawnSync(process.execPath, [program, ...args], { cwd: temp.path, env: temp.env });
  const took = Number(process.hrtime.bigint() - start) / 1e6;
  if (child.status !== 0) {
    throw new Error(`stateroot ${args.join(' ')} ended with ${String(child.status)}: ${child.stderr.toString()}`);
  }
  return took;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`.padStart(7);
}
