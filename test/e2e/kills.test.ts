import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import process from 'node:process';
import { describe, it } from 'node:test';
import { program, stateroot, statejson } from '../support/command-line.js';
import { tempRepository, type TempRepository } from '../support/temp-repository.js';

// `npm run faults` asks for 200; the tests take a slice. The seed is printed, so that a failure can be run again.
const kills = Number(process.env['STATEROOT_KILLS'] ?? '24');
const seed = Number(process.env['STATEROOT_SEED'] ?? '20261121');

describe(`${kills} SIGKILLs of put at random moments (seed ${seed})`, () => {
  for (const whole of [true, false]) {
    it(`lose nothing that was acknowledged when ${whole ? 'git dies too' : 'only stateroot dies'}`, async (t) => {
      const temp = tempRepository(t);
      const random = sequence(seed + (whole ? 1 : 0));
      const span = await durationOf(() => putThenKill(temp, 'Warmup', null, whole));
      let acknowledged = 0;
      for (let i = 0; i < kills / 2; i += 1) {
        // Most of a put's life is start-up: aim at the part that writes.
        const commit = await putThenKill(temp, `Record${i}`, span * (0.4 + 0.9 * random()), whole);
        if (commit === '') continue;
        acknowledged += 1;
        temp.git('merge-base', '--is-ancestor', commit, 'HEAD');
      }
      const next = stateroot(temp, ['put', 'bsctestnet', 'Last', '--set', `implementation=0x${'1'.repeat(40)}`]);
      assert.equal(next.code, 0, next.stderr);
      const records = statejson(temp, ['list']).data as unknown[];
      assert.ok(records.length >= acknowledged + 2);
      assert.equal(temp.git('rev-list', '--count', 'HEAD'), String(records.length));
      assert.equal(temp.git('fsck', '--strict', '--no-dangling'), '');
      assert.equal(temp.git('status', '--porcelain'), '');
      assert.equal(statejson(temp, ['validate']).code, 0);
      t.diagnostic(`${acknowledged} of ${kills / 2} acknowledged, ${records.length} commits`);
    });
  }
});

/** The commit that was acknowledged before the end, or ''. */
function putThenKill(temp: TempRepository, name: string, after: number | null, whole: boolean): Promise<string> {
  const set = `implementation=0x${Buffer.from(name).toString('hex').padStart(40, '0')}`;
  const child = spawn(process.execPath, [program, 'put', 'bsctestnet', name, '--set', set, '-q'], {
    cwd: temp.path,
    env: temp.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { pid } = child;
  assert.ok(pid !== undefined);
  const timer =
    after === null
      ? undefined
      : setTimeout(() => {
          process.kill(whole ? -pid : pid, 'SIGKILL');
        }, after);
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  return new Promise((resolve) => {
    child.on('exit', () => {
      clearTimeout(timer);
    });
    child.on('close', () => {
      resolve(said.endsWith('\n') ? said.trim() : '');
    });
  });
}

async function durationOf(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
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
