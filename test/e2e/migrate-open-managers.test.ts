import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, it, type TestContext } from 'node:test';
import { StateManagerFactory } from '../../src/managers/factory/state-manager-factory.js';
import { stateroot } from '../support/command-line.js';
import { contractValue, entriesOf, makeStore, storeContent } from '../support/leveldb-store.js';
import { type TempRepository, tempRepository } from '../support/temp-repository.js';

const stateFile = 'deployments/unified/bsctestnet.unified.json';
const writer = join(import.meta.dirname, '..', 'support', 'waiting-writer.js');

describe('a deploy script that opened its manager before the migration of its clone moved on', () => {
  it('writes to the LevelDB of a rollback, where the scripts of now look', async (t) => {
    const temp = await withStore(t);
    migrate(temp, 'run', '--cutover', '--no-backup');
    const script = await open(t, temp);
    await tell(script, 'read');
    migrate(temp, 'rollback');
    await tell(script, 'Late');
    await end(script);
    assert.deepEqual(await namesIn(temp), ['Late', 'LookCoin']);
    assert.ok((await storeContent(temp.at('leveldb.restored'))).has('97-Late'));
    assert.equal(temp.git('log', '--format=%s', '--grep=Late'), '');
  });

  it('writes to both sides once that was switched on', async (t) => {
    const temp = await withStore(t);
    const script = await open(t, temp);
    migrate(temp, 'run', '--no-backup');
    await tell(script, 'During');
    await end(script);
    assert.match(readFileSync(temp.at(stateFile), 'utf8'), /"dualWrite": \{\n {4}"During"/);
    assert.ok((await storeContent(temp.at('leveldb'))).has('97-During'));
  });

  it('writes to Git alone after the cutover, unmarked', async (t) => {
    const temp = await withStore(t);
    migrate(temp, 'run', '--no-backup');
    const script = await open(t, temp);
    migrate(temp, 'resume', '--cutover');
    await tell(script, 'After');
    await end(script);
    assert.deepEqual(await namesIn(temp), ['After', 'LookCoin']);
    assert.doesNotMatch(readFileSync(temp.at(stateFile), 'utf8'), /dualWrite/);
    assert.equal((await storeContent(temp.at('leveldb'))).has('97-After'), false);
  });

  it('writes where it did before a migration that was given up', async (t) => {
    const temp = await withStore(t);
    migrate(temp, 'run', '--no-backup');
    const script = await open(t, temp);
    migrate(temp, 'abort');
    await tell(script, 'Late');
    await end(script);
    assert.ok((await storeContent(temp.at('leveldb'))).has('97-Late'));
    assert.equal(temp.git('status', '--porcelain'), '');
    assert.equal(temp.git('rev-list', '--count', 'HEAD'), '1');
  });
});

async function withStore(t: TestContext): Promise<TempRepository> {
  const temp = tempRepository(t);
  temp.write('.gitignore', 'leveldb*/\n');
  temp.commitAll('Begin');
  await makeStore(temp.at('leveldb'), entriesOf({ '97-LookCoin': contractValue('LookCoin', 97) }));
  return temp;
}

function migrate(temp: TempRepository, ...args: string[]): void {
  const { code, stderr } = stateroot(temp, ['migrate', ...args]);
  assert.equal(code, 0, stderr);
}

async function open(t: TestContext, temp: TempRepository): Promise<ChildProcessWithoutNullStreams> {
  const script = spawn(process.execPath, [writer, temp.path], { cwd: temp.path, env: temp.env });
  t.after(() => script.kill('SIGKILL'));
  script.stderr.setEncoding('utf8').on('data', (text: string) => {
    t.diagnostic(text);
  });
  script.stdout.setEncoding('utf8');
  await says(script, 'open');
  return script;
}

async function tell(script: ChildProcessWithoutNullStreams, line: string): Promise<void> {
  script.stdin.write(`${line}\n`);
  await says(script, line);
}

async function says(script: ChildProcessWithoutNullStreams, line: string): Promise<void> {
  const [said] = (await Promise.race([once(script.stdout, 'data'), once(script, 'exit')])) as [unknown];
  assert.equal(said, `${line}\n`);
}

async function end(script: ChildProcessWithoutNullStreams): Promise<void> {
  script.stdin.write('end\n');
  await once(script, 'exit');
}

/** As a script that opens its manager now sees it. */
async function namesIn(temp: TempRepository): Promise<string[]> {
  const backends = { unified: { env: temp.env } };
  const manager = await StateManagerFactory.createManager('bsctestnet', { cwd: temp.path, env: {}, backends });
  const contracts = await manager.getAllContracts(97);
  await manager.close();
  return contracts.map(({ contractName }) => contractName);
}
