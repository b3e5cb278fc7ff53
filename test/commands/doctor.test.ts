import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { statejson, stateroot } from '../support/command-line.js';
import { networkText, proxied } from '../support/deployments.js';
import { template, type TempRepository, tempRepository } from '../support/temp-repository.js';

type Check = { check: string; severity: string; message: string; fix?: string };

const file = 'deployments/unified/bsctestnet.unified.json';

function examine(temp: TempRepository, ...args: string[]) {
  const { code, data, findings } = statejson(temp, ['doctor', ...args]);
  const checks = (data as { checks: Check[] }).checks;
  return { code, findings, checks, wrong: checks.filter(({ severity }) => severity !== 'ok') };
}

const healthy = template((temp) => {
  temp.write(file, networkText('bsctestnet', 97, { Vault: proxied('Vault') }));
  stateroot(temp, ['init']);
  temp.commitAll('state');
});

describe('doctor', () => {
  it('finds nothing wrong after init', (t) => {
    const temp = healthy(t);
    const { code, wrong } = examine(temp);
    assert.deepEqual([code, wrong], [0, []]);
  });

  for (const [what, check, severity, code, harm] of [
    [
      'no hook',
      'hook',
      'error',
      1,
      (temp: TempRepository) => {
        temp.write('.git/hooks/pre-commit', '#!/bin/sh\n');
      },
    ],
    [
      'a hook that is switched off',
      'hook',
      'error',
      1,
      (temp: TempRepository) => {
        chmodSync(temp.at('.git/hooks/pre-commit'), 0o644);
      },
    ],
    [
      'hooks that git looks for elsewhere',
      'hook',
      'error',
      1,
      (temp: TempRepository) => {
        temp.git('config', 'core.hooksPath', '.elsewhere');
      },
    ],
    [
      'attributes that are missing',
      'line endings',
      'warning',
      0,
      (temp: TempRepository) => {
        temp.write('.gitattributes', '');
      },
    ],
    [
      'a filter on network files',
      'attributes',
      'error',
      1,
      (temp: TempRepository) => {
        temp.write('.git/info/attributes', '*.json filter=lfs\n');
      },
    ],
    [
      'one hook of three that is gone',
      'hook',
      'error',
      1,
      (temp: TempRepository) => {
        rmSync(temp.at('.git/hooks/pre-push'));
      },
    ],
    [
      'a hooks path that is no folder',
      'hook',
      'error',
      1,
      (temp: TempRepository) => {
        temp.git('config', 'core.hooksPath', '/dev/null');
      },
    ],
    [
      'hooks of another version',
      'hook',
      'warning',
      0,
      (temp: TempRepository) => {
        const hook = temp.at('.git/hooks/pre-merge-commit');
        writeFileSync(hook, readFileSync(hook, 'utf8').replace('stateroot_before=$?', 'stateroot_before=0'));
      },
    ],
    [
      'husky that does not run',
      'hook',
      'error',
      1,
      (temp: TempRepository) => {
        temp.write('.husky/pre-commit', 'true\n');
        stateroot(temp, ['init']);
      },
    ],
    [
      'npm that runs no scripts where husky is',
      'npm scripts',
      'warning',
      1,
      (temp: TempRepository) => {
        temp.write('.husky/pre-commit', 'true\n');
        temp.write('.npmrc', 'ignore-scripts=true\n');
        stateroot(temp, ['init']);
      },
    ],
    [
      'lefthook that is not installed',
      'hook',
      'error',
      1,
      (temp: TempRepository) => {
        temp.write('lefthook.yml', '');
        rmSync(temp.at('.git/hooks'), { recursive: true });
        stateroot(temp, ['init']);
      },
    ],
    [
      'network files with CRLF',
      'attributes',
      'error',
      1,
      (temp: TempRepository) => {
        temp.write('.git/info/attributes', '*.json text eol=crlf\n');
      },
    ],
    [
      'another encoding of network files',
      'attributes',
      'error',
      1,
      (temp: TempRepository) => {
        temp.write('.git/info/attributes', '*.json working-tree-encoding=UTF-16\n');
      },
    ],
    [
      'keywords that git expands',
      'attributes',
      'error',
      1,
      (temp: TempRepository) => {
        temp.write('.git/info/attributes', '*.json ident\n');
      },
    ],
    [
      'line endings that git converts',
      'conversion',
      'error',
      1,
      (temp: TempRepository) => {
        temp.write('.gitattributes', '');
        temp.git('config', 'core.autocrlf', 'true');
      },
    ],
    [
      'line endings that git converts one way',
      'conversion',
      'warning',
      0,
      (temp: TempRepository) => {
        temp.write('.gitattributes', '');
        temp.git('config', 'core.autocrlf', 'input');
      },
    ],
    [
      'a merge driver that is not configured',
      'merge driver',
      'warning',
      0,
      (temp: TempRepository) => {
        temp.git('config', '--remove-section', 'merge.stateroot');
      },
    ],
    [
      'a diff driver that is not configured',
      'diff driver',
      'warning',
      0,
      (temp: TempRepository) => {
        temp.git('config', '--remove-section', 'diff.stateroot');
      },
    ],
    [
      'a merge driver that is not there',
      'merge driver',
      'error',
      1,
      (temp: TempRepository) => {
        temp.git('config', 'merge.stateroot.driver', '/nowhere/merge %O %A %B');
      },
    ],
    [
      'a diff driver that is not there',
      'diff driver',
      'error',
      1,
      (temp: TempRepository) => {
        temp.git('config', 'diff.stateroot.textconv', 'no-such-program-here');
      },
    ],
    [
      'a merge driver of another version',
      'driver',
      'warning',
      0,
      (temp: TempRepository) => {
        const driver = temp.git('config', 'merge.stateroot.driver');
        temp.git('config', 'merge.stateroot.driver', driver.replace('both sides', 'the two'));
      },
    ],
    [
      'attributes that merge network files another way',
      'merge driver',
      'warning',
      0,
      (temp: TempRepository) => {
        temp.write('.git/info/attributes', '*.json merge=union\n');
      },
    ],
    [
      'attributes that take the diff driver back',
      'diff driver',
      'warning',
      0,
      (temp: TempRepository) => {
        temp.write('.git/info/attributes', '*.json -diff\n');
      },
    ],
    [
      'a stateroot that was moved away',
      'git config',
      'error',
      1,
      (temp: TempRepository) => {
        temp.git('config', 'stateroot.command', "node '/nowhere/stateroot.cjs'");
      },
    ],
    [
      'prettier',
      'formatter',
      'warning',
      0,
      (temp: TempRepository) => {
        temp.write('.prettierrc', '{}');
      },
    ],
    [
      'biome',
      'formatter',
      'warning',
      0,
      (temp: TempRepository) => {
        temp.write('biome.json', '{ "files": { "includes": ["**", "!dist"] } }');
      },
    ],
    [
      'an editor that indents JSON by tabs',
      'formatter',
      'warning',
      0,
      (temp: TempRepository) => {
        temp.write('.editorconfig', '[*]\nindent_style = tab\n');
      },
    ],
    [
      'a program in place of the file system monitor',
      'git config',
      'warning',
      0,
      (temp: TempRepository) => {
        temp.git('config', 'core.fsmonitor', '.git/watch');
      },
    ],
    [
      'an external diff',
      'git config',
      'warning',
      0,
      (temp: TempRepository) => {
        temp.git('config', 'diff.external', 'mydiff');
      },
    ],
    [
      'an invalid file',
      'files',
      'error',
      1,
      (temp: TempRepository) => {
        temp.write(file, '{');
      },
    ],
  ] as const) {
    it(`names ${what} and the command that fixes it`, (t) => {
      const temp = healthy(t);
      harm(temp);
      const examined = examine(temp);
      const found = examined.wrong.find((each) => each.check === check);
      assert.deepEqual([found?.severity, examined.code], [severity, code]);
      assert.notEqual(found?.fix, undefined);
    });
  }

  it('is content with drivers, programs and attributes after the commands it names', (t) => {
    const temp = healthy(t);
    temp.git('config', '--remove-section', 'diff.stateroot');
    temp.git('config', 'merge.stateroot.driver', '/nowhere/merge %O %A %B');
    temp.git('config', 'stateroot.command', "node '/nowhere/stateroot.cjs'");
    const { wrong } = examine(temp);
    assert.deepEqual(wrong.map(({ check }) => check).sort(), ['diff driver', 'git config', 'merge driver']);
    for (const step of wrong.flatMap(({ fix = '' }) => fix.split(' && '))) {
      const [program, ...args] = step.split(' ');
      if (program === 'git') temp.git(...args);
      else assert.equal(stateroot(temp, args).code, 0, step);
    }
    assert.deepEqual(examine(temp).wrong, []);
  });

  it('starts nothing that a repository names', (t) => {
    const temp = healthy(t);
    for (const key of ['merge.stateroot.driver', 'diff.stateroot.textconv', 'stateroot.command'])
      temp.git('config', key, `touch '${temp.at('started')}'`);
    examine(temp);
    assert.ok(!existsSync(temp.at('started')));
  });

  for (const [what, prepare] of [
    ['prettier that leaves state alone', { '.prettierrc': '{}', '.prettierignore': '/deployments/\n' }],
    ['biome that leaves state alone', { 'biome.json': '{ "files": { "includes": ["**", "!**/deployments"] } }' }],
    ['biome for sources only', { 'biome.json': '{ "files": { "includes": ["src/**/*.ts"] } }' }],
    [
      'an .editorconfig with a section of its own for state',
      { '.editorconfig': '[*]\nindent_style = tab\n[**.unified.json]\nindent_style = space\n' },
    ],
    ['no npm scripts without husky', { '.npmrc': 'ignore-scripts=true\n' }],
  ] as const) {
    it(`says nothing of ${what}`, (t) => {
      const temp = healthy(t);
      for (const [path, text] of Object.entries(prepare)) temp.write(path, text);
      assert.deepEqual(examine(temp).wrong, []);
    });
  }

  for (const [what, prepare] of [
    ['prettier', { '.prettierrc': '{}' }],
    ['an .editorconfig', { '.editorconfig': '[*.{js,json}]\ninsert_final_newline = false\nend_of_line = crlf\n' }],
  ] as const) {
    it(`names a command that settles ${what}`, (t) => {
      const temp = healthy(t);
      for (const [path, text] of Object.entries(prepare)) temp.write(path, text);
      const fix = examine(temp).wrong[0]?.fix ?? '';
      execFileSync('sh', ['-c', fix], { cwd: temp.path });
      assert.deepEqual(examine(temp).wrong, []);
    });
  }

  it('runs no program that the configuration of the repository names', (t) => {
    const temp = healthy(t);
    temp.write('canary.sh', '#!/bin/sh\ntouch "$(dirname "$0")/ran"\n');
    chmodSync(temp.at('canary.sh'), 0o755);
    temp.git('config', 'core.fsmonitor', temp.at('canary.sh'));
    examine(temp);
    stateroot(temp, ['status']);
    assert.equal(existsSync(temp.at('ran')), false);
    temp.git('status');
    assert.equal(existsSync(temp.at('ran')), true);
  });

  it('names an identity that is missing', (t) => {
    const temp = healthy(t);
    temp.git('config', 'user.useConfigOnly', 'true');
    const { GIT_AUTHOR_NAME, GIT_AUTHOR_EMAIL, GIT_COMMITTER_NAME, GIT_COMMITTER_EMAIL, ...env } = temp.env;
    assert.ok(GIT_AUTHOR_NAME && GIT_AUTHOR_EMAIL && GIT_COMMITTER_NAME && GIT_COMMITTER_EMAIL);
    const { code, wrong } = examine({ ...temp, env });
    assert.deepEqual([code, wrong.map(({ check }) => check)], [1, ['identity']]);
  });

  it('names a shallow clone', (t) => {
    const temp = healthy(t);
    temp.commitAll('two');
    temp.git('clone', '--quiet', '--depth=1', `file://${temp.path}`, temp.at('../shallow'));
    const shallow = { ...temp, at: (...rest: string[]) => temp.at('../shallow', ...rest) };
    assert.ok(examine(shallow).wrong.some(({ check, fix }) => check === 'history' && fix === 'git fetch --unshallow'));
  });

  it('lists every finding of the files', (t) => {
    const temp = healthy(t);
    temp.write(
      file,
      networkText('bsctestnet', 97, { Vault: proxied('Vault') }).replace('"fileVersion": 1', '"fileVersion":  1'),
    );
    assert.deepEqual(
      examine(temp).findings.map(({ rule }) => rule),
      ['text-canonical'],
    );
  });

  it('--fix does what init would do', (t) => {
    const temp = tempRepository(t);
    assert.equal(examine(temp).code, 1);
    assert.deepEqual([examine(temp, '--fix').code, examine(temp).wrong], [0, []]);
  });
});
