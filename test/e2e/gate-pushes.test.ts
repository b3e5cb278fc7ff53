import assert from 'node:assert/strict';
import { symlinkSync, unlinkSync } from 'node:fs';
import { describe, it } from 'node:test';
import {
  type GatedRepository,
  gatedRepository,
  gatedServer,
  gitIn,
  installHook,
  invalidText,
  type Said,
  validText,
} from '../support/gated-repository.js';
import { statejson } from '../support/command-line.js';
import { layouts } from '../support/layouts.js';

function push(temp: GatedRepository, ...args: string[]): Said {
  return temp.attempt(['push', ...args]);
}

/** Both gates must agree; the server decides. */
const gates = [
  {
    gate: 'pre-receive',
    set: (temp: GatedRepository) => gatedServer(temp),
  },
  {
    gate: 'pre-push',
    set: (temp: GatedRepository) => {
      const server = gatedServer(temp);
      unlinkSync(`${server}/hooks/pre-receive`);
      installHook(temp.at('.git/hooks/pre-push'), 'pre-push');
      return server;
    },
  },
] as const;

for (const { gate, set } of gates) {
  for (const { where, root } of layouts) {
    describe(`a push through ${gate}, state root ${where}`, () => {
      it('takes valid commits: the first push, more, a new branch, a tag, a force push, a deletion', (t) => {
        const temp = gatedRepository(t, root);
        const server = set(temp);
        const passes = (...args: string[]) => {
          const done = push(temp, ...args);
          assert.equal(done.code, 0, `${args.join(' ')}: ${done.said}`);
        };
        passes('origin', 'main');
        temp.write(temp.file, validText(2));
        temp.commitAll('two');
        passes('origin', 'main');
        temp.git('switch', '--quiet', '--create', 'side');
        temp.write(temp.file, validText(3));
        temp.commitAll('three');
        temp.git('tag', '--annotate', '--message=v1', 'v1');
        passes('origin', 'side', 'v1');
        temp.write(temp.file, validText(4));
        temp.git('commit', '--quiet', '--all', '--amend', '--message=four');
        passes('--force', 'origin', 'side');
        passes('--delete', 'origin', 'side');
        passes('origin', 'HEAD:refs/heads/other');
        assert.equal(
          gitIn(server, temp, ['for-each-ref', '--format=%(refname)']).said,
          'refs/heads/main\nrefs/heads/other\nrefs/tags/v1\n',
        );
      });

      it('refuses an invalid commit anywhere in what is pushed, also one that was repaired', (t) => {
        const temp = gatedRepository(t, root);
        const server = set(temp);
        assert.equal(push(temp, 'origin', 'main').code, 0);
        const before = gitIn(server, temp, ['rev-parse', 'main']).said;
        temp.write(temp.file, invalidText(2));
        const bad = temp.force('bad');
        temp.write(temp.file, validText(2));
        temp.commitAll('repaired');
        temp.write('readme', 'three\n');
        temp.commitAll('no state');
        for (const target of ['main', 'main:refs/heads/new', 'main:refs/tags/t']) {
          const refused = push(temp, 'origin', target);
          assert.notEqual(refused.code, 0, target);
          assert.ok(refused.said.includes(bad.slice(0, 12)), refused.said);
          assert.match(refused.said, /Push refused: \d+ errors? in 1 of 2 commits/);
        }
        assert.equal(gitIn(server, temp, ['rev-parse', 'main']).said, before);
        assert.equal(gitIn(server, temp, ['rev-list', '--count', '--all']).said, '1\n');
      });

      it('refuses the first push of a history with an invalid commit', (t) => {
        const temp = gatedRepository(t, root);
        set(temp);
        temp.write(temp.file, invalidText(2));
        temp.force('bad');
        temp.write(temp.file, validText(3));
        temp.commitAll('repaired');
        assert.notEqual(push(temp, 'origin', 'main').code, 0);
      });

      it('refuses a symbolic link in the place of a network file', (t) => {
        const temp = gatedRepository(t, root);
        set(temp);
        assert.equal(push(temp, 'origin', 'main').code, 0);
        unlinkSync(temp.at(temp.file));
        symlinkSync('../../readme', temp.at(temp.file));
        temp.force('link');
        const refused = push(temp, 'origin', 'main');
        assert.notEqual(refused.code, 0);
        assert.match(refused.said, /file-mode/);
      });

      it('refuses what hides on a side that its merge did not take', (t) => {
        const temp = gatedRepository(t, root);
        set(temp);
        assert.equal(push(temp, 'origin', 'main').code, 0);
        temp.git('switch', '--quiet', '--create', 'side');
        temp.write(temp.file, invalidText(2));
        const bad = temp.force('bad');
        temp.git('switch', '--quiet', 'main');
        temp.git('merge', '--quiet', '--no-ff', '--no-verify', '--strategy=ours', '--no-edit', 'side');
        const refused = push(temp, 'origin', 'main');
        assert.notEqual(refused.code, 0);
        assert.ok(refused.said.includes(bad.slice(0, 12)), refused.said);
      });

      it('refuses what only a merge commit brings', (t) => {
        const temp = gatedRepository(t, root);
        set(temp);
        assert.equal(push(temp, 'origin', 'main').code, 0);
        temp.git('switch', '--quiet', '--create', 'side');
        temp.write('other', 'x\n');
        temp.commitAll('side');
        temp.git('switch', '--quiet', 'main');
        temp.write('readme', 'two\n');
        temp.commitAll('main');
        temp.git('merge', '--quiet', '--no-commit', '--no-ff', 'side');
        temp.write(temp.file, invalidText(2));
        temp.force('evil merge');
        assert.match(push(temp, 'origin', 'main').said, /Push refused/);
      });

      it('takes a removed network file, and a push without state although there is no stateroot', (t) => {
        const temp = gatedRepository(t, root);
        const server = set(temp);
        assert.equal(push(temp, 'origin', 'main').code, 0);
        temp.git('rm', '--quiet', temp.file);
        temp.commitAll('removed');
        assert.equal(push(temp, 'origin', 'main').code, 0);
        for (const folder of [temp.path, server]) gitIn(folder, temp, ['config', 'stateroot.command', 'false']);
        temp.write('readme', 'two\n');
        temp.commitAll('no state');
        assert.equal(push(temp, 'origin', 'main').code, 0);
        temp.write(temp.file, validText(2));
        temp.force('state');
        assert.notEqual(push(temp, 'origin', 'main').code, 0);
      });
    });
  }
}

describe('a server with pre-receive', () => {
  it('judges nothing again that one of its refs has', (t) => {
    const temp = gatedRepository(t);
    const server = gatedServer(temp);
    unlinkSync(`${server}/hooks/pre-receive`);
    temp.write(temp.file, invalidText(2));
    temp.force('from before the gate');
    assert.equal(push(temp, 'origin', 'main').code, 0);
    installHook(`${server}/hooks/pre-receive`, 'pre-receive');
    assert.equal(push(temp, 'origin', 'main:refs/heads/copy').code, 0);
    temp.write(temp.file, validText(3));
    temp.commitAll('repaired');
    assert.equal(push(temp, 'origin', 'main').code, 0);
  });

  it('is not misled by replaced objects', (t) => {
    const temp = gatedRepository(t);
    gatedServer(temp);
    assert.equal(push(temp, 'origin', 'main').code, 0);
    const good = temp.git('rev-parse', 'HEAD');
    temp.write(temp.file, invalidText(2));
    const bad = temp.force('bad');
    assert.equal(push(temp, 'origin', `${good}:refs/replace/${bad}`).code, 0);
    assert.notEqual(push(temp, 'origin', `${bad}:refs/heads/main`).code, 0);
  });

  it('judges a SHA-256 repository', (t) => {
    const temp = gatedRepository(t, '', { objectFormat: 'sha256' });
    gatedServer(temp);
    assert.equal(push(temp, 'origin', 'main').code, 0);
    temp.write(temp.file, invalidText(2));
    temp.force('bad');
    assert.match(push(temp, 'origin', 'main').said, /Push refused/);
  });
});

describe('validate --range', () => {
  it('judges every commit of a range as a push is judged', (t) => {
    const temp = gatedRepository(t);
    temp.write(temp.file, invalidText(2));
    const bad = temp.force('bad');
    temp.write(temp.file, validText(2));
    temp.commitAll('repaired');
    const refused = statejson(temp, ['validate', '--range', 'HEAD~2..']);
    assert.equal(refused.code, 1);
    assert.ok(refused.findings.every(({ file }) => file === temp.file));
    assert.deepEqual(
      (refused.data as { commits: { commit: string }[] }).commits.map(({ commit }) => commit),
      [bad, temp.git('rev-parse', 'HEAD')],
    );
    assert.equal(statejson(temp, ['validate', '--range', 'HEAD~1..HEAD']).code, 0);
    assert.equal(statejson(temp, ['validate', '--range', 'nowhere..HEAD']).code, 2);
    assert.equal(statejson(temp, ['validate', '--range', 'HEAD']).code, 2);
    assert.equal(statejson(temp, ['validate', '--range', 'HEAD~1..HEAD', '--staged']).code, 2);
  });
});
