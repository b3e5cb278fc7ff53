import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { statejson, stateroot } from '../support/command-line.js';
import { tempRepository, type TempRepository } from '../support/temp-repository.js';

type Tests = { after(run: () => void): void };

function address(seed: number): string {
  return `0x${seed.toString(16).padStart(40, '0')}`;
}

function put(temp: TempRepository, name: string, seed: number, network = 'basesepolia'): string {
  const answer = stateroot(temp, ['put', network, name, '--set', `implementation=${address(seed)}`, '-q']);
  assert.equal(answer.code, 0, answer.stderr);
  return answer.stdout.trim();
}

function names(temp: TempRepository, at: string): string[] {
  return (statejson(temp, ['list', '--at', at]).data as { contractName: string }[]).map(
    (record) => record.contractName,
  );
}

/** A bare remote, and two clones that follow its `main`, one record in common. */
function clones(t: Tests): {
  remote: string;
  server: (...args: string[]) => string;
  one: TempRepository;
  two: TempRepository;
} {
  const one = tempRepository(t);
  const two = tempRepository(t);
  const remote = one.at('..', 'remote.git');
  one.git('init', '--quiet', '--bare', '--initial-branch=main', remote);
  put(one, 'Token', 1);
  for (const temp of [one, two]) temp.git('remote', 'add', 'origin', remote);
  one.git('push', '--quiet', '--set-upstream', 'origin', 'main');
  two.git('pull', '--quiet', 'origin', 'main');
  const server = (...args: string[]) =>
    execFileSync('git', ['-C', remote, ...args], { env: one.env, encoding: 'utf8', stdio: 'pipe' }).trim();
  return { remote, server, one, two };
}

function hook(folder: string, name: string, text: string): void {
  writeFileSync(join(folder, 'hooks', name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
}

describe('stateroot sync', () => {
  it('pushes, receives, and merges by record what two clones wrote', (t) => {
    const { server, one, two } = clones(t);
    const first = put(one, 'A', 2);
    const second = put(two, 'B', 3);
    assert.deepEqual(statejson(one, ['sync']).data, {
      branch: 'origin/main',
      pushed: 1,
      merges: 0,
      received: 0,
      attempts: 1,
      commit: first,
    });
    const merged = statejson(two, ['sync', 'origin']).data as {
      pushed: number;
      merges: number;
      received: number;
      commit: string;
    };
    assert.deepEqual([merged.pushed, merged.merges, merged.received], [1, 1, 1]);
    assert.equal(server('rev-parse', 'main'), merged.commit);
    assert.equal(two.git('rev-parse', 'HEAD^1', 'HEAD^2'), `${second}\n${first}`);
    assert.deepEqual(names(two, 'HEAD'), ['A', 'B', 'Token']);
    const received = statejson(one, ['sync']).data as { pushed: number; received: number; commit: string };
    assert.deepEqual([received.pushed, received.received, received.commit], [0, 2, merged.commit]);
    assert.equal(statejson(one, ['sync']).data['received' as never], 0);
    assert.equal(one.git('status', '--porcelain'), '');
  });

  it('makes the branch on a remote that has none', (t) => {
    const temp = tempRepository(t);
    const remote = temp.at('..', 'remote.git');
    temp.git('init', '--quiet', '--bare', remote);
    temp.git('remote', 'add', 'origin', remote);
    const commit = put(temp, 'Token', 1);
    assert.equal(statejson(temp, ['sync']).code, 0);
    assert.equal(temp.git('ls-remote', 'origin', 'refs/heads/main'), `${commit}\trefs/heads/main`);
  });

  it('leaves a true conflict as it was: exit 3, nothing pushed, nothing waiting, commits kept', (t) => {
    const { server, one, two } = clones(t);
    const theirs = put(one, 'Token', 2);
    assert.equal(stateroot(one, ['sync']).code, 0);
    const ours = put(two, 'Token', 3);
    const refused = statejson(two, ['sync']);
    assert.equal(refused.code, 3);
    assert.equal(refused.error?.code, 'CONFLICT');
    const [conflict] = refused.error.details?.conflicts as { network: string; contract: string; path: string }[];
    assert.deepEqual(
      [conflict?.network, conflict?.contract, conflict?.path],
      ['basesepolia', 'Token', 'implementation'],
    );
    assert.equal(two.git('rev-parse', 'HEAD'), ours);
    assert.equal(server('rev-parse', 'main'), theirs);
    assert.equal(two.git('status', '--porcelain'), '');
    assert.throws(() => two.git('rev-parse', '--verify', '--quiet', 'MERGE_HEAD'));
  });

  it('writes nothing on a dry run but what it fetched', (t) => {
    const { server, one, two } = clones(t);
    const theirs = put(one, 'A', 2);
    assert.equal(stateroot(one, ['sync']).code, 0);
    const ours = put(two, 'B', 3);
    const plan = statejson(two, ['sync', '--dry-run']);
    assert.equal(plan.code, 0);
    assert.equal(two.git('rev-parse', 'HEAD'), ours);
    assert.equal(server('rev-parse', 'main'), theirs);
  });

  it('does not push state that is not valid, wherever in the range it stands', (t) => {
    const { server, one } = clones(t);
    const before = server('rev-parse', 'main');
    one.write('deployments/unified/bsctestnet.unified.json', '{}\n');
    one.commitAll('by hand');
    one.git('rm', '--quiet', 'deployments/unified/bsctestnet.unified.json');
    one.commitAll('taken back');
    const refused = statejson(one, ['sync']);
    assert.equal(refused.code, 1);
    assert.equal(refused.error?.code, 'STATE_INVALID');
    assert.equal(server('rev-parse', 'main'), before);
  });

  it('says what refused: the hook of the clone, the hook of the server', (t) => {
    const { remote, one } = clones(t);
    put(one, 'A', 2);
    hook(one.at('.git'), 'pre-push', 'echo "not on a friday" >&2; exit 1');
    const here = statejson(one, ['sync']);
    assert.equal(here.error?.code, 'HOOK_REFUSED');
    assert.match(here.error.message, /not on a friday/);
    assert.equal(here.code, 4);
    hook(one.at('.git'), 'pre-push', 'exit 0');
    hook(remote, 'pre-receive', 'echo "protected" >&2; exit 1');
    const there = statejson(one, ['sync']);
    assert.equal(there.error?.code, 'PUSH_REFUSED');
    assert.match(there.error.message, /protected/);
    assert.equal(there.code, 4);
  });

  it('finds out what became of a push whose answer was lost', (t) => {
    const { remote, server, one } = clones(t);
    const commit = put(one, 'A', 2);
    hook(remote, 'post-receive', 'kill -9 $PPID');
    const synced = statejson(one, ['sync']);
    assert.equal(synced.code, 0);
    assert.equal(server('rev-parse', 'main'), commit);
    const { attempts, pushed } = synced.data as { attempts: number; pushed: number };
    assert.deepEqual([attempts, pushed], [2, 1]);
  });

  it('starts again when the remote moves between its fetch and its push', (t) => {
    const { server, one, two } = clones(t);
    put(one, 'A', 2);
    put(two, 'B', 3);
    // The hook of the clone runs when the fetch is long past: the other clone comes first, once.
    const marker = one.at('.git', 'raced');
    const push = `git -C '${two.path}' push --quiet origin main`;
    hook(one.at('.git'), 'pre-push', `[ -e '${marker}' ] || { touch '${marker}'; unset GIT_DIR; ${push}; }`);
    const synced = statejson(one, ['sync']);
    assert.equal(synced.code, 0);
    assert.equal((synced.data as { attempts: number }).attempts, 2);
    assert.deepEqual(names(one, server('rev-parse', 'main')), ['A', 'B', 'Token']);
  });

  it('keeps commits where the remote cannot be reached, and says which remotes there are', (t) => {
    const { remote, one } = clones(t);
    const commit = put(one, 'A', 2);
    assert.equal(statejson(one, ['sync', 'upstream']).error?.code, 'BAD_INPUT');
    one.git('remote', 'set-url', 'origin', `${remote}-gone`);
    const refused = statejson(one, ['sync']);
    assert.equal(refused.error?.code, 'GIT_FAILED');
    assert.equal(refused.code, 4);
    assert.equal(one.git('rev-parse', 'HEAD'), commit);
    one.git('switch', '--quiet', '--detach');
    assert.equal(statejson(one, ['sync']).error?.code, 'DETACHED_HEAD');
  });
});
