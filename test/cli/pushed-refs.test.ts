import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pushedCommits } from '../../src/cli/pushed-refs.js';
import { StateManagerError } from '../../src/errors.js';

const a = 'a'.repeat(40);
const b = 'b'.repeat(40);
const zero = '0'.repeat(40);

describe('pushedCommits', () => {
  it('takes what a client sends as new against the branches of the remote', () => {
    const input = `refs/heads/x ${a} refs/heads/x ${b}\nHEAD@{1 day ago} ${a} refs/heads/y ${zero}\n`;
    assert.deepEqual(pushedCommits('pre-push', input, 'origin'), {
      tips: [a],
      known: { commits: [b], remote: 'origin' },
    });
  });

  it('takes what a server receives as new against all of its refs', () => {
    const input = `${zero} ${a} refs/heads/x\n${b} ${zero} refs/heads/y\n`;
    assert.deepEqual(pushedCommits('pre-receive', input), { tips: [a], known: { everyRef: true } });
  });

  it('has nothing to judge when refs are only deleted', () => {
    assert.equal(pushedCommits('pre-push', `(delete) ${zero} refs/heads/x ${a}\n`), null);
    assert.equal(pushedCommits('pre-receive', `${a} ${zero} refs/heads/x\n`), null);
    assert.equal(pushedCommits('pre-receive', ''), null);
  });

  it('refuses a line that git does not write', () => {
    for (const input of ['x', `--all ${a} x\n`, `${a} HEAD refs/heads/x\n`]) {
      assert.throws(
        () => pushedCommits('pre-receive', input),
        (error) => error instanceof StateManagerError && error.code === 'BAD_INPUT',
      );
    }
  });
});
