import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { statejson } from '../support/command-line.js';
import { gatedRepository, gatedServer, invalidText, networkPath } from '../support/gated-repository.js';

/** Legal names of folders that something on the way to the blob could read as anything else. */
const folders = ['a\nb', 'a\rb', 'a\u{2028}b', '0:x', ':x', '-x', 'a"b', 'p^0', '[p]*'];

describe('the gate of a state root in a folder of an odd name', () => {
  for (const folder of folders) {
    it(`refuses invalid content in ${JSON.stringify(folder)}: commit and push`, (t) => {
      const temp = gatedRepository(t);
      gatedServer(temp);
      temp.write(`${folder}/stateroot.config.json`, '{}\n');
      temp.commitAll('mark');
      temp.write(`${folder}/${networkPath}`, invalidText());
      temp.git('add', '--all');
      const refused = temp.attempt(['commit', '--quiet', '--message=edit']);
      assert.equal(refused.code, 1, refused.said);
      assert.match(refused.said, /address-format/);
      temp.force('bad');
      assert.match(temp.attempt(['push', 'origin', 'main']).said, /Push refused/);
    });
  }

  it('reads a folder that is called as git describe calls a commit', (t) => {
    const temp = gatedRepository(t);
    const folder = `x-g${temp.git('rev-parse', '--short', 'HEAD')}`;
    temp.write(`${folder}/stateroot.config.json`, '[]\n');
    temp.force('a configuration that is none');
    const judged = statejson(temp, ['validate', '--at', 'HEAD']);
    assert.deepEqual(
      judged.findings.map(({ file }) => file),
      [`${folder}/stateroot.config.json`],
    );
  });
});
