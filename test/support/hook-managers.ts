import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TempRepository } from './temp-repository.js';

/** A hook set-up of a user's own. Each of its hooks notes that it ran, and what it was told, in a file `ran`. */
export type HookSetup = {
  readonly name: string;
  /** Null when it can run here, else why not. */
  missing(): string | null;
  prepare(temp: TempRepository): void;
  /** Makes git call it, after `init` changed what it is configured by. */
  wake(temp: TempRepository): void;
};

const note = (hook: string) => `echo ${hook} >> ran`;
const noteInput = `cat > lines; sed -e "s,^,pre-push ," lines >> ran; rm lines`;
const executable = (temp: TempRepository, file: string, text: string) => {
  temp.write(file, text);
  chmodSync(temp.at(file), 0o755);
};

const plain: HookSetup = {
  name: 'hooks in .git/hooks',
  missing: () => null,
  prepare(temp) {
    executable(temp, '.git/hooks/pre-commit', `#!/usr/bin/env bash\nset -eu\n${note('pre-commit')}\nexit 0`);
    executable(temp, '.git/hooks/pre-merge-commit', `#!/bin/sh\n${note('pre-merge-commit')}\n`);
    executable(temp, '.git/hooks/pre-push', `#!/bin/sh\n${noteInput}\n`);
  },
  wake: () => undefined,
};

const husky: HookSetup = {
  name: 'husky',
  missing: () => null,
  prepare(temp) {
    temp.write('.husky/pre-commit', `${note('pre-commit')}\n`);
    temp.write('.husky/pre-merge-commit', note('pre-merge-commit'));
    temp.write('.husky/pre-push', `${noteInput}\n`);
    husky.wake(temp);
  },
  wake(temp) {
    const bin = join(import.meta.dirname, '..', '..', '..', 'node_modules', 'husky', 'bin.js');
    run(temp, 'node', [bin]);
  },
};

const lefthookConfig = `# Hooks of this project
pre-commit:
  parallel: true
  commands:
    # the first
    mine:
      run: ${note('pre-commit')}
pre-push:
    jobs:
    - name: mine
      run: |
        ${noteInput}
      use_stdin: true`;

const preCommitConfig = `# Hooks of this project
default_stages: [pre-commit]
repos:
  # ours
  - repo: local
    hooks:
      - { id: mine, name: mine, language: system, entry: sh -c '${note('pre-commit')}', always_run: true, pass_filenames: false }
`;

const lefthook = managed('lefthook', 'lefthook.yml', lefthookConfig, (temp) => {
  run(temp, 'lefthook', ['install']);
});
const preCommit = managed('pre-commit', '.pre-commit-config.yaml', preCommitConfig, (temp) => {
  const kinds = ['pre-commit', 'pre-merge-commit', 'pre-push'].flatMap((kind) => ['-t', kind]);
  run(temp, 'pre-commit', ['install', ...kinds]);
});

/** What runs here, or says visibly that it does not. */
export const hookSetups: readonly HookSetup[] = [plain, husky, lefthook, preCommit];

/**
 * The managers that may not be here, by stubs of our own: each runs the command lines that stand in the configuration,
 * as the manager would, with what it hands on.
 */
export const replayedSetups: readonly HookSetup[] = [
  replayed('lefthook', 'lefthook.yml', lefthookConfig, (lines) => {
    const [command = ''] = [...lines.matchAll(/^ *run: (sh .*)$/gm)].map((match) => match[1] ?? '');
    return `# lefthook\n${command.replace('{1}', '$1').replaceAll("'", '"')}\n`;
  }),
  replayed('pre-commit', '.pre-commit-config.yaml', preCommitConfig, (lines, hook) => {
    const [command = ''] = [...lines.matchAll(/^ *entry: (.*)$/gm)].map((match) => match[1] ?? '');
    if (hook !== 'pre-push') return `# pre-commit.com\n${command}\n`;
    const read = 'read -r PRE_COMMIT_LOCAL_BRANCH oid PRE_COMMIT_REMOTE_BRANCH before || exit 0';
    const names = 'PRE_COMMIT_LOCAL_BRANCH PRE_COMMIT_REMOTE_BRANCH PRE_COMMIT_REMOTE_NAME PRE_COMMIT_REMOTE_URL';
    return `# pre-commit.com\n${read}\nPRE_COMMIT_REMOTE_NAME=$1 PRE_COMMIT_REMOTE_URL=$2\nexport ${names}\n${command}\n`;
  }),
];

function managed(program: string, config: string, text: string, wake: HookSetup['wake']): HookSetup {
  return {
    name: program,
    missing: () => (spawnSync(program, ['--version']).error === undefined ? null : `${program} is not on PATH`),
    prepare(temp) {
      temp.write(config, text);
      wake(temp);
    },
    wake,
  };
}

function replayed(
  program: string,
  config: string,
  text: string,
  stub: (lines: string, hook: string) => string,
): HookSetup {
  return {
    name: `what ${program} would run`,
    missing: () => null,
    prepare(temp) {
      temp.write(config, text);
    },
    wake(temp) {
      const written = readFileSync(temp.at(config), 'utf8');
      for (const hook of ['pre-commit', 'pre-merge-commit', 'pre-push']) {
        const line = written
          .split('\n')
          .find((each) => each.includes(`.stateroot/hooks/${hook}`) && !each.includes(`hooks/${hook}-`));
        const own = hook === 'pre-commit' ? `${note(hook)}\n` : '';
        executable(temp, `.git/hooks/${hook}`, `#!/bin/sh\n${own}${stub(`${line ?? ''}\n`, hook)}`);
      }
    },
  };
}

function run(temp: TempRepository, program: string, args: readonly string[]): void {
  const child = spawnSync(program, args, { cwd: temp.path, env: temp.env, encoding: 'utf8' });
  if (child.status !== 0) throw new Error(`${program} failed: ${child.stdout}${child.stderr}`);
}
