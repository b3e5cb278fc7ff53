import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { program } from './command-line.js';
import { networkText, proxied } from './deployments.js';
import { under } from './layouts.js';
import { type TempRepository, tempRepository } from './temp-repository.js';

export const networkPath = 'deployments/unified/bsctestnet.unified.json';

/** Valid text of the network file; each version differs. */
export function validText(version: number | string = 1, more: readonly string[] = []): string {
  const others = more.map((name) => [name, proxied(name)] as const);
  return networkText('bsctestnet', 97, { Vault: proxied('Vault', version), ...Object.fromEntries(others) });
}

/** The same with an address that no checksum covers any more. */
export function invalidText(version: number | string = 1): string {
  return validText(version).replace(/("implementation": "0x)[0-9a-f]/i, '$1Z');
}

export function hookScript(name: string): string {
  return join(import.meta.dirname, '..', '..', '..', 'hooks', name);
}

export type Said = { readonly code: number | null; readonly said: string };

export type GatedRepository = TempRepository & {
  /** Where the network file is. */
  readonly file: string;
  /** Runs git and answers how it ended; stdin is `input`. */
  attempt(args: readonly string[], input?: string): Said;
  /** Commits all of the work tree although the hooks refuse; answers the commit. */
  force(message: string): string;
};

/** A repository with a valid network file and the shipped hooks; `root` is a marked state root below the top. */
export function gatedRepository(
  t: { after(run: () => void): void },
  root = '',
  options: { objectFormat?: 'sha256' } = {},
): GatedRepository {
  const temp = tempRepository(t, options);
  const file = under(root, networkPath);
  if (root !== '') temp.write(`${root}/stateroot.config.json`, '{}\n');
  temp.write(file, validText());
  temp.write('readme', 'one\n');
  temp.commitAll('start');
  for (const name of ['pre-commit', 'pre-merge-commit']) installHook(temp.at('.git/hooks', name), name);
  temp.git('config', 'stateroot.command', `'${process.execPath}' '${program}'`);
  return {
    ...temp,
    file,
    attempt: (args, input = '') => gitIn(temp.path, temp, args, input),
    force(message) {
      temp.git('add', '--all');
      temp.git('commit', '--quiet', '--no-verify', `--message=${message}`);
      return temp.git('rev-parse', 'HEAD');
    },
  };
}

export function installHook(path: string, name: string): void {
  mkdirSync(dirname(path), { recursive: true });
  copyFileSync(hookScript(name), path);
  chmodSync(path, 0o755);
}

export function gitIn(folder: string, temp: TempRepository, args: readonly string[], input = ''): Said {
  const child = spawnSync('git', args, { cwd: folder, env: temp.env, encoding: 'utf8', input });
  return { code: child.status, said: child.stdout + child.stderr };
}

/** A bare repository beside it, as remote `origin`, that judges with the shipped pre-receive; empty. */
export function gatedServer(temp: TempRepository): string {
  const path = temp.at('../server.git');
  temp.git(
    'init',
    '--quiet',
    '--bare',
    '--initial-branch=main',
    `--object-format=${temp.git('rev-parse', '--show-object-format')}`,
    path,
  );
  gitIn(path, temp, ['config', 'stateroot.command', `'${process.execPath}' '${program}'`]);
  installHook(join(path, 'hooks/pre-receive'), 'pre-receive');
  temp.git('remote', 'add', 'origin', path);
  return path;
}
