import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { compiledProgramPlace } from '../../src/cli/compiled-program-place.js';

const node = { version: 'v20.19.0', platform: 'linux', arch: 'x64' };

function folder(t: TestContext): string {
  const made = mkdtempSync(join(tmpdir(), 'stateroot-place-'));
  t.after(() => {
    rmSync(made, { recursive: true });
  });
  return made;
}

describe('the place of a compiled program', () => {
  it('is the cache of the node_modules it is installed in, by program, word and node', (t) => {
    const modules = join(folder(t), 'node_modules');
    const program = join(modules, 'stateroot/dist/stateroot-hooks.cjs');
    mkdirSync(join(modules, 'stateroot/dist'), { recursive: true });
    const kept = (word: string | undefined) => compiledProgramPlace(program, word, node);
    assert.equal(kept('pre-commit'), join(modules, '.cache/stateroot/stateroot-hooks-pre-commit-v20.19.0-linux-x64'));
    assert.equal(kept(undefined), join(modules, '.cache/stateroot/stateroot-hooks-v20.19.0-linux-x64'));
    for (const word of ['', '-C', '--json', '../../x', 'a/b', 'Get', 'x'.repeat(33), 'get\n'])
      assert.equal(kept(word), kept(undefined), word);
  });

  it('is the cache of its own node_modules where it is built', (t) => {
    const clone = folder(t);
    const program = join(clone, 'dist/stateroot-verbs.cjs');
    assert.equal(compiledProgramPlace(program, 'get', node), null);
    mkdirSync(join(clone, 'node_modules'));
    const expected = join(clone, 'node_modules/.cache/stateroot/stateroot-verbs-get-v20.19.0-linux-x64');
    assert.equal(compiledProgramPlace(program, 'get', node), expected);
  });
});
