import { spawn } from 'node:child_process';
import { StateManagerError } from '../errors.js';
import { type Environment, gitEnvironment } from './environment.js';

export type GitResult = { readonly code: number; readonly stdout: Buffer; readonly stderr: string };

export type RunOptions = {
  readonly cwd: string;
  readonly env?: Environment | undefined;
  /** Pass GIT_INDEX_FILE through (hooks), or set it to a private index. */
  readonly index?: 'inherit' | { readonly file: string } | undefined;
  readonly input?: string | Uint8Array | undefined;
  /** Exit codes that are an answer; any other throws GIT_FAILED. Default: only 0. */
  readonly answers?: readonly number[];
  /** Everything git writes reaches the disk before it returns: default git fsyncs nothing that matters. */
  readonly durable?: boolean;
};

// A repository's own configuration must not run programs or reshape output on our reads and writes. hooksPath stays the
// user's: reference-transaction hooks see our ref updates (CONTRACT §3).
const hardened = [
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.quotePath=false',
  '-c',
  'gc.auto=0',
  '-c',
  'maintenance.auto=false',
  '-c',
  'protocol.ext.allow=never',
  '-c',
  'i18n.commitEncoding=UTF-8',
];
const durable = ['-c', 'core.fsync=all', '-c', 'core.fsyncMethod=fsync'];

/**
 * One git process: arguments only, no shell. The exit code decides, never the output (simple-git resolves silent
 * failures). Throws GIT_NOT_FOUND and GIT_FAILED, the latter with `details.exitCode` and `details.stderr`.
 */
export async function runGit(args: readonly string[], options: RunOptions): Promise<GitResult> {
  return gitResult(args, options, await collect(args, options));
}

/** What a git process gave, where its exit code is an answer; else throws GIT_FAILED. */
export function gitResult(args: readonly string[], options: RunOptions, result: GitResult): GitResult {
  if (![0, ...(options.answers ?? [])].includes(result.code)) throw gitFailed(args, result);
  return result;
}

/** Stdout of a git process as text without its final newline. */
export async function gitText(args: readonly string[], options: RunOptions): Promise<string> {
  return (await runGit(args, options)).stdout.toString('utf8').replace(/\n$/, '');
}

/** Spawn arguments shared with the long-lived processes of `objects.ts` and `write/answering-git.ts`. */
export function gitCommand(args: readonly string[], options: RunOptions): { args: string[]; env: NodeJS.ProcessEnv } {
  const env = gitEnvironment(options.env, options.index === 'inherit');
  return {
    args: [...hardened, ...(options.durable === true ? durable : []), ...args],
    env: typeof options.index === 'object' ? { ...env, GIT_INDEX_FILE: options.index.file } : { ...env },
  };
}

export function gitMissing(cause: unknown): StateManagerError {
  return new StateManagerError('GIT_NOT_FOUND', 'git was not found: state is written and reviewed through git.', {
    cause,
    hint: 'install git 2.38 or newer and put it on PATH',
  });
}

/** Why a git process did not even start. */
export function spawnFailed(args: readonly string[], cause: NodeJS.ErrnoException): StateManagerError {
  if (cause.code === 'ENOENT') return gitMissing(cause);
  return new StateManagerError('GIT_FAILED', `git ${args[0] ?? ''} could not be started: ${cause.message}`, {
    cause,
    hint: 'stateroot doctor',
  });
}

function collect(args: readonly string[], options: RunOptions): Promise<GitResult> {
  const command = gitCommand(args, options);
  return new Promise((resolve, reject) => {
    const child = spawn('git', command.args, { cwd: options.cwd, env: command.env, windowsHide: true });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', (cause: NodeJS.ErrnoException) => {
      reject(spawnFailed(args, cause));
    });
    child.on('close', (code) => {
      resolve({ code: code ?? -1, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString('utf8') });
    });
    // git may exit without reading its input (a bad option); its exit code tells, EPIPE adds nothing.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
  });
}

function gitFailed(args: readonly string[], result: GitResult): StateManagerError {
  const said = result.stderr.trim() || result.stdout.toString('utf8').trim() || 'it said nothing';
  const outcome = result.code === -1 ? 'was killed' : `failed with exit code ${result.code}`;
  return new StateManagerError('GIT_FAILED', `git ${args[0] ?? ''} ${outcome}: ${said}`, {
    hint: 'stateroot doctor',
    details: { exitCode: result.code, stderr: result.stderr },
  });
}
