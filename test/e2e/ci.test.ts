import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { describe, it } from 'node:test';
import { networkFilePath, networkFilePathOf } from '../../src/core/layout.js';
import { emptyNetworkFile } from '../../src/core/model/network-file.js';
import { canonicalize } from '../../src/core/text/canonical.js';
import { assertInert } from '../hostile/inert.js';
import { program, type Envelope, statejson, stateroot } from '../support/command-line.js';
import { address, networkText, proxied } from '../support/deployments.js';
import { proposals, pullRequest } from '../support/pull-request.js';
import { type TempRepository, tempRepository } from '../support/temp-repository.js';

const file = networkFilePath('', 'examplenet');

function write(temp: TempRepository, contracts: Parameters<typeof networkText>[2], network = 'examplenet'): void {
  temp.write(networkFilePath('', network), networkText(network, 4242, contracts));
}

/** One record on main, another version of it on the branch that is checked out. */
function changed(t: { after(run: () => void): void }): TempRepository {
  const temp = tempRepository(t);
  write(temp, { Vault: proxied('Vault') });
  temp.commitAll('begin');
  temp.git('switch', '--quiet', '--create', 'next');
  write(temp, { Vault: proxied('Vault', 2) });
  temp.commitAll('next');
  return temp;
}

type Answer = Omit<Envelope, 'data'> & {
  code: number | null;
  data: {
    base: string;
    from: string;
    relation: string;
    judging: string[];
    merges: number;
    validate: { commits: number };
  };
};

const ci = (temp: TempRepository, ...args: string[]): Answer => statejson(temp, ['ci', ...args]);

/** As a step of a workflow. */
function onGithub(temp: TempRepository, event: object, env: Record<string, string>, ...args: string[]) {
  const [path, summary] = [temp.at('..', 'event.json'), temp.at('..', 'summary.md')];
  writeFileSync(path, JSON.stringify(event));
  writeFileSync(summary, '');
  const github = { GITHUB_ACTIONS: 'true', GITHUB_EVENT_PATH: path, GITHUB_STEP_SUMMARY: summary };
  const child = spawnSync(process.execPath, [program, 'ci', ...args], {
    cwd: temp.path,
    env: { ...temp.env, ...github, ...env },
    encoding: 'utf8',
  });
  return { code: child.status, stdout: child.stdout, stderr: child.stderr, summary: readFileSync(summary, 'utf8') };
}

const comment = (temp: TempRepository): string => readFileSync(temp.at('..', 'comment.md'), 'utf8');

describe('the sides that ci compares', () => {
  it('are HEAD and what --base names, else the upstream branch', (t) => {
    const temp = changed(t);
    const main = temp.git('rev-parse', 'main');
    assert.deepEqual([ci(temp, '--base', 'main').code, ci(temp, '--base', 'main').data.from], [0, main]);
    assert.deepEqual([ci(temp).code, ci(temp).error?.code], [2, 'BAD_USAGE']);
    temp.git('branch', '--quiet', '--set-upstream-to=main');
    assert.equal(ci(temp).data.from, main);
  });

  it('fail closed when the base is not there, or has nothing in common', (t) => {
    const temp = changed(t);
    assert.deepEqual(
      [ci(temp, '--base', 'nope').code, ci(temp, '--base', 'nope').error?.code],
      [2, 'UNKNOWN_REVISION'],
    );
    temp.git('switch', '--quiet', '--orphan', 'other');
    temp.commitAll('other');
    assert.deepEqual([ci(temp, '--base', 'main').code, ci(temp, '--base', 'main').error?.code], [2, 'BAD_USAGE']);
  });

  it('fail closed in a shallow history, even where it seems to say enough', (t) => {
    const [temp, clone] = [changed(t), tempRepository(t)];
    temp.git('switch', '--quiet', 'main');
    temp.commitAll('main goes on');
    clone.git('remote', 'add', 'origin', `file://${temp.path}`);
    clone.git('fetch', '--quiet', '--depth=1', 'origin', '+refs/heads/*:refs/remotes/origin/*');
    clone.git('checkout', '--quiet', 'origin/next');
    const answer = ci(clone, '--base', 'origin/main');
    assert.deepEqual([answer.code, answer.error?.code], [4, 'GIT_FAILED']);
    assert.match(answer.error?.hint ?? '', /unshallow/);
    clone.git('fetch', '--quiet', '--unshallow', 'origin');
    assert.equal(ci(clone, '--base', 'origin/main').code, 0);
  });

  it('begin where the two parted when the base has gone on, and it is said', (t) => {
    const temp = changed(t);
    const parted = temp.git('rev-parse', 'main');
    temp.git('switch', '--quiet', 'main');
    write(temp, { Other: proxied('Other') }, 'othernet');
    temp.commitAll('main goes on');
    temp.git('switch', '--quiet', 'next');
    const answer = ci(temp, '--base', 'main');
    assert.deepEqual([answer.code, answer.data.relation, answer.data.from], [0, 'diverged', parted]);
    assert.match(stateroot(temp, ['ci', '--base', 'main']).stdout, /does not descend from main/);
  });

  it('are before and after of a push; one that rewrites history is refused', (t) => {
    const temp = changed(t);
    const [main, next] = [temp.git('rev-parse', 'main'), temp.git('rev-parse', 'next')];
    const push = { GITHUB_EVENT_NAME: 'push', GITHUB_REF_NAME: 'next' };
    assert.equal(onGithub(temp, { before: main }, push).code, 0);
    temp.git('reset', '--quiet', '--hard', 'main');
    write(temp, { Vault: proxied('Vault', 3) });
    temp.commitAll('another');
    const rewritten = onGithub(temp, { before: next }, push, '--comment', '../comment.md');
    assert.equal(rewritten.code, 1);
    assert.match(comment(temp), /rewrites history/);
    const gone = onGithub(temp, { before: '1'.repeat(40) }, push);
    assert.equal(gone.code, 2);
    assert.match(gone.stdout, /^::error title=UNKNOWN_REVISION::/);
  });

  it('of a first push are the default branch, or nothing', (t) => {
    const temp = changed(t);
    const event = { before: '0'.repeat(40), repository: { default_branch: 'main' } };
    const push = { GITHUB_EVENT_NAME: 'push', GITHUB_REF_NAME: 'next' };
    assert.equal(onGithub(temp, event, push).code, 2);
    temp.git('update-ref', 'refs/remotes/origin/main', 'main');
    assert.match(onGithub(temp, event, push).stderr, /1 change on 1 network/);
    const first = onGithub(temp, event, { ...push, GITHUB_REF_NAME: 'main' });
    assert.equal(first.code, 0);
    assert.match(first.summary, /there is no base/);
  });

  it('of an event that does not say its base are not guessed', (t) => {
    const temp = changed(t);
    assert.equal(onGithub(temp, {}, { GITHUB_EVENT_NAME: 'merge_group' }).code, 2);
    assert.equal(onGithub(temp, {}, { GITHUB_EVENT_NAME: 'pull_request', GITHUB_BASE_REF: 'main' }).code, 2);
  });
});

describe('what ci refuses', () => {
  it('is a head that cannot be read, in a sentence and with its line', (t) => {
    const temp = changed(t);
    temp.write(file, '{\n  "network": oops\n}\n');
    temp.commitAll('broken');
    const answer = ci(temp, '--base', 'main');
    assert.equal(answer.code, 1);
    assert.deepEqual(
      answer.findings.filter(({ severity }) => severity === 'error').map(({ rule, line }) => [rule, line]),
      [['json-syntax', 2]],
    );
    assert.equal(stateroot(temp, ['ci', '--base', 'main', '--comment', '../comment.md']).code, 1);
    assert.match(comment(temp), /^### ✖ 1 file could not be read; no state changes; a check failed$/m);
  });

  it('is not the repair of a base that cannot be read, which is told', (t) => {
    const temp = changed(t);
    temp.write(file, '{}}');
    temp.commitAll('broken');
    write(temp, { Vault: proxied('Vault', 2) });
    temp.commitAll('repaired');
    const answer = ci(temp, '--base', 'HEAD^', '--comment', '../comment.md');
    assert.equal(answer.code, 0);
    assert.ok(answer.findings.some(({ severity, file: path }) => severity === 'warning' && path === file));
    assert.match(comment(temp), /\*\*Could not be read\*\*/);
  });

  it('is a commit on the way only when each is asked for', (t) => {
    const temp = changed(t);
    const valid = readFileSync(temp.at(file), 'utf8');
    temp.write(file, valid.replace(/"proxy": "0x./, '"proxy": "0xg'));
    temp.commitAll('broken');
    temp.write(file, valid);
    temp.commitAll('repaired');
    assert.equal(ci(temp, '--base', 'main').code, 0);
    const each = ci(temp, '--base', 'main', '--each-commit');
    assert.deepEqual([each.code, each.data.validate.commits], [1, 3]);
  });

  it('is a merge that text has blended', (t) => {
    const temp = changed(t);
    temp.git('switch', '--quiet', 'main');
    write(temp, { Vault: proxied('Vault'), Other: proxied('Other') });
    temp.commitAll('main adds');
    const lost = temp.git('commit-tree', 'next^{tree}', '-p', 'main', '-p', 'next', '-m', 'Merge');
    temp.git('checkout', '--quiet', lost);
    const answer = ci(temp, '--base', 'main', '--comment', '../comment.md');
    assert.deepEqual([answer.code, answer.data.merges], [1, 1]);
    assert.ok(answer.findings.some(({ rule }) => rule === 'merge-blend'));
    assert.match(comment(temp), /\| Merge as text equals merge by record \| ✖ 1 error; 1 merge commit/);
  });

  it('does not become allowed by a configuration in the same change, which is named', (t) => {
    const temp = tempRepository(t);
    const main = networkFilePath('', 'bscmainnet');
    const peers = (...chains: number[]) => {
      const topology = { connectedChains: chains.map((chainId) => ({ chainId })) };
      temp.write(main, canonicalize({ ...emptyNetworkFile({ network: 'bscmainnet', chainId: 56 }).root, topology }));
    };
    peers();
    temp.commitAll('begin');
    temp.git('switch', '--quiet', '--create', 'next');
    peers(97);
    temp.write('stateroot.config.json', canonicalize({ rules: { 'topology/cross-tier': 'off' } }));
    temp.commitAll('excused');
    const answer = ci(temp, '--base', 'main', '--comment', '../comment.md');
    assert.equal(answer.code, 1);
    assert.deepEqual(answer.data.judging, ['stateroot.config.json']);
    assert.match(comment(temp), /Changes how state is judged: `stateroot\.config\.json`/);
    assert.match(comment(temp), /Judged by the rules and policy of `main`/);
  });
});

describe('the comment of ci', () => {
  it('names network, contract and field of each danger in its first ten lines, and every check', (t) => {
    const temp = pullRequest(t);
    temp.git('switch', '--quiet', 'release/0.9');
    const answer = stateroot(temp, ['ci', '--base', 'main', '--comment', '../comment.md', '--sarif', '../state.sarif']);
    assert.equal(answer.code, 1);
    const lines = comment(temp).split('\n');
    const first = lines.slice(0, 10).join('\n');
    for (const { network, contract, field } of proposals.filter(({ danger }) => danger !== null)) {
      for (const word of [network, contract, field]) assert.ok(first.includes(word), word);
    }
    for (const row of ['Schema, canonical text, checksums', 'Consistency', 'Merge as text', 'On chain']) {
      assert.ok(
        lines.some((line) => line.startsWith(`| ${row}`)),
        row,
      );
    }
    const sarif = JSON.parse(readFileSync(temp.at('..', 'state.sarif'), 'utf8')) as { runs: { results: unknown[] }[] };
    assert.equal(sarif.runs[0]?.results.length, ci(temp, '--base', 'main').findings.length);
  });

  it('is the same after a squash merge, which names every change', (t) => {
    const temp = pullRequest(t);
    temp.git('merge', '--quiet', '--squash', 'release/0.9');
    temp.git('commit', '--quiet', '--message=Release 0.9');
    const squashed = temp.git('rev-parse', 'HEAD');
    assert.equal(stateroot(temp, ['ci', '--base', 'HEAD^', '--comment', '../comment.md']).code, 1);
    for (const { network, contract } of proposals) {
      assert.ok(comment(temp).includes(network) && comment(temp).includes(contract), network);
      assert.ok(stateroot(temp, ['log', network, contract]).stdout.startsWith(squashed), contract);
    }
  });

  it('tells what is new and what is gone since the branch was pushed before', (t) => {
    const temp = pullRequest(t);
    temp.git('update-ref', 'refs/remotes/origin/main', 'main');
    const commits = temp.git('rev-list', '--reverse', 'main..release/0.9').split('\n');
    const said = (before: string, action = 'synchronize') => {
      const env = { GITHUB_EVENT_NAME: 'pull_request', GITHUB_BASE_REF: 'main' };
      onGithub(temp, { action, before }, env, '--comment', '../comment.md');
      return /since the last push \(`(.*?)`\): (.*?)<\/sub>/.exec(comment(temp))?.slice(1) ?? null;
    };
    temp.git('checkout', '--quiet', '--detach', 'release/0.9');
    const [first = '', second = ''] = commits;
    assert.deepEqual(said(second), [second.slice(0, 7), '2 dangers new']);
    assert.deepEqual(said(first), [first.slice(0, 7), '2 dangers new, 1 change new']);
    assert.deepEqual(said(commits.at(-1) ?? ''), [commits.at(-1)?.slice(0, 7), 'nothing else']);
    assert.equal(said(first, 'opened'), null);
    assert.equal(said('f'.repeat(40)), null);
    temp.git('checkout', '--quiet', '--detach', first);
    assert.deepEqual(said(commits.at(-1) ?? ''), [commits.at(-1)?.slice(0, 7), '2 dangers gone, 1 change gone']);
  });

  it('is not made where no state is touched, unless there was one', (t) => {
    const temp = changed(t);
    temp.git('switch', '--quiet', '--create', 'docs', 'main');
    temp.write('README.md', 'text');
    temp.write('../comment.md', 'of an earlier run');
    temp.commitAll('docs');
    assert.equal(ci(temp, '--base', 'main', '--comment', '../comment.md').code, 0);
    assert.equal(existsSync(temp.at('..', 'comment.md')), false);
    assert.equal(ci(temp, '--base', 'main', '--comment', '../comment.md', '--update-comment').code, 0);
    assert.match(comment(temp), /^### ✔ No state changes any more$/m);
    assert.equal(ci(temp, '--base', 'main', '--update-comment').code, 2);
  });

  it('of two state roots says which is which', (t) => {
    const temp = tempRepository(t);
    for (const root of ['a', 'b']) {
      temp.write(`${root}/stateroot.config.json`, '{}\n');
      temp.write(networkFilePath(root, 'examplenet'), networkText('examplenet', 4242, { Vault: proxied('Vault') }));
    }
    temp.commitAll('begin');
    for (const root of ['a', 'b']) {
      const text = networkText('examplenet', 4242, { Vault: proxied('Vault', root === 'a' ? 2 : 3) });
      temp.write(networkFilePath(root, 'examplenet'), text);
    }
    temp.commitAll('next');
    assert.equal(ci(temp, '--base', 'HEAD^', '--comment', '../comment.md').code, 0);
    assert.match(comment(temp), /`a\/examplenet`[^]*`b\/examplenet`/);
  });

  it('and summary keep below the limits of GitHub with a thousand changes, and annotations below ten of a kind', (t) => {
    const temp = tempRepository(t);
    const names = Array.from({ length: 500 }, (_, at) => `Vault${at}`);
    const all = (version: number) => Object.fromEntries(names.map((name) => [name, proxied(name, version)]));
    const networks = ['onenet', 'twonet'];
    for (const [at, network] of networks.entries()) {
      temp.write(networkFilePath('', network), networkText(network, 4242 + at, all(1)));
    }
    temp.commitAll('begin');
    for (const [at, network] of networks.entries()) {
      const moved = names.map((name) => [name, proxied(name, 1, { proxy: address(`${network} ${name}`) })] as const);
      temp.write(networkFilePath('', network), networkText(network, 4242 + at, Object.fromEntries(moved)));
    }
    temp.commitAll('next');
    const { code, stdout, summary } = onGithub(temp, {}, {}, '--base', 'HEAD^', '--comment', '../comment.md');
    assert.ok(code === 0 || code === 1);
    assert.ok(Buffer.byteLength(comment(temp)) < 65_536);
    assert.ok(Buffer.byteLength(comment(temp)) > 50_000);
    assert.match(comment(temp), /\| On chain \|/);
    assert.ok(Buffer.byteLength(summary) < 1_048_576);
    for (const kind of ['error', 'warning', 'notice']) {
      assert.ok(stdout.split('\n').filter((line) => line.startsWith(`::${kind} `)).length <= 10, kind);
    }
    assert.match(stdout, /^::error title=\d[\d,]* more error/m);
  });
});

describe('names that mean something to a log, a comment or a page', () => {
  const name = 'x%0A::error::"]<img src=x onerror=alert(1)>|`@octocat`';

  it('are shown as text wherever ci writes', (t) => {
    const temp = changed(t);
    const text = readFileSync(temp.at(file), 'utf8').replaceAll('Vault', name.replaceAll('"', '\\"'));
    temp.write(file, text);
    temp.write(networkFilePathOf('', '::warning::x'), text);
    temp.commitAll('::error::hostile');
    const hostile = 'feature/::error::$(touch canary)';
    const env = { GITHUB_BASE_REF: hostile, GITHUB_EVENT_NAME: 'pull_request' };
    const refused = onGithub(temp, {}, env);
    assert.equal(refused.code, 2);
    const { code, stdout, stderr, summary } = onGithub(temp, {}, {}, '--base', 'main', '--comment', '../comment.md');
    assert.equal(code, 1);
    for (const lines of [refused.stdout, stdout]) {
      for (const line of lines.split('\n').filter((each) => each !== '')) {
        assert.match(line, /^::(?:error|warning|notice) (?:file=[^:,]*(?:,line=\d+,col=\d+)?,)?title=[^:,]*::[^\n]*$/);
      }
    }
    assertInert(stderr, 'log');
    for (const markdown of [comment(temp), summary]) {
      assertInert(markdown, 'markdown');
      const outside = markdown.replace(/(`+)[^]*?[^`]\1(?!`)/g, '').replace(/<code>[^<]*<\/code>/g, '');
      assert.doesNotMatch(outside, /<img|@octocat/);
    }
    assert.equal(existsSync(temp.at('canary')), false);
  });
});
