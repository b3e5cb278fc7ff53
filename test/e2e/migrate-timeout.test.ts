import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { describe, it, type TestContext } from 'node:test';
import process from 'node:process';
import { stateroot, statejson } from '../support/command-line.js';
import { contractValue, entriesOf, makeStore } from '../support/leveldb-store.js';
import { type TempRepository, tempRepository } from '../support/temp-repository.js';

/** git asks it before a ref moves, also for writes of the program; it never answers while the marker is there. */
const hangingHook = `#!/bin/sh
[ "$1" = prepared ] && [ -e hang ] && grep -q refs/heads/state/ || exit 0
echo $$ >>hanging
exec sleep 600
`;

describe('stateroot migrate --timeout', () => {
  it('ends a batch that hangs, with what is next, and the same migration goes on afterwards', async (t) => {
    const temp = await hangingRepository(t);
    const before = stateroot(temp, ['migrate', 'run', '--no-backup', '--no-dual-write', '--until', 'dual-write']);
    assert.equal(before.code, 0, before.stderr);
    const branch = temp.git('for-each-ref', 'refs/heads/state/');
    temp.write('hang', '');
    const late = statejson(temp, ['migrate', 'resume', '--timeout', '1']);
    assert.deepEqual([late.code, late.error?.code], [4, 'MIGRATION_FAILED']);
    assert.match(`${late.error?.message ?? ''} ${late.error?.hint ?? ''}`, /batch.* 1 s.*migrate resume/s);
    assert.equal(temp.git('for-each-ref', 'refs/heads/state/'), branch);
    release(temp);
    assert.equal(statejson(temp, ['migrate', 'resume']).code, 0);
    assert.notEqual(temp.git('for-each-ref', 'refs/heads/state/'), branch);
  });

  it('ends the write that ends a phase too', async (t) => {
    const temp = await hangingRepository(t);
    temp.write('hang', '');
    const late = statejson(temp, ['migrate', 'run', '--no-backup', '--no-dual-write', '--timeout', '1']);
    assert.deepEqual([late.code, late.error?.code], [4, 'MIGRATION_FAILED']);
    assert.match(late.error?.message ?? '', /preconditions/);
    release(temp);
    assert.equal(statejson(temp, ['migrate', 'resume']).code, 0);
  });

  it('is a positive number of seconds', async (t) => {
    const temp = await hangingRepository(t);
    for (const wrong of ['0', '-1', 'soon']) {
      const { code, error } = statejson(temp, ['migrate', 'run', `--timeout=${wrong}`]);
      assert.deepEqual([code, error?.code], [2, 'BAD_USAGE'], wrong);
    }
  });
});

async function hangingRepository(t: TestContext): Promise<TempRepository> {
  const temp = tempRepository(t);
  temp.write('.gitignore', 'leveldb/\nhang*\n');
  temp.commitAll('Begin');
  await makeStore(temp.at('leveldb'), entriesOf({ '97-LookCoin': contractValue('LookCoin', 97) }));
  temp.write('.git/hooks/reference-transaction', hangingHook);
  chmodSync(temp.at('.git/hooks/reference-transaction'), 0o755);
  t.after(() => {
    release(temp);
  });
  return temp;
}

/** Ends what hangs, as a person would. */
function release(temp: TempRepository): void {
  rmSync(temp.at('hang'), { force: true });
  if (!existsSync(temp.at('hanging'))) return;
  const pids = readFileSync(temp.at('hanging'), 'utf8').trim().split('\n').map(Number);
  for (const pid of pids) process.kill(pid);
  rmSync(temp.at('hanging'));
}
