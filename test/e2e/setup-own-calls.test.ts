import assert from 'node:assert/strict';
import { chmodSync, lstatSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import process from 'node:process';
import { describe, it } from 'node:test';
import { program, statejson } from '../support/command-line.js';
import { hookScript, installHook } from '../support/gated-repository.js';
import { type TempRepository, tempRepository } from '../support/temp-repository.js';

const hooks = ['pre-commit', 'pre-merge-commit', 'pre-push'] as const;

function executable(temp: TempRepository, path: string, lines: string): void {
  temp.write(path, `#!/bin/sh\n${lines}\n`);
  chmodSync(temp.at(path), 0o755);
}

/** A hook for any of the three names that calls stateroot by a line of its own. */
const caller = `'${process.execPath}' '${program}' hook`;

/** What `doctor` says of hooks; nothing where they work. */
function complaints(temp: TempRepository): string[] {
  const { checks } = statejson(temp, ['doctor']).data as {
    checks: readonly { check: string; severity: string; message: string }[];
  };
  return checks.filter(({ check, severity }) => check === 'hook' && severity === 'error').map(({ message }) => message);
}

/** What `init` did with each hook. */
function actions(temp: TempRepository): (readonly [string, string])[] {
  const { parts } = statejson(temp, ['init']).data as { parts: { part: string; action: string; detail: string }[] };
  return parts.filter(({ part }) => part === 'hook').map(({ action, detail }) => [action, detail] as const);
}

function isKept(temp: TempRepository): void {
  assert.deepEqual(
    actions(temp).map(([action]) => action),
    ['keep', 'keep', 'keep'],
  );
  assert.equal(statejson(temp, ['init']).code, 0);
  assert.deepEqual(complaints(temp), []);
}

describe('hooks that call stateroot by lines of their own', () => {
  it('are seen through links, and kept', (t) => {
    const temp = tempRepository(t);
    for (const hook of hooks) {
      executable(temp, `scripts/${hook}`, `${caller} ${hook} "$@" || exit 1`);
      symlinkSync(`../../scripts/${hook}`, temp.at('.git/hooks', hook));
    }
    isKept(temp);
  });

  it('are seen and kept in a folder that serves other repositories too', (t) => {
    const temp = tempRepository(t);
    for (const hook of hooks) executable(temp, `../shared/${hook}`, `${caller} ${hook} "$@" || exit 1`);
    temp.git('config', 'core.hooksPath', temp.at('../shared'));
    isKept(temp);
  });

  it('are seen and kept in another language', (t) => {
    const temp = tempRepository(t);
    for (const hook of hooks) {
      temp.write(`.git/hooks/${hook}`, `#!/usr/bin/env node\nrun('stateroot hook ${hook}');\n`);
      chmodSync(temp.at('.git/hooks', hook), 0o755);
    }
    isKept(temp);
  });

  it('may be the shipped texts, copied', (t) => {
    const temp = tempRepository(t);
    for (const hook of hooks) installHook(temp.at('.git/hooks', hook), hook);
    assert.deepEqual(complaints(temp), []);
  });

  it('do not work where they only speak of it, or are not executable', (t) => {
    const temp = tempRepository(t);
    for (const hook of hooks)
      executable(temp, `.git/hooks/${hook}`, `# our hook ${hook}: stateroot hook ${hook}\nexit 0`);
    assert.equal(complaints(temp).length, 1);
    for (const hook of hooks) {
      temp.write(`scripts/${hook}`, `${caller} ${hook}\n`);
      rmSync(temp.at('.git/hooks', hook));
      symlinkSync(`../../scripts/${hook}`, temp.at('.git/hooks', hook));
    }
    assert.ok(complaints(temp).every((said) => said.includes('not executable')));
    assert.equal(complaints(temp).length, 3);
    assert.deepEqual(
      actions(temp).map(([action]) => action),
      ['blocked', 'blocked', 'blocked'],
    );
  });
});

describe('init', () => {
  it('takes a link to a hook with its block for set up, and never writes through it', (t) => {
    const temp = tempRepository(t);
    symlinkSync('pre-commit', temp.at('.git/hooks/pre-merge-commit'));
    assert.deepEqual(
      actions(temp).map(([action]) => action),
      ['create', 'blocked', 'create'],
    );
    assert.deepEqual(
      actions(temp).map(([action]) => action),
      ['none', 'keep', 'none'],
    );
    assert.deepEqual(complaints(temp), []);
    assert.equal(statejson(temp, ['init', '--remove']).code, 0);
    assert.equal(readlinkSync(temp.at('.git/hooks/pre-merge-commit')), 'pre-commit');
    assert.equal(lstatSync(temp.at('.git/hooks/pre-commit'), { throwIfNoEntry: false }), undefined);
  });

  it('says what to do about a hook that is a link, and about hooks that are switched off', (t) => {
    const temp = tempRepository(t);
    symlinkSync(hookScript('nowhere'), temp.at('.git/hooks/pre-commit'));
    assert.match(actions(temp)[0]?.[1] ?? '', /stateroot hook pre-commit \|\| exit 1$/);
    temp.git('config', 'core.hooksPath', '/dev/null');
    assert.match(actions(temp)[0]?.[1] ?? '', /git config --unset core\.hooksPath/);
  });

  it('puts its block into a shell that env starts with options', (t) => {
    const temp = tempRepository(t);
    temp.write('.git/hooks/pre-commit', '#!/usr/bin/env -S bash -eu\necho mine\n');
    chmodSync(temp.at('.git/hooks/pre-commit'), 0o755);
    assert.equal(actions(temp)[0]?.[0], 'extend');
  });
});
