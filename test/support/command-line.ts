import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import type { TempRepository } from './temp-repository.js';

/** The bundled program as a user runs it; `npm run build` makes it. */
export const program = join(import.meta.dirname, '..', '..', '..', 'dist', 'stateroot.cjs');

export type Answer = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

export type Envelope = {
  readonly ok: boolean;
  // Tests look into it by hand; its form is what they check.
  readonly data: never;
  readonly findings: readonly {
    rule: string;
    severity: string;
    file: string;
    line?: number;
    column?: number;
    path: string;
  }[];
  readonly error?: {
    readonly code: string;
    readonly message: string;
    readonly hint?: string;
    readonly details?: { readonly conflicts?: unknown; readonly records?: unknown };
  };
};

/** Runs the program in a repository (or a folder below it) and waits. */
export function stateroot(
  temp: TempRepository,
  args: readonly string[],
  options: { folder?: string; input?: string } = {},
): Answer {
  const child = spawnSync(process.execPath, [program, ...args], {
    cwd: temp.at(options.folder ?? '.'),
    env: temp.env,
    encoding: 'utf8',
    input: options.input ?? '',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { code: child.status, stdout: child.stdout, stderr: child.stderr };
}

/** The same with `--json`: the exit code and the one document. */
export function statejson(
  temp: TempRepository,
  args: readonly string[],
  options: { folder?: string; input?: string } = {},
): Envelope & { code: number | null } {
  const answer = stateroot(temp, [...args, '--json'], options);
  return { ...(JSON.parse(answer.stdout) as Envelope), code: answer.code };
}
