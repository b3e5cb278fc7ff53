import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { StateManagerError } from '../../src/errors.js';
import { runGit } from '../../src/git/run.js';
import { runGitAtOnce } from '../../src/git/run-at-once.js';
import { tempRepository } from '../support/temp-repository.js';

/** What a call gives, or the refusal it throws. */
async function outcome(call: () => unknown): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof StateManagerError)) throw error;
    return { code: error.code, message: error.message, details: error.details };
  }
}

describe('git at once', () => {
  it('gives and refuses what git beside other work does', async (t) => {
    const { path: cwd, env } = tempRepository(t);
    const calls = [
      [['hash-object', '--stdin'], { cwd, env, input: 'text' }],
      [['hash-object', '-w', '--stdin'], { cwd, env, input: Buffer.alloc(3_000_000, 'a') }],
      [['cat-file', '-p', 'b27ed2bd3d7b0c7ee2b6dd5b5cd2c7d0f4f3f1ce'], { cwd, env }],
      [['config', '--get', 'no.such'], { cwd, env, answers: [1] }],
      [['config', '--get', 'no.such'], { cwd, env }],
      // git ends before it has read this.
      [['no-such-command'], { cwd, env, input: Buffer.alloc(3_000_000, 'a') }],
      [['version'], { cwd, env: { ...env, PATH: '/nowhere' } }],
      [['version'], { cwd: `${cwd}/nowhere`, env }],
    ] as const;
    for (const [args, options] of calls) {
      const expected = await outcome(() => runGit(args, options));
      assert.deepEqual(await outcome(() => runGitAtOnce(args, options)), expected, args.join(' '));
    }
  });

  it('gives all of an answer that is larger than any buffer of its own', (t) => {
    const temp = tempRepository(t);
    temp.write('large', Buffer.alloc(20_000_000, 'a'));
    temp.git('add', '.');
    const { stdout } = runGitAtOnce(['cat-file', 'blob', ':large'], { cwd: temp.path, env: temp.env });
    assert.equal(stdout.length, 20_000_000);
  });

  it('reads the index of the caller only where it is asked to', (t) => {
    const temp = tempRepository(t);
    temp.write('one', 'one');
    temp.git('add', '.');
    const env = { ...temp.env, GIT_INDEX_FILE: temp.at('other-index') };
    const list = (index?: 'inherit') => runGitAtOnce(['ls-files'], { cwd: temp.path, env, index }).stdout.toString();
    assert.deepEqual([list(), list('inherit')], ['one\n', '']);
  });
});
