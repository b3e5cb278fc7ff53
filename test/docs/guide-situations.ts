import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { sampleEntries } from '../../src/core/sample/entries.js';
import { thisProcess } from '../../src/git/write/process-identity.js';
import { stateroot } from '../support/command-line.js';
import { address } from '../support/deployments.js';
import { holdOpen, makeStore } from '../support/leveldb-store.js';
import { slowTemplate, type TempRepository } from '../support/temp-repository.js';

const stateFile = 'deployments/unified/bsctestnet.unified.json';

const withLevelDb = slowTemplate(prepareLevelDb);
const imported = slowTemplate(prepareImported);

/** Each situation that `docs/operators-guide.md` is for, made in a repository of its own. */
export const situations: ReadonlyMap<string, (t: TestContext) => Promise<TempRepository>> = new Map([
  ['a LevelDB', withLevelDb],
  ['imported state', imported],
  [
    'a migrated repository',
    async (t) => {
      const temp = await withLevelDb(t);
      run(temp, 'migrate', 'run', '--cutover');
      return temp;
    },
  ],
  [
    'a migration that was killed',
    async (t) => {
      const temp = await withLevelDb(t);
      run(temp, 'migrate', 'run', '--until', 'dual-write');
      return temp;
    },
  ],
  [
    'a LevelDB and Git that differ',
    async (t) => {
      const temp = await imported(t);
      put(temp, 'LookCoin', 'git only');
      return temp;
    },
  ],
  [
    'a damaged LevelDB',
    async (t) => {
      const temp = await withLevelDb(t);
      cpSync(temp.at('leveldb'), temp.at('older/leveldb'), { recursive: true });
      const log = readdirSync(temp.at('leveldb')).find((name) => name.endsWith('.log')) ?? '';
      const bytes = readFileSync(temp.at('leveldb', log));
      bytes[100] = (bytes[100] ?? 0) ^ 1;
      writeFileSync(temp.at('leveldb', log), bytes);
      return temp;
    },
  ],
  [
    'a LevelDB that a process has open',
    async (t) => {
      const temp = await withLevelDb(t);
      await holdOpen(t, temp.at('leveldb'));
      return temp;
    },
  ],
  [
    'a write that was killed',
    async (t) => {
      const temp = await imported(t);
      const text = readFileSync(temp.at(stateFile), 'utf8').replace(
        '"networkTier": "testnet"',
        '"networkTier": "mainnet"',
      );
      const program = join(import.meta.dirname, '..', 'support', 'die-at.js');
      spawnSync(process.execPath, [program, temp.path, 'index', stateFile, text], { env: temp.env });
      return temp;
    },
  ],
  [
    'a lock of another host',
    async (t) => {
      const temp = await imported(t);
      const lock = { ...(await thisProcess()), host: 'elsewhere', machineId: 'other' };
      const file = { ...lock, id: 'abcdef', operation: 'put', startedAt: '2026-11-21T10:00:00.000Z' };
      temp.write('.git/stateroot/lock.abcdef.json', JSON.stringify(file));
      return temp;
    },
  ],
  [
    'a network file that was edited by hand',
    async (t) => {
      const temp = await imported(t);
      edit(temp);
      return temp;
    },
  ],
  [
    'a merge that conflicts',
    async (t) => {
      const temp = await imported(t);
      temp.git('switch', '--quiet', '--create', 'upgrade');
      put(temp, 'LookCoin', 'theirs');
      temp.git('switch', '--quiet', 'main');
      put(temp, 'LookCoin', 'ours');
      spawnSync('git', ['merge', '--quiet', 'upgrade'], { cwd: temp.path, env: temp.env });
      return temp;
    },
  ],
  [
    'a remote that moved on',
    async (t) => {
      const temp = await imported(t);
      temp.git('clone', '--quiet', '--bare', '.', '../remote.git');
      temp.git('remote', 'add', 'origin', '../remote.git');
      temp.git('push', '--quiet', '--set-upstream', 'origin', 'main');
      put(temp, 'LookCoin', 'theirs');
      temp.git('push', '--quiet', 'origin', 'main');
      temp.git('reset', '--quiet', '--hard', 'HEAD^');
      put(temp, 'FeeManager', 'ours');
      return temp;
    },
  ],
  [
    'a wrong address',
    async (t) => {
      const temp = await imported(t);
      put(temp, 'FeeManager', 'wrong');
      return temp;
    },
  ],
  [
    'a branch that is refused',
    async (t) => {
      const temp = await imported(t);
      temp.git('switch', '--quiet', '--create', 'change');
      edit(temp);
      temp.commitAll('Edit');
      return temp;
    },
  ],
]);

async function prepareLevelDb(temp: TempRepository): Promise<void> {
  temp.write('README.md', '# contracts\n');
  temp.write('.gitignore', 'leveldb*/\nolder/\nbackups/\n');
  temp.commitAll('Begin');
  const entries = sampleEntries().map(({ key, value }) => ({ key: Buffer.from(key), value: Buffer.from(value) }));
  await makeStore(temp.at('leveldb'), entries);
}

async function prepareImported(temp: TempRepository): Promise<void> {
  await prepareLevelDb(temp);
  run(temp, 'import', 'leveldb', 'leveldb', '--here');
}

function put(temp: TempRepository, name: string, version: string): void {
  run(temp, 'put', 'bsctestnet', name, '--set', `implementation=${address(version)}`);
}

function run(temp: TempRepository, ...args: string[]): void {
  const { code, stderr } = stateroot(temp, args);
  if (code !== 0) throw new Error(`stateroot ${args.join(' ')} ended with ${code}: ${stderr}`);
}

/** A value of a record, past stateroot. */
function edit(temp: TempRepository): void {
  const text = readFileSync(temp.at(stateFile), 'utf8');
  const edited = text.replace(/"timestamp": \d+/, '"timestamp": 1760000000000');
  if (edited === text) throw new Error('the sample has no timestamp to edit');
  writeFileSync(temp.at(stateFile), edited);
}
