import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { program } from './command-line.js';
import { type TempRepository, tempRepository } from './temp-repository.js';
import { type Step, workflowFile } from './workflow-files.js';

/** How a run comes about, as GitHub would start it. */
export const occasions = ['pull_request', 'fork', 'merge_group', 'push', 'shallow'] as const;

export type Occasion = (typeof occasions)[number];

export type Proposed = {
  /** Where `base` and `head` are branches. */
  readonly origin: TempRepository;
  readonly base: string;
  readonly head: string;
};

type Cleanup = { after(run: () => void): void };

/** A checkout as actions/checkout leaves it, and what the runner would say. */
export type Checkout = {
  readonly clone: TempRepository;
  readonly env: Readonly<Record<string, string>>;
  /** By the text of the expression. */
  readonly expressions: Readonly<Record<string, string>>;
  readonly event: object;
};

/** Makes the merge and the checkout of one occasion; nothing is left in `origin` but refs below refs/pull and refs/queue. */
export function checkout(t: Cleanup, occasion: Occasion, { origin, base, head }: Proposed): Checkout {
  const [baseOid, headOid] = [origin.git('rev-parse', base), origin.git('rev-parse', head)];
  const merge = testMerge(origin, baseOid, headOid);
  const clone = tempRepository(t);
  clone.git('remote', 'add', 'origin', `file://${origin.path}`);
  const isPull = occasion !== 'push' && occasion !== 'merge_group';
  const before = isPull ? '' : baseOid;
  // A fork's commits are in the repository through refs/pull only.
  const heads =
    occasion === 'fork' ? `+refs/heads/${base}:refs/remotes/origin/${base}` : '+refs/heads/*:refs/remotes/origin/*';
  const depth = occasion === 'shallow' ? ['--depth=1'] : [];
  const fetched = occasion === 'shallow' ? [] : [heads];
  clone.git(
    'fetch',
    '--quiet',
    '--no-tags',
    ...depth,
    'origin',
    ...fetched,
    '+refs/pull/7/merge:refs/remotes/pull/7/merge',
  );
  clone.git('checkout', '--quiet', '--force', '--detach', 'refs/remotes/pull/7/merge');
  const number = isPull ? '7' : '';
  const repository = { full_name: 'owner/repository', default_branch: base };
  const event = {
    ...(isPull ? { number: 7, pull_request: pullOf(occasion, headOid, { ref: base, sha: baseOid }) } : {}),
    ...(occasion === 'merge_group'
      ? { merge_group: { base_ref: `refs/heads/${base}`, base_sha: before, head_sha: merge } }
      : {}),
    ...(occasion === 'push' ? { ref: `refs/heads/${base}`, before, after: merge, forced: false } : {}),
    repository,
  };
  const env = {
    GITHUB_EVENT_NAME: isPull ? 'pull_request' : occasion,
    GITHUB_BASE_REF: isPull ? base : '',
    GITHUB_HEAD_REF: isPull ? head : '',
    GITHUB_REF_NAME: isPull ? '7/merge' : base,
    GITHUB_SHA: merge,
  };
  return { clone, env, event, expressions: { 'github.event.pull_request.number': number } };
}

export type Ran = {
  readonly code: number;
  readonly output: string;
  readonly summary: string;
  /** What the job would upload, by name; null where it is not there. */
  review(name: string): string | null;
  /** The page of the whole state; null where it is not there. */
  readonly page: string | null;
};

/** The two conditions there are: after a failure too, and in a pull request only. */
function isDue({ if: when = '' }: Step, code: number, event: string | undefined): boolean {
  if (code !== 0 && !when.startsWith('always()')) return false;
  return !when.includes("github.event_name == 'pull_request'") || event === 'pull_request';
}

/** Runs every `run:` step of a job with bash, as the runner does, until one fails; npm and npx are stood in for. */
export function runJob(path: string, job: string, { clone, env, event, expressions }: Checkout): Ran {
  const around = dirname(clone.path);
  const [temp, tools] = [join(around, 'runner'), join(around, 'tools')];
  for (const folder of [temp, tools]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(tools, 'npm'), '#!/bin/sh\n', { mode: 0o755 });
  const call = `#!/bin/sh\n[ "$1 $2" = '--no-install stateroot' ] || exit 97\nshift 2\nexec '${process.execPath}' '${program}' "$@"\n`;
  writeFileSync(join(tools, 'npx'), call, { mode: 0o755 });
  // What the build of this repository would leave; git does not see it.
  clone.write('dist/stateroot.cjs', `require(${JSON.stringify(program)});\n`);
  clone.write('.git/info/exclude', 'dist/\n');
  const files = { event: join(temp, 'event.json'), summary: join(temp, 'summary.md') };
  writeFileSync(files.event, JSON.stringify(event));
  writeFileSync(files.summary, '');
  const runner = {
    ...clone.env,
    ...env,
    PATH: `${tools}:${clone.env['PATH'] ?? ''}`,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: clone.path,
    GITHUB_EVENT_PATH: files.event,
    GITHUB_STEP_SUMMARY: files.summary,
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'owner/repository',
    GITHUB_RUN_ID: '1',
    RUNNER_TEMP: temp,
  };
  let output = '';
  let code = 0;
  for (const step of workflowFile(path).jobs[job]?.steps ?? []) {
    if (step.run === undefined || !isDue(step, code, env['GITHUB_EVENT_NAME'])) continue;
    const script = join(temp, 'step.sh');
    writeFileSync(script, step.run);
    const own = Object.entries(step.env ?? {}).map(([name, value]): [string, string] => [
      name,
      evaluated(String(value), expressions),
    ]);
    const options = { cwd: clone.path, env: { ...runner, ...Object.fromEntries(own) }, encoding: 'utf8' } as const;
    const child = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], options);
    output += child.stdout + child.stderr;
    if (code === 0 && step['continue-on-error'] !== true) code = child.status ?? 99;
  }
  return {
    code,
    output,
    summary: readFileSync(files.summary, 'utf8'),
    review(name) {
      const file = join(temp, 'state-review', name);
      return existsSync(file) ? readFileSync(file, 'utf8') : null;
    },
    page: existsSync(join(temp, 'state.html')) ? readFileSync(join(temp, 'state.html'), 'utf8') : null,
  };
}

/** One that nobody foresaw is an error: an empty text would hide it. */
function evaluated(text: string, expressions: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{\{ (.*?) \}\}/g, (_, expression: string) => {
    const value = { ...ownExpressions, ...expressions }[expression];
    assert.ok(value !== undefined, `no value for ${expression}`);
    return value;
  });
}

/** Those of this repository's own workflows; npm is stood in for, the program is the built one. */
const ownExpressions: Readonly<Record<string, string>> = {
  "inputs.install || 'npm ci --ignore-scripts --no-audit --no-fund && npm run build'": 'npm ci && npm run build',
  "inputs.command || 'node dist/stateroot.cjs'": `node ${program}`,
  "inputs.each-commit || github.event_name == 'push'": 'true',
  'github.token': 'not-a-token',
};

/** As GitHub merges to test: plainly, by git, the base first. */
function testMerge(origin: TempRepository, base: string, head: string): string {
  const tree = origin.git('merge-tree', '--write-tree', base, head);
  const merge = origin.git('commit-tree', tree, '-p', base, '-p', head, '-m', `Merge ${head} into ${base}`);
  origin.git('update-ref', 'refs/pull/7/merge', merge);
  origin.git('update-ref', 'refs/pull/7/head', head);
  return merge;
}

function pullOf(occasion: Occasion, sha: string, base: { ref: string; sha: string }) {
  const full_name = occasion === 'fork' ? 'somebody/fork' : 'owner/repository';
  return { number: 7, head: { sha, repo: { full_name } }, base };
}
