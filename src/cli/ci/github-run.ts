import { isObject, type Json, member } from '../../core/json.js';

/** Environment variables, as the process has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What a GitHub workflow says about its run, as far as `ci` goes by it. */
export type GithubRun = {
  readonly event: string;
  /**
   * What HEAD is compared with: the first parent of a merge that GitHub made for a pull request, if HEAD is one; else this
   * revision. Null where the event has nothing to compare with.
   */
  readonly base: { readonly revision: string; readonly testMergeOf: string | null; readonly isPush: boolean } | null;
  /** Where the branch of a pull request stood before the push that the run is about. */
  readonly lastPush: string | null;
  /** The base as people call it. */
  readonly baseName: string | null;
  /** The page of the run; null when its parts are not what GitHub sets. */
  readonly page: string | null;
  /** The file that becomes the summary of the job. */
  readonly summary: string | null;
};

/**
 * Reads `GITHUB_*` and the event. What is there is data of whoever opened the pull request: names are looked up as refs and
 * never run. `event` is the parsed file of GITHUB_EVENT_PATH, null where there is none.
 */
export function githubRun(env: Environment, event: Json | null): GithubRun {
  const name = env['GITHUB_EVENT_NAME'] ?? '';
  return {
    event: name,
    ...sidesOf(name, env, event),
    lastPush: name === 'pull_request' && textAt(event, 'action') === 'synchronize' ? oidAt(event, 'before') : null,
    page: pageOf(env),
    summary: nonEmpty(env['GITHUB_STEP_SUMMARY']),
  };
}

export function isGithub(env: Environment): boolean {
  return env['GITHUB_ACTIONS'] === 'true';
}

function sidesOf(name: string, env: Environment, event: Json | null): Pick<GithubRun, 'base' | 'baseName'> {
  const branch = nonEmpty(env['GITHUB_BASE_REF']);
  if (branch !== null) {
    const head = textAt(event, 'pull_request', 'head', 'sha') ?? null;
    return { base: { revision: remoteBranch(branch), testMergeOf: head, isPush: false }, baseName: branch };
  }
  if (name === 'merge_group') {
    const baseName = (textAt(event, 'merge_group', 'base_ref') ?? '').replace(/^refs\/heads\//, '') || null;
    const revision = textAt(event, 'merge_group', 'base_sha');
    // An event without its base is no reason to compare with nothing: the look-up of an empty name fails.
    return { base: { revision: revision ?? '', testMergeOf: null, isPush: false }, baseName };
  }
  return name === 'push' ? pushSides(env, event) : { base: null, baseName: null };
}

function pushSides(env: Environment, event: Json | null): Pick<GithubRun, 'base' | 'baseName'> {
  const before = textAt(event, 'before') ?? '';
  const pushed = env['GITHUB_REF_NAME'] ?? '';
  if (!/^0*$/.test(before)) {
    return {
      base: { revision: before, testMergeOf: null, isPush: true },
      baseName: pushed === '' ? null : `${pushed} before`,
    };
  }
  // A new branch: what it adds to the default one. The default branch itself begins here.
  const main = textAt(event, 'repository', 'default_branch');
  if (main === undefined || main === pushed) return { base: null, baseName: null };
  return { base: { revision: remoteBranch(main), testMergeOf: null, isPush: false }, baseName: main };
}

function remoteBranch(name: string): string {
  return `refs/remotes/origin/${name}`;
}

function pageOf(env: Environment): string | null {
  const [server = '', repository = '', run = ''] = ['SERVER_URL', 'REPOSITORY', 'RUN_ID'].map(
    (name) => env[`GITHUB_${name}`],
  );
  const isPage = /^https:\/\/[\w.:-]+$/.test(server) && /^[\w.-]+\/[\w.-]+$/.test(repository) && /^\d+$/.test(run);
  return isPage ? `${server}/${repository}/actions/runs/${run}` : null;
}

function oidAt(event: Json | null, ...path: readonly string[]): string | null {
  const oid = textAt(event, ...path);
  return oid !== undefined && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(oid) ? oid : null;
}

function textAt(event: Json | null, ...path: readonly string[]): string | undefined {
  let value: Json | undefined = event ?? undefined;
  for (const key of path) value = value !== undefined && isObject(value) ? member(value, key) : undefined;
  return typeof value === 'string' ? value : undefined;
}

function nonEmpty(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}
