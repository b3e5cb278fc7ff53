import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { statejson, stateroot } from '../support/command-line.js';
import { networkText, proxied } from '../support/deployments.js';
import { tempRepository } from '../support/temp-repository.js';

type Data = {
  branch: string | null;
  commit: string | null;
  upstream: { name: string; ahead: number; behind: number } | null;
  roots: { root: string; networks: { network: string; chainId: number; records: number }[]; unreadable: string[] }[];
  lastChange: { commit: string; subject: string } | null;
  edited: string[];
  conflicted: string[];
  gate: { active: boolean };
  next: string | null;
};

const file = 'deployments/unified/bsctestnet.unified.json';
const text = networkText('bsctestnet', 97, { A: proxied('A'), B: proxied('B') });

describe('status', () => {
  it('answers in a repository without a commit', (t) => {
    const temp = tempRepository(t);
    const { code, data } = statejson(temp, ['status']);
    const { branch, commit, gate, next } = data as Data;
    assert.deepEqual([code, branch, commit, gate.active, next], [0, 'refs/heads/main', null, false, 'stateroot init']);
  });

  it('counts the records of each network and names the last change', (t) => {
    const temp = tempRepository(t);
    temp.write(file, text);
    const oid = temp.commitAll('state(bsctestnet): deploy A');
    temp.write('readme', 'x');
    temp.commitAll('something else');
    const data = statejson(temp, []).data as Data;
    assert.deepEqual(data.roots, [
      { root: '', networks: [{ network: 'bsctestnet', chainId: 97, records: 2 }], unreadable: [] },
    ]);
    assert.equal(data.lastChange?.commit, oid);
    assert.deepEqual(data.edited, []);
  });

  it('names edits that are not committed: staged, unstaged and new files, but no others', (t) => {
    const temp = tempRepository(t);
    temp.write(file, text);
    temp.commitAll('state');
    temp.write(file, text.replace('"fileVersion": 1', '"fileVersion": 2'));
    temp.write('deployments/unified/x.unified.json', '{}');
    temp.write('deployments/unified/notes.txt', '');
    temp.write('stateroot.config.json', '{}\n');
    temp.git('add', 'stateroot.config.json');
    const data = statejson(temp, []).data as Data;
    assert.deepEqual(data.edited, [
      'deployments/unified/bsctestnet.unified.json',
      'deployments/unified/x.unified.json',
      'stateroot.config.json',
    ]);
  });

  it('names files in conflict, and the command that settles them', (t) => {
    const temp = tempRepository(t);
    temp.write(file, text);
    temp.commitAll('state');
    temp.git('switch', '--quiet', '--create', 'side');
    temp.write(file, networkText('bsctestnet', 97, { A: proxied('A', 2), B: proxied('B') }));
    temp.commitAll('side');
    temp.git('switch', '--quiet', 'main');
    temp.write(file, networkText('bsctestnet', 97, { A: proxied('A', 3), B: proxied('B') }));
    temp.commitAll('main');
    assert.equal(statejson(temp, ['merge', 'side']).error?.code, 'CONFLICT');
    const data = statejson(temp, []).data as Data;
    assert.deepEqual([data.conflicted, data.next], [[file], 'stateroot resolve']);
    assert.match(stateroot(temp, ['status']).stdout, /^conflict +. 1 file to resolve\n +deployments/m);
  });

  it('at the top shows every state root, below it the nearest', (t) => {
    const temp = tempRepository(t);
    for (const root of ['a', 'b']) {
      temp.write(`${root}/stateroot.config.json`, '{}\n');
      temp.write(`${root}/${file}`, text);
    }
    const names = (folder: string) => (statejson(temp, [], { folder }).data as Data).roots.map(({ root }) => root);
    assert.deepEqual(names('.'), ['a', 'b']);
    assert.deepEqual(names('b/deployments'), ['b']);
  });

  it('says how far the branch is from its upstream', (t) => {
    const temp = tempRepository(t);
    temp.commitAll('one');
    temp.git('clone', '--quiet', '--bare', temp.path, temp.at('../remote'));
    temp.git('remote', 'add', 'origin', temp.at('../remote'));
    temp.git('fetch', '--quiet', 'origin');
    temp.git('branch', '--quiet', '--set-upstream-to=origin/main');
    temp.commitAll('two');
    const { upstream } = statejson(temp, []).data as Data;
    assert.deepEqual(upstream, { name: 'origin/main', ahead: 1, behind: 0 });
  });

  it('names a file that cannot be read, and what to do', (t) => {
    const temp = tempRepository(t);
    temp.write(file, '{');
    const { code, data } = statejson(temp, []);
    assert.deepEqual([code, (data as Data).roots[0]?.unreadable], [0, [file]]);
    assert.match((data as Data).next ?? '', /^stateroot validate /);
  });

  it('knows whether the gate is on', (t) => {
    const temp = tempRepository(t);
    stateroot(temp, ['init']);
    assert.equal((statejson(temp, []).data as Data).gate.active, true);
    temp.git('config', 'core.hooksPath', '.elsewhere');
    assert.equal((statejson(temp, []).data as Data).gate.active, false);
  });
});
