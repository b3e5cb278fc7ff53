import { spawn } from 'node:child_process';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { StateManagerError } from '../../errors.js';
import { installedProgram } from '../installation.js';
import { isolatedEnvironment } from '../isolated-environment.js';
import type { Style } from '../text/style.js';
import type { Command, CommandResult } from './step.js';

/** Runs commands in the repository of the tour as a person at a prompt would, one after the other. */
export type Shell = {
  readonly repository: string;
  run(argv: Command['argv']): Promise<CommandResult>;
};

/**
 * A shell in a new folder below `folder`, with a home and an identity of its own: nobody's configuration changes what the
 * tour shows, and the tour changes nobody's.
 */
export async function openShell(folder: string, style: Style): Promise<Shell> {
  const [repository, home, output] = [join(folder, 'repository'), join(folder, 'home'), join(folder, 'output')];
  await mkdir(repository);
  await mkdir(home);
  const env = environment(home, style);
  return {
    repository,
    async run(argv) {
      const exit = await spawned(argv, { cwd: repository, env, output });
      return { command: argv.map(shellWord).join(' '), exit, output: await readFile(output, 'utf8') };
    },
  };
}

/** Both streams go to one file, so that their lines stay in the order in which they were written. */
async function spawned(
  [name, ...args]: Command['argv'],
  options: { cwd: string; env: NodeJS.ProcessEnv; output: string },
): Promise<number> {
  const [program, all] = name === 'git' ? ['git', args] : [process.execPath, [installedProgram(), ...args]];
  const file = await open(options.output, 'w');
  try {
    return await new Promise((resolve, reject) => {
      const child = spawn(program, all, {
        cwd: options.cwd,
        env: options.env,
        stdio: ['ignore', file.fd, file.fd],
        windowsHide: true,
      });
      child.on('error', (cause) => {
        reject(notStarted(name, cause));
      });
      child.on('close', (code) => {
        resolve(code ?? -1);
      });
    });
  } finally {
    await file.close();
  }
}

function environment(home: string, style: Style): NodeJS.ProcessEnv {
  return {
    ...isolatedEnvironment(home),
    LC_ALL: style.unicode ? 'C.UTF-8' : 'C',
    TERM: 'dumb',
    ...(style.color ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }),
  };
}

function notStarted(name: string, cause: NodeJS.ErrnoException): StateManagerError {
  if (name === 'git' && cause.code === 'ENOENT') {
    return new StateManagerError('GIT_NOT_FOUND', 'git was not found; the tour is made of its commits.', {
      cause,
      hint: 'install git 2.38 or newer and put it on PATH',
    });
  }
  return new StateManagerError('FILE_FAILED', `${name} could not be started: ${cause.message}`, {
    cause,
    hint: 'stateroot doctor',
  });
}

function shellWord(word: string): string {
  return /^[\w./:=@~^+-]+$/.test(word) ? word : `"${word}"`;
}
