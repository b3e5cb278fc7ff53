import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import process from 'node:process';
import { before, describe, it } from 'node:test';
import { program, statejson } from '../support/command-line.js';
import { entriesOf, makeStore } from '../support/leveldb-store.js';
import { generatedEntries } from '../support/migration-source.js';
import { tempRepository, type TempRepository } from '../support/temp-repository.js';

// `npm run migration:kills` asks for 50; the tests take a slice. The seed is printed, so that a failure can be run again.
const kills = Number(process.env['STATEROOT_MIGRATION_KILLS'] ?? '4');
const seed = Number(process.env['STATEROOT_SEED'] ?? '20261121');
const flags = ['--batch-size', '3', '--no-backup', '--no-dual-write', '--no-color'];

describe(`${kills} SIGKILLs of a migration at random moments (seed ${seed})`, () => {
  let original: TempRepository;
  let undisturbed: { readonly tree: string; readonly head: string; readonly span: number };

  before(async () => {
    original = tempRepository({ after: (run) => process.once('exit', run) });
    await makeStore(original.at('leveldb'), [
      ...generatedEntries(5, 8),
      ...entriesOf({ '31337-Broken': { contractName: 'Broken', chainId: 31337, address: '0xabc' } }),
    ]);
    original.write('.gitignore', 'leveldb/\n');
    original.commitAll('Begin');
    const temp = tempRepository({ after: (run) => process.once('exit', run) }, { copyOf: original });
    const started = performance.now();
    assert.equal(await migrate(temp, ['run', '--cutover', ...flags], null), 0);
    const span = performance.now() - started;
    undisturbed = { tree: treeOf(temp), head: temp.git('rev-parse', 'HEAD^{tree}'), span };
  });

  it('end in the tree of an undisturbed run, nothing lost and nothing done twice', async (t) => {
    const random = sequence(seed);
    let [killed, runs] = [0, 0];
    while (killed < kills) {
      const temp = tempRepository(t, { copyOf: original });
      runs += 1;
      for (let i = 0; ; i += 1) {
        const after = killed < kills ? undisturbed.span * (0.05 + 0.7 * random()) : null;
        const code = await migrate(temp, ['run', '--cutover', ...flags], after, killed % 2 === 0);
        if (code !== null) {
          assert.equal(code, 0, 'a run that was not killed comes to its end');
          break;
        }
        killed += 1;
        assert.ok(i < 100, 'a migration that is killed again and again comes to its end');
      }
      assertWhole(temp);
    }
    t.diagnostic(`${killed} killed, ${runs} migrations`);
  });

  function assertWhole(temp: TempRepository): void {
    assert.equal(treeOf(temp), undisturbed.tree);
    assert.equal(temp.git('rev-parse', 'HEAD^{tree}'), undisturbed.head);
    assert.equal(temp.git('rev-list', '--count', '--first-parent', 'HEAD'), '2', 'the cutover is one commit');
    const written = temp
      .git(
        'log',
        '--format=%(trailers:key=State-Network,separator=%x20) %(trailers:key=State-Contract,separator=%x20)',
        branchOf(temp),
      )
      .split('\n')
      .flatMap((line) => {
        const [network = '', ...names] = line.split(/\s*State-\w+: /).filter((part) => part.trim() !== '');
        return names.map((name) => `${network.trim()} ${name.trim()}`);
      });
    assert.equal(new Set(written).size, 40);
    assert.equal(written.length, 40, 'each record is committed once');
    assert.equal(temp.git('status', '--porcelain'), '');
    assert.equal(temp.git('fsck', '--strict', '--no-dangling'), '');
    assert.equal(statejson(temp, ['validate']).code, 0);
    assert.equal((statejson(temp, ['migrate', 'status']).data as { state: string }).state, 'merged');
  }
});

function branchOf(temp: TempRepository): string {
  return temp.git('for-each-ref', '--format=%(refname)', 'refs/heads/state/');
}

function treeOf(temp: TempRepository): string {
  return temp.git('rev-parse', `${branchOf(temp)}^{tree}`);
}

/** The exit code; null when it was killed. */
function migrate(
  temp: TempRepository,
  args: readonly string[],
  killAfter: number | null,
  whole = false,
): Promise<number | null> {
  const child = spawn(process.execPath, [program, 'migrate', ...args], {
    cwd: temp.path,
    env: temp.env,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const { pid } = child;
  assert.ok(pid !== undefined);
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const timer =
    killAfter === null ? undefined : setTimeout(() => process.kill(whole ? -pid : pid, 'SIGKILL'), killAfter);
  return new Promise((resolve, reject) => {
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      if (signal === 'SIGKILL') resolve(null);
      else if (code === 0) resolve(0);
      else reject(new Error(`migrate ${args.join(' ')} ended with ${String(code ?? signal)}: ${said}`));
    });
  });
}

/** A small repeatable generator (mulberry32) of numbers from 0 to 1. */
function sequence(state: number): () => number {
  let a = state;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let x = Math.imul(a ^ (a >>> 15), 1 | a);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 4294967296;
  };
}
