import assert from 'node:assert/strict';
import { symlinkSync, unlinkSync } from 'node:fs';
import { describe, it } from 'node:test';
import {
  type GatedRepository,
  gatedRepository,
  gatedServer,
  installHook,
  invalidText,
  networkPath,
  validText,
} from '../support/gated-repository.js';

const commit = ['commit', '--quiet', '--message=edit'];
const mark = 'package/stateroot.config.json';
const lookAlike = `package/${networkPath}`;

/** Two branches from `main`, each with files of its own; the first is checked out. */
function branches(
  temp: GatedRepository,
  files: Readonly<Record<'one' | 'two', Readonly<Record<string, string>>>>,
): void {
  for (const name of ['two', 'one'] as const) {
    temp.git('switch', '--quiet', '--create', name, 'main');
    for (const [path, text] of Object.entries(files[name])) temp.write(path, text);
    temp.force(name);
  }
}

describe('a folder that becomes a state root', () => {
  for (const gate of ['pre-receive', 'pre-push'] as const) {
    it(`by a merge, is judged with what the other side put into it: ${gate}`, (t) => {
      const temp = gatedRepository(t);
      const server = gatedServer(temp);
      if (gate === 'pre-push') {
        unlinkSync(`${server}/hooks/pre-receive`);
        installHook(temp.at('.git/hooks/pre-push'), 'pre-push');
      }
      branches(temp, { one: { [lookAlike]: invalidText() }, two: { [mark]: '{}\n' } });
      assert.equal(temp.attempt(['push', 'origin', 'one', 'two']).code, 0);
      temp.git('merge', '--quiet', '--no-verify', '--no-edit', 'two');
      const refused = temp.attempt(['push', 'origin', 'one']);
      assert.match(refused.said, /Push refused: \d+ errors? in 1 of 1 commit/);
      assert.ok(refused.said.includes(`${lookAlike}:`), refused.said);
    });
  }

  it('is not judged again by a merge with a side that does not have it yet', (t) => {
    const temp = gatedRepository(t);
    const server = gatedServer(temp);
    unlinkSync(`${server}/hooks/pre-receive`);
    branches(temp, { one: { [mark]: '{}\n', [lookAlike]: invalidText() }, two: { other: 'x\n' } });
    assert.equal(temp.attempt(['push', 'origin', 'one', 'two']).code, 0);
    installHook(`${server}/hooks/pre-receive`, 'pre-receive');
    temp.git('merge', '--quiet', '--no-verify', '--no-edit', 'two');
    const taken = temp.attempt(['push', 'origin', 'one']);
    assert.equal(taken.code, 0, taken.said);
  });

  it('has plain folders of state', (t) => {
    const temp = gatedRepository(t);
    gatedServer(temp);
    temp.write('package/readme', 'x\n');
    symlinkSync('../deployments', temp.at('package/deployments'));
    temp.git('add', '.');
    assert.equal(temp.attempt(commit).code, 0);
    temp.write(mark, '{}\n');
    temp.git('add', '.');
    assert.match(temp.attempt(commit).said, /file-mode/);
    temp.force('marked');
    assert.match(temp.attempt(['push', 'origin', 'main']).said, /file-mode/);
  });

  it('is judged without what is only intended to be added', (t) => {
    const temp = gatedRepository(t);
    temp.write(mark, '{}\n');
    temp.write(lookAlike, validText());
    temp.git('add', '--intent-to-add', lookAlike);
    temp.git('add', mark);
    const taken = temp.attempt(commit);
    assert.equal(taken.code, 0, taken.said);
  });
});
