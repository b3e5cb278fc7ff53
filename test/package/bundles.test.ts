import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { program } from '../support/command-line.js';

describe('the bundled programs', () => {
  for (const name of ['hooks', 'drivers', 'verbs']) {
    it(`stateroot-${name}.cjs has nothing that its launcher could not run: ASCII, and no import() of its own`, () => {
      const text = readFileSync(join(dirname(program), `stateroot-${name}.cjs`), 'latin1');
      assert.doesNotMatch(text, /[^\0-\x7f]/);
      assert.doesNotMatch(text, /(?<!_)\bimport\(["'`](?!\.)/);
    });
  }

  it('load no process and no terminal before they are needed, where git waits for them', () => {
    for (const name of ['hooks', 'drivers']) {
      const text = readFileSync(join(dirname(program), `stateroot-${name}.cjs`), 'latin1');
      assert.doesNotMatch(text, /=\s*(?:__toESM\()?require\("node:(?:child_process|tty)"\)/);
    }
  });
});
