import assert from 'node:assert/strict';
import { symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type GatedRepository, gatedRepository, gitIn, invalidText, validText } from '../support/gated-repository.js';
import { layouts } from '../support/layouts.js';

const commit = ['commit', '--quiet', '--message=edit'];

/** Forms of commit: how each records `text` as the network file. */
const forms: readonly [string, (temp: GatedRepository) => readonly string[], ((temp: GatedRepository) => string)?][] = [
  [
    'commit',
    (temp) => {
      temp.git('add', temp.file);
      return commit;
    },
  ],
  ['commit -a', () => [...commit, '--all']],
  ['commit --only', (temp) => [...commit, '--only', '--', temp.file]],
  ['commit --include', (temp) => [...commit, '--include', '--', temp.file]],
  ['commit -p', () => [...commit, '--patch'], () => 'y\n'.repeat(20)],
  ['commit --amend', () => [...commit, '--amend', '--all']],
];

for (const { where, root } of layouts) {
  describe(`the gate of a commit, state root ${where}`, () => {
    for (const [form, prepare, answers] of forms) {
      it(`refuses invalid content that ${form} would record, and takes valid content`, (t) => {
        const temp = gatedRepository(t, root);
        const input = answers?.(temp) ?? '';
        const before = temp.git('rev-parse', 'HEAD');
        temp.write(temp.file, invalidText(2));
        const refused = temp.attempt(prepare(temp), input);
        assert.equal(refused.code, 1, refused.said);
        assert.ok(refused.said.includes(`${temp.file}:`), refused.said);
        assert.equal(temp.git('rev-parse', 'HEAD'), before);
        temp.write(temp.file, validText(2));
        const taken = temp.attempt(prepare(temp), input);
        assert.equal(taken.code, 0, taken.said);
        assert.equal(`${temp.git('show', `HEAD:${temp.file}`)}\n`, validText(2));
      });
    }

    for (const [form, args] of [
      ['commit', commit],
      ['commit --only', [...commit, '--only', '--', 'readme']],
      ['commit --include', [...commit, '--include', '--', 'readme']],
      ['commit --amend', [...commit, '--amend']],
    ] as const) {
      it(`${form} is not stopped by invalid content that it does not record`, (t) => {
        const temp = gatedRepository(t, root);
        temp.write(temp.file, validText(2));
        temp.write('readme', 'two\n');
        temp.git('add', '.');
        temp.write(temp.file, invalidText(3));
        const done = temp.attempt(args);
        assert.equal(done.code, 0, done.said);
      });
    }

    it('commit -p judges the chosen part only', (t) => {
      const temp = gatedRepository(t, root);
      temp.write(temp.file, invalidText(2));
      temp.write('readme', 'two\n');
      // Asked by path, ascending: no part of the network file, all of the other.
      const done = temp.attempt([...commit, '--patch'], 'd\ny\n');
      assert.equal(done.code, 0, done.said);
      assert.equal(temp.git('show', 'HEAD:readme'), 'two');
      assert.equal(`${temp.git('show', `HEAD:${temp.file}`)}\n`, validText());
    });

    it('judges the result of a merge, and not the work tree', (t) => {
      const temp = gatedRepository(t, root);
      temp.git('switch', '--quiet', '--create', 'side');
      temp.write(temp.file, invalidText(2));
      temp.force('bad');
      temp.git('switch', '--quiet', 'main');
      temp.write('readme', 'two\n');
      temp.commitAll('main goes on');
      const refused = temp.attempt(['merge', '--no-edit', 'side']);
      assert.notEqual(refused.code, 0);
      assert.match(refused.said, /Commit refused/);
      temp.git('merge', '--abort');
      temp.git('switch', '--quiet', 'side');
      temp.write(temp.file, validText(2));
      temp.force('repaired');
      temp.git('switch', '--quiet', 'main');
      const taken = temp.attempt(['merge', '--no-edit', 'side']);
      assert.equal(taken.code, 0, taken.said);
      assert.equal(temp.git('rev-list', '--count', '--merges', 'HEAD'), '1');
    });

    it('judges a merge that a person finishes', (t) => {
      const temp = gatedRepository(t, root);
      temp.git('switch', '--quiet', '--create', 'side');
      temp.write(temp.file, validText(2));
      temp.commitAll('theirs');
      temp.git('switch', '--quiet', 'main');
      temp.write(temp.file, validText(3));
      temp.commitAll('ours');
      assert.notEqual(temp.attempt(['merge', '--no-edit', 'side']).code, 0);
      temp.git('add', temp.file);
      const refused = temp.attempt(commit);
      assert.equal(refused.code, 1);
      assert.match(refused.said, /json-conflict/);
      temp.write(temp.file, validText(4));
      temp.git('add', temp.file);
      assert.equal(temp.attempt(commit).code, 0);
    });

    it('judges a linked work tree by its own index', (t) => {
      const temp = gatedRepository(t, root);
      const side = temp.at('../side');
      temp.git('worktree', 'add', '--quiet', '-b', 'side', side);
      writeFileSync(join(side, temp.file), invalidText(2));
      for (const args of [
        [...commit, '--all'],
        [...commit, '--only', '--', temp.file],
      ]) {
        const refused = gitIn(side, temp, args);
        assert.equal(refused.code, 1, refused.said);
        assert.match(refused.said, /Commit refused/);
      }
      writeFileSync(join(side, 'readme'), 'two\n');
      const done = gitIn(side, temp, [...commit, '--only', '--', 'readme']);
      assert.equal(done.code, 0, done.said);
    });

    it('refuses what is no plain file in the place of a network file or of its folder', (t) => {
      const temp = gatedRepository(t, root);
      temp.git('update-index', '--chmod=+x', temp.file);
      const executable = temp.attempt(commit);
      assert.equal(executable.code, 1);
      assert.match(executable.said, /file-mode/);
      temp.git('reset', '--quiet', '--hard');
      unlinkSync(temp.at(temp.file));
      symlinkSync('/etc/passwd', temp.at(temp.file));
      const link = temp.attempt([...commit, '--all']);
      assert.equal(link.code, 1);
      assert.match(link.said, /file-mode/);
      temp.git('reset', '--quiet', '--hard');
      const head = temp.git('rev-parse', 'HEAD');
      temp.git('update-index', '--force-remove', temp.file);
      temp.git('update-index', '--add', '--cacheinfo', `160000,${head},${temp.file}`);
      const submodule = temp.attempt(commit);
      assert.equal(submodule.code, 1);
      assert.match(submodule.said, /file-mode/);
      temp.git('update-index', '--force-remove', temp.file);
      const folder = temp.file.replace(/\/[^/]*$/, '');
      temp.git('update-index', '--add', '--cacheinfo', `120000,${temp.git('hash-object', '-w', 'readme')},${folder}`);
      const linkedFolder = temp.attempt(commit);
      assert.equal(linkedFolder.code, 1);
      assert.match(linkedFolder.said, /file-mode/);
    });

    it('refuses a second file that a disk which ignores case takes for the same', (t) => {
      const temp = gatedRepository(t, root);
      const blob = temp.git('hash-object', '-w', temp.file);
      for (const twin of [
        temp.file.replace('bsctestnet', 'BSCtestnet'),
        temp.file.replace('unified/', 'Unified/'),
        temp.file.replace('.unified.json', '.UNIFIED.json'),
      ]) {
        temp.git('update-index', '--add', '--cacheinfo', `100644,${blob},${twin}`);
        const refused = temp.attempt(commit);
        assert.equal(refused.code, 1, twin);
        assert.match(refused.said, /network-(?:name|file)/, twin);
        temp.git('reset', '--quiet', '--hard');
      }
    });
  });
}

describe('the gate of a commit', () => {
  it('leaves a look-alike in a folder that is no state root alone, until the folder becomes one', (t) => {
    const temp = gatedRepository(t);
    const fixture = `test/fixtures/${temp.file}`;
    temp.write(fixture, '{}');
    temp.git('add', '.');
    assert.equal(temp.attempt(commit).code, 0);
    temp.write('test/fixtures/stateroot.config.json', '{}\n');
    temp.git('add', '.');
    const refused = temp.attempt(commit);
    assert.equal(refused.code, 1);
    assert.ok(refused.said.includes(`${fixture}:`), refused.said);
  });

  it('judges the first commit of a repository', (t) => {
    const temp = gatedRepository(t);
    temp.git('switch', '--quiet', '--orphan', 'fresh');
    temp.write(temp.file, invalidText());
    temp.git('add', '.');
    assert.equal(temp.attempt(commit).code, 1);
    temp.write(temp.file, validText());
    temp.git('add', '.');
    assert.equal(temp.attempt(commit).code, 0);
  });
});
