import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { stateroot, statejson } from '../support/command-line.js';
import { address } from '../support/deployments.js';
import { type TempRepository, tempRepository } from '../support/temp-repository.js';

const maps = {
  'old/bsc.json': `{ "Token": "${address('Token')}", "Bad": "0x12" }\n`,
  'old/arbitrum.staging.json': `{ "Vault": "${address('Vault').toLowerCase()}" }\n`,
};

describe('stateroot import addresses', () => {
  it('brings a folder in on a branch, valid and found by get, and never twice', (t) => {
    const temp = prepared(t);
    const { code, data } = statejson(temp, ['import', 'addresses', 'old']);
    const { branch, commits, ...rest } = data as Readonly<Record<string, unknown>>;
    assert.equal(code, 0);
    assert.ok(Array.isArray(commits) && commits.length === 2);
    assert.deepEqual(rest, {
      imported: [
        { network: 'arbitrum.staging', contractName: 'Vault' },
        { network: 'bscmainnet', contractName: 'Token' },
      ],
      unchanged: 0,
      quarantined: [
        { key: '/Bad', reason: 'the value 0x12 has 2 digits, not 40', value: '0x12', file: 'old/bsc.json' },
      ],
      recovered: [],
      folded: [],
      ambiguous: [],
    });
    temp.git('merge', '--quiet', String(branch));
    assert.equal(stateroot(temp, ['validate']).code, 0);
    assert.equal(temp.git('status', '--porcelain'), '');
    assert.match(stateroot(temp, ['get', 'bsc', 'Token']).stdout, new RegExp(address('Token')));
    const before = temp.git('rev-parse', 'HEAD');
    assert.match(stateroot(temp, ['import', 'addresses', 'old', '--here']).stdout, /No commit/);
    assert.equal(temp.git('rev-parse', 'HEAD'), before);
    for (const [path, text] of Object.entries(maps)) assert.equal(readFileSync(temp.at(path), 'utf8'), text);
  });

  it('takes a file from where the user is, with the network and the chain they name', (t) => {
    const temp = prepared(t);
    const args = ['import', 'addresses', 'bsc.json', '--network', 'jovay', '--chain-id', '5734951', '--here', '-q'];
    const { code, stdout } = stateroot(temp, args, { folder: 'old' });
    assert.deepEqual([code, stdout], [0, `${temp.git('rev-parse', 'HEAD')}\n`]);
    const { data } = statejson(temp, ['get', 'jovay', 'Token']);
    assert.equal((data as { chainId: number }).chainId, 5734951);
  });

  it('refuses with the place or the next command, and writes nothing', (t) => {
    const temp = prepared(t);
    temp.write('broken.json', `{\n<<<<<<< HEAD\n  "Token": "${address('Token')}"\n=======\n}`);
    temp.write('jovay.json', maps['old/bsc.json']);
    temp.commitAll('More');
    const before = temp.git('for-each-ref');
    const refusals: [readonly string[], number, RegExp][] = [
      [['broken.json'], 2, /broken\.json:2:1: /],
      [['jovay.json'], 2, /stateroot import addresses jovay\.json --chain-id/],
      [['old', '--strict'], 2, /\/Bad/],
      [['old', '--network', 'x'], 2, /one map at a time/],
      [['gone'], 2, /gone/],
    ];
    for (const [args, exit, says] of refusals) {
      const { code, stdout, stderr } = stateroot(temp, ['import', 'addresses', ...args]);
      assert.deepEqual([code, stdout], [exit, ''], args.join(' '));
      assert.match(stderr, says);
    }
    assert.equal(stateroot(temp, ['import', 'addresses', 'old', '--dry-run']).code, 0);
    assert.deepEqual([temp.git('for-each-ref'), temp.git('status', '--porcelain')], [before, '']);
  });
});

function prepared(t: Parameters<typeof tempRepository>[0]): TempRepository {
  const temp = tempRepository(t);
  for (const [path, text] of Object.entries(maps)) temp.write(path, text);
  temp.commitAll('Start');
  return temp;
}
