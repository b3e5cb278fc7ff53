import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { stateroot, statejson } from '../support/command-line.js';
import { proposals, pullRequest } from '../support/pull-request.js';
import { strictElements } from '../support/strict-html.js';

describe('the report of a real repository', () => {
  it('is the same page each time, tells every change, and leaves nothing but itself', (t) => {
    const temp = pullRequest(t);
    const args = ['report', '--at', 'release/0.9', '--out', 'state.html'];
    const first = stateroot(temp, args);
    assert.equal(first.code, 0, first.stderr);
    const page = readFileSync(temp.at('state.html'), 'utf8');
    const { data } = statejson(temp, args);
    assert.equal(readFileSync(temp.at('state.html'), 'utf8'), page);
    assert.equal((data as { commit: string }).commit, temp.git('rev-parse', 'release/0.9'));
    assert.equal((data as { bytes: number }).bytes, Buffer.byteLength(page));
    assert.equal(temp.git('status', '--porcelain'), '?? state.html');

    const ids = new Set(strictElements(page).map(({ attributes }) => attributes.get('id')));
    assert.ok(ids.has(`commit-${temp.git('rev-parse', 'release/0.9')}`));
    const timeline = page.slice(page.indexOf('id="timeline"'));
    for (const { network, contract } of proposals) assert.ok(timeline.includes(`${network} / ${contract}`));
    assert.equal(stateroot(temp, ['report', '--at', 'release/0.9', '--out', '-']).stdout, page);
  });

  it('refuses to overwrite what is no report', (t) => {
    const temp = pullRequest(t);
    writeFileSync(temp.at('README.md'), 'mine');
    const { code, stderr } = stateroot(temp, ['report', '--out', 'README.md']);
    assert.equal(code, 2, stderr);
    assert.equal(readFileSync(temp.at('README.md'), 'utf8'), 'mine');
  });
});
