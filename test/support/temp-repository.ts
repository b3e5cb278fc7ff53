import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';

/** A real repository on `main` in a temporary folder. Nothing of the machine's git configuration reaches it. */
export type TempRepository = {
  readonly path: string;
  /** For child processes: hermetic git, a fixed identity, no prompts, and HOME inside the temporary folder. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs git and answers stdout without its last newline. Throws when git fails. */
  git(...args: string[]): string;
  /** Writes a file of the work tree, with its folders. */
  write(file: string, content: string | Uint8Array): void;
  /** Commits everything there is; answers the commit. */
  commitAll(message: string): string;
  /** Where a path below it is. */
  at(...segments: string[]): string;
};

const commit =
  'git add --all; git -c maintenance.auto=false commit -q --allow-empty --message="$1"; git rev-parse HEAD';

/** Removed when the test is over: pass its context, or anything with `after`. */
export function tempRepository(
  t: { after(run: () => void): void },
  options: { objectFormat?: 'sha256'; copyOf?: TempRepository; env?: Readonly<Record<string, string>> } = {},
): TempRepository {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'stateroot-test-')));
  t.after(() => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });
  const path = join(folder, 'repository');
  const home = join(folder, 'home');
  for (const each of [path, home]) mkdirSync(each);
  const env = { ...hermeticEnvironment(home), ...options.env };
  const repository: TempRepository = {
    path,
    env,
    git: (...args) => execFileSync('git', args, { cwd: path, env, encoding: 'utf8', stdio: 'pipe' }).replace(/\n$/, ''),
    write(file, content) {
      mkdirSync(dirname(join(path, file)), { recursive: true });
      writeFileSync(join(path, file), content);
    },
    commitAll(message) {
      // One process of a shell's instead of three of node's, whose size makes each start slow.
      return execFileSync('sh', ['-ec', commit, 'sh', message], {
        cwd: path,
        env,
        encoding: 'utf8',
        stdio: 'pipe',
      }).trim();
    },
    at: (...segments) => join(path, ...segments),
  };
  if (options.copyOf === undefined) {
    const format = `--object-format=${options.objectFormat ?? 'sha1'}`;
    // Without the samples of hooks: two thirds of the files that are to be made, copied and removed again.
    repository.git('init', '--quiet', '--template=', '--initial-branch=main', format);
    for (const folder of ['hooks', 'info']) mkdirSync(join(path, '.git', folder));
  } else {
    cpSync(options.copyOf.path, path, { recursive: true, preserveTimestamps: true });
    // The copies are other files: what the index remembers of them is refreshed, or everything would look touched.
    repository.git('update-index', '--refresh', '-q');
  }
  return repository;
}

/** Prepares a repository once per test file and hands out copies of it: set-up is slower than most of what is tested. */
export function template(
  prepare: (temp: TempRepository) => void,
  options: { env?: Readonly<Record<string, string>> } = {},
): (t: { after(run: () => void): void }) => TempRepository {
  let original: TempRepository | null = null;
  return (t) => {
    if (original === null) {
      original = tempRepository({ after: (run) => process.once('exit', run) }, options);
      prepare(original);
    }
    return tempRepository(t, { ...options, copyOf: original });
  };
}

/** The same where the set-up has to wait for something. */
export function slowTemplate(
  prepare: (temp: TempRepository) => Promise<void>,
): (t: { after(run: () => void): void }) => Promise<TempRepository> {
  let original: Promise<TempRepository> | null = null;
  return async (t) => {
    original ??= prepared(prepare);
    return tempRepository(t, { copyOf: await original });
  };
}

async function prepared(prepare: (temp: TempRepository) => Promise<void>): Promise<TempRepository> {
  const temp = tempRepository({ after: (run) => process.once('exit', run) });
  await prepare(temp);
  return temp;
}

/** Only PATH and the temporary folder come from outside. */
export function hermeticEnvironment(home: string): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    TMPDIR: tmpdir(),
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_AUTHOR_NAME: 'deploy-bot',
    GIT_AUTHOR_EMAIL: 'deploy-bot@example.org',
    GIT_COMMITTER_NAME: 'deploy-bot',
    GIT_COMMITTER_EMAIL: 'deploy-bot@example.org',
  };
}
