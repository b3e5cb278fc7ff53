import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { completionScript } from '../../src/cli/completion.js';
import { flagsOf, verbs } from '../../src/cli/program.js';

/** What bash offers for the last word of a command line. */
function offered(...words: readonly string[]): string[] {
  const command = [
    completionScript('bash'),
    'COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _stateroot; printf "%s\\n" "${COMPREPLY[@]}"',
  ].join('\n');
  const shell = ['--norc', '--noprofile', '-c', command, 'bash', 'stateroot', ...words];
  return execFileSync('bash', shell, { encoding: 'utf8', cwd: import.meta.dirname })
    .trim()
    .split('\n');
}

describe('completion in bash', () => {
  it('offers every verb that people type, by its beginning', () => {
    const all = offered('');
    for (const { name, group } of verbs) assert.equal(all.includes(name), group !== 'Git', name);
    assert.deepEqual(offered('un'), ['unlock']);
  });

  it('offers every flag of a verb, and no others', () => {
    for (const verb of verbs.filter(({ group }) => group !== 'Git')) {
      const typed = flagsOf(verb).map(({ name }) => `--${name}`);
      assert.deepEqual(offered(verb.name, '--').sort(), typed.sort(), verb.name);
    }
  });

  it('finds the verb behind flags with values, and offers fixed choices', () => {
    assert.deepEqual(offered('-C', 'folder', '--json', 'import', 'lev'), ['leveldb']);
    assert.deepEqual(offered('validate', '--reporter', 'gi'), ['github']);
    assert.deepEqual(offered('help', 'exit'), ['exit-codes']);
    assert.deepEqual(offered('completion', ''), ['bash', 'zsh']);
  });

  it('offers files where a file is meant', () => {
    assert.ok(offered('put', '--from', 'completion').includes('completion.test.js'));
  });
});

describe('completion in zsh', () => {
  it('is a script that zsh reads', (t) => {
    const script = completionScript('zsh');
    const read = spawnSync('zsh', ['-n'], { input: script, encoding: 'utf8' });
    if (read.error !== undefined) {
      t.skip('zsh is not here');
      return;
    }
    assert.equal(read.stderr, '');
    assert.equal(read.status, 0);
  });

  it('names every verb and flag', () => {
    const script = completionScript('zsh');
    for (const verb of verbs.filter(({ group }) => group !== 'Git')) {
      assert.ok(script.includes(`'${verb.name}:`), verb.name);
      for (const { name } of verb.flags) assert.ok(script.includes(`--${name}[`), `${verb.name} --${name}`);
    }
  });
});
