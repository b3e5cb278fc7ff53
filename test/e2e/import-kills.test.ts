import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, it } from 'node:test';
import { program, stateroot, statejson } from '../support/command-line.js';
import { makeStore } from '../support/leveldb-store.js';
import { generatedEntries } from '../support/migration-source.js';
import { slowTemplate, type TempRepository } from '../support/temp-repository.js';

const start = slowTemplate(async (temp) => {
  temp.write('.gitignore', 'leveldb/\n');
  temp.commitAll('Begin');
  await makeStore(temp.at('leveldb'), generatedEntries(150, 1));
});

describe('an import that is killed while it stores its commits', () => {
  for (const linked of [false, true]) {
    it(`leaves nothing behind the next write${linked ? ', in a linked worktree either' : ''}`, async (t) => {
      const temp = await start(t);
      const temporary = join(temp.path, '..', 'temporary');
      mkdirSync(temporary);
      const folder = linked ? join(temp.path, '..', 'linked') : temp.path;
      if (linked) temp.git('worktree', 'add', '-q', '-b', 'other', folder);
      assert.equal(await importThenKill(temp, folder, temporary), 'SIGKILL');
      assert.notDeepEqual(readdirSync(temp.at('.git', 'stateroot')), [], 'it was killed in the middle');

      const next = stateroot(temp, ['put', 'bsctestnet', 'Next', '--set', `implementation=0x${'1'.repeat(40)}`]);
      assert.equal(next.code, 0, next.stderr);
      assert.deepEqual(readdirSync(temp.at('.git', 'stateroot')), []);
      assert.deepEqual(readdirSync(temporary), []);
      assert.equal(temp.git('status', '--porcelain'), '');
      assert.equal(temp.git('fsck', '--strict', '--no-dangling'), '');

      const again = statejson(temp, ['import', 'leveldb', 'leveldb']);
      assert.equal(again.code, 0);
      assert.equal((again.data as { commits: string[] }).commits.length, 150);
    });
  }
});

/** Kills it and its git as soon as it has put something down for git to read; the signal it died of. */
function importThenKill(temp: TempRepository, folder: string, temporary: string): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, [program, 'import', 'leveldb', temp.at('leveldb')], {
    cwd: folder,
    env: { ...temp.env, TMPDIR: temporary },
    detached: true,
    stdio: 'ignore',
  });
  const { pid } = child;
  assert.ok(pid !== undefined);
  const places = [temporary, temp.at('.git', 'stateroot')];
  const timer = setInterval(() => {
    const names = places.filter((place) => existsSync(place)).flatMap((place) => readdirSync(place));
    if (!names.some((name) => /^(?:scratch\.|stateroot-objects-)/.test(name))) return;
    clearInterval(timer);
    process.kill(-pid, 'SIGKILL');
  }, 1);
  return new Promise((resolve) => {
    child.on('exit', (_code, signal) => {
      clearInterval(timer);
      resolve(signal);
    });
  });
}
