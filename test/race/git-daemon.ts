import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hermeticEnvironment } from '../support/temp-repository.js';

/** A bare repository behind `git daemon` on loopback. */
export type RemoteServer = {
  readonly url: string;
  git(...args: string[]): string;
};

/** When the process that receives a push dies, in percent of the pushes that come so far; 0 never. */
export type Deaths = { readonly preReceive: number; readonly committed: number; readonly postReceive: number };

export async function gitDaemon(
  t: { after(run: () => void): void },
  deaths: Deaths = { preReceive: 0, committed: 0, postReceive: 0 },
): Promise<RemoteServer> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'stateroot-test-')));
  const env = hermeticEnvironment(folder);
  const bare = join(folder, 'state.git');
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: folder, env, encoding: 'utf8', stdio: 'pipe' }).trim();
  git('init', '--quiet', '--bare', '--initial-branch=main', bare);
  deadly(bare, 'pre-receive', deaths.preReceive);
  deadly(bare, 'post-receive', deaths.postReceive);
  // Told of `prepared` and `aborted` too; the reference has moved only when it says `committed`.
  deadly(bare, 'reference-transaction', deaths.committed, '[ "$1" = committed ] || exit 0');
  const port = await freePort();
  const options = ['--listen=127.0.0.1', `--port=${port}`, `--base-path=${folder}`, '--export-all', '--reuseaddr'];
  // An hour is the most: a test run that is killed takes nothing down with it.
  const daemon = spawn('timeout', ['3600', 'git', 'daemon', ...options, '--enable=receive-pack', folder], {
    env,
    stdio: 'ignore',
    detached: true,
  });
  t.after(() => {
    // Its own group: `git daemon` is a child of `git`.
    if (daemon.pid !== undefined) process.kill(-daemon.pid, 'SIGTERM');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  const url = `git://127.0.0.1:${port}/state.git`;
  await answering(() => git('ls-remote', url));
  return { url, git: (...args) => git('-C', bare, ...args) };
}

function deadly(bare: string, hook: string, percent: number, first = ':'): void {
  if (percent === 0) return;
  const dice = '$(( $(od -An -N2 -tu2 /dev/urandom) % 100 ))';
  const text = `#!/bin/sh\n${first}\n[ ${dice} -ge ${percent} ] || kill -9 $PPID\n`;
  writeFileSync(join(bare, 'hooks', hook), text, { mode: 0o755 });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  });
}

async function answering(ask: () => unknown): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      ask();
      return;
    } catch (error) {
      if (attempt > 100) throw error;
      await sleep(50);
    }
  }
}
