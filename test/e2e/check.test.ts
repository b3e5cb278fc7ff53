import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { networkFilePath, unifiedFolder } from '../../src/core/layout.js';
import { emptyNetworkFile } from '../../src/core/model/network-file.js';
import { canonicalize } from '../../src/core/text/canonical.js';
import { statejson, stateroot } from '../support/command-line.js';
import { type TempRepository, tempRepository } from '../support/temp-repository.js';

const main = networkFilePath('', 'bscmainnet');

/** bscmainnet, connected with these chains. */
function write(temp: TempRepository, ...peers: number[]): void {
  const topology = { connectedChains: peers.map((chainId) => ({ chainId })) };
  temp.write(main, canonicalize({ ...emptyNetworkFile({ network: 'bscmainnet', chainId: 56 }).root, topology }));
}

const rulesIn = (temp: TempRepository, ...args: string[]): string[] =>
  statejson(temp, ['check', ...args]).findings.map(({ rule }) => rule);

describe('check through git', () => {
  for (const objectFormat of ['sha1', 'sha256'] as const) {
    it(`sees work tree, commit and base (${objectFormat})`, (t) => {
      const temp = tempRepository(t, objectFormat === 'sha256' ? { objectFormat } : {});
      write(temp, 97);
      temp.write(`${unifiedFolder('')}/backups/old.backup`, 'x');
      temp.write('.openzeppelin/bsc.json', '{"proxies":[],"impls":{}}');
      temp.commitAll('base');
      assert.deepEqual(rulesIn(temp, '--at', 'HEAD'), ['file/stray', 'topology/cross-tier']);
      assert.equal(stateroot(temp, ['check', '--base', 'HEAD']).code, 0);
      write(temp, 97, 84532);
      assert.deepEqual(rulesIn(temp, '--base', 'HEAD'), ['topology/cross-tier']);
      assert.equal(stateroot(temp, ['check', '--base', 'HEAD']).code, 1);
      assert.deepEqual(rulesIn(temp, '--base', 'HEAD', '--at', 'HEAD'), []);
    });
  }

  it('says that a shallow clone has not the base', (t) => {
    const [temp, clone] = [tempRepository(t), tempRepository(t)];
    write(temp, 97);
    const base = temp.commitAll('base');
    write(temp, 97, 84532);
    temp.commitAll('head');
    clone.git('fetch', '--quiet', '--depth=1', `file://${temp.path}`, 'main');
    clone.git('reset', '--quiet', '--hard', 'FETCH_HEAD');
    const { code, stderr } = stateroot(clone, ['check', '--base', base]);
    assert.equal(code, 2);
    assert.match(stderr, /fetch/);
    assert.equal(statejson(clone, ['check', '--base', base]).error?.code, 'UNKNOWN_REVISION');
    clone.git('fetch', '--quiet', '--unshallow', `file://${temp.path}`, 'main');
    assert.equal(stateroot(clone, ['check', '--base', base]).code, 1);
  });

  it('a waiver is written into the work tree and counts once it is on the base', (t) => {
    const temp = tempRepository(t);
    write(temp);
    temp.commitAll('base');
    write(temp, 97);
    const waive = ['check', '--waive', 'topology/cross-tier', '--until', '9999-12-31', '--reason', 'until the audit'];
    assert.equal(stateroot(temp, waive).code, 0);
    assert.equal(temp.git('diff', '--cached', '--name-only'), '');
    assert.deepEqual(rulesIn(temp), []);
    assert.deepEqual(rulesIn(temp, '--base', 'HEAD').sort(), ['config/pending', 'topology/cross-tier']);
    temp.git('add', 'stateroot.config.json');
    temp.git('commit', '--quiet', '--message=waive');
    assert.deepEqual(rulesIn(temp, '--base', 'HEAD'), []);
  });
});
