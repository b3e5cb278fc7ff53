import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { proxied } from '../support/deployments.js';
import { drivenRepository } from '../support/driven-repository.js';
import { layouts } from '../support/layouts.js';

const many = Object.fromEntries(
  ['Alpha', 'Beta', 'Gamma'].map((name) => [name, proxied(name, 1, { a: 1, b: 2, c: 3, d: 4, e: 5 })]),
);
const changed = { ...many, Beta: proxied('Beta', 1, { a: 1, b: 2, c: 3, d: 4, e: 6 }) };

describe('git diff of network files', () => {
  for (const { where, root } of [...layouts, { where: 'with an odd name', root: `it's "a" $b` }]) {
    it(`shows facts below the name of their record, state root ${where}`, (t) => {
      const temp = drivenRepository(t, many, { root });
      temp.commitContracts(changed);
      for (const args of [
        ['diff', 'HEAD~1'],
        ['log', '-p', '-1'],
        ['show', 'HEAD'],
      ]) {
        const said = temp.git(...args);
        assert.match(said, /^@@ .* @@ core \/ Beta$/m);
        assert.match(said, /^- {2}e {21}5\n\+ {2}e {21}6$/m);
      }
    });
  }

  it('shows the text where stateroot is not there, and of a file that cannot be read', (t) => {
    const temp = drivenRepository(t, many);
    temp.write(temp.file, '{"half":');
    assert.match(temp.git('diff'), /^\+\{"half":$/m);
    temp.git('restore', temp.file);
    temp.commitContracts(changed);
    temp.git('config', 'stateroot.command', 'false');
    assert.match(temp.git('diff', 'HEAD~1'), /^\+ {4}"e": 6,?$/m);
  });

  it('is a patch of the text where one is asked for', (t) => {
    const temp = drivenRepository(t, many);
    temp.commitContracts(changed);
    assert.match(temp.git('diff', '--no-textconv', 'HEAD~1'), /^\+ {4}"e": 6,?$/m);
  });
});
