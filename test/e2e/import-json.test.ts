import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { stateroot, statejson } from '../support/command-line.js';
import { address } from '../support/deployments.js';
import { configFile, enhancedFile, stateFile, v1File } from '../support/older-files.js';
import { type TempRepository, tempRepository } from '../support/temp-repository.js';

const files: Readonly<Record<string, string>> = {
  'old/bsctestnet.json': text(v1File()),
  'old/config-bsctestnet.json': text(configFile()),
  'old/enhanced-bsctestnet.json': text(enhancedFile()),
  'old/bsctestnet.unified.backup-1754.json': 'not JSON',
  'old/bsctestnet.unified.json.backup-1754': 'not JSON',
  'old/other.txt': 'not looked at',
  'state/bsctestnet-1754.json': text(stateFile(v1File())),
};

describe('stateroot import json', () => {
  it('brings a folder in on a branch, valid and found by get, and never twice', (t) => {
    const temp = prepared(t);
    const { code, data } = statejson(temp, ['import', 'json', 'old']);
    const { branch, commits, imported, passedOver } = data as Readonly<Record<string, unknown>>;
    assert.equal(code, 0);
    assert.ok(Array.isArray(commits) && commits.length === 1);
    assert.deepEqual(
      imported,
      ['CelerIMModule', 'FeeManager', 'LayerZeroModule', 'Router', 'Token'].map((contractName) => {
        return { network: 'bsctestnet', contractName };
      }),
    );
    assert.deepEqual(
      (passedOver as readonly { file: string }[]).map(({ file }) => file),
      ['old/bsctestnet.unified.backup-1754.json', 'old/bsctestnet.unified.json.backup-1754'],
    );
    temp.git('merge', '--quiet', String(branch));
    assert.equal(stateroot(temp, ['validate']).code, 0);
    assert.equal(temp.git('status', '--porcelain'), '');
    assert.match(stateroot(temp, ['get', 'bsctestnet', 'Token']).stdout, new RegExp(address('token proxy')));
    const before = temp.git('rev-parse', 'HEAD');
    assert.match(stateroot(temp, ['import', 'json', 'old', '--here']).stdout, /No commit/);
    assert.equal(temp.git('rev-parse', 'HEAD'), before);
    for (const [path, content] of Object.entries(files)) assert.equal(readFileSync(temp.at(path), 'utf8'), content);
  });

  it('takes one file with the network and the chain the user names, and the checkpoint of a state file', (t) => {
    const temp = prepared(t);
    temp.write('jovay.json', text(v1File({ network: 'jovay', chainId: null })));
    temp.commitAll('More');
    const args = ['import', 'json', 'jovay.json', '--network', 'jovay', '--chain-id', '5734951', '--here', '-q'];
    const { code, stdout } = stateroot(temp, args);
    assert.deepEqual([code, stdout], [0, `${temp.git('rev-parse', 'HEAD')}\n`]);
    const { data } = statejson(temp, ['get', 'jovay', 'Token']);
    assert.equal((data as { chainId: number }).chainId, 5734951);
    assert.equal(stateroot(temp, ['import', 'json', 'state/bsctestnet-1754.json', '--here']).code, 0);
    assert.equal(stateroot(temp, ['get', 'bsctestnet', 'LayerZeroModule']).code, 0);
  });

  it('refuses with the reason and the next command, and writes nothing', (t) => {
    const temp = prepared(t);
    temp.write('new.unified.json', '{"schemaVersion":"3.0.0","network":"new","chainId":1,"contracts":{}}');
    temp.write('bad/bsctestnet.json', files['old/bsctestnet.json'] ?? '');
    temp.write('bad/broken.json', '{ "network": ');
    temp.commitAll('More');
    const before = temp.git('for-each-ref');
    const refusals: [readonly string[], RegExp][] = [
      [['new.unified.json'], /stateroot import unified new\.unified\.json/],
      [['bad/broken.json'], /json-syntax at 1:/],
      [['bad', '--strict'], /bad\/broken\.json/],
      [['state'], /name the file itself/],
      [['gone'], /gone/],
    ];
    for (const [args, says] of refusals) {
      const { code, stdout, stderr } = stateroot(temp, ['import', 'json', ...args]);
      assert.deepEqual([code, stdout], [2, ''], args.join(' '));
      assert.match(stderr, says);
    }
    assert.equal(stateroot(temp, ['import', 'json', 'old', '--dry-run']).code, 0);
    assert.deepEqual([temp.git('for-each-ref'), temp.git('status', '--porcelain')], [before, '']);
  });
});

function prepared(t: Parameters<typeof tempRepository>[0]): TempRepository {
  const temp = tempRepository(t);
  for (const [path, content] of Object.entries(files)) temp.write(path, content);
  temp.commitAll('Start');
  return temp;
}

function text(root: object): string {
  return `${JSON.stringify(root, null, 2)}\n`;
}
