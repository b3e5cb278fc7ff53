import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { levelStore } from '../../src/leveldb/level-store.js';
import { stateroot, statejson } from '../support/command-line.js';
import { address, networkText, proxied } from '../support/deployments.js';
import { contractValue, entriesOf, makeStore } from '../support/leveldb-store.js';
import { type TempRepository, tempRepository } from '../support/temp-repository.js';

const file = 'deployments/unified/bsctestnet.unified.json';

describe('--allow-detached', () => {
  it('lets each write commit where no branch is checked out, and only then', async (t) => {
    const temp = withState(t);
    await makeStore(temp.at('leveldb'), entriesOf({ '97-Token': contractValue('Token', 97) }));
    temp.write('batch.json', JSON.stringify({ delete: [{ network: 'bsctestnet', contractName: 'Second' }] }));
    temp.git('switch', '--quiet', '--detach');
    const main = temp.git('rev-parse', 'main');
    for (const args of [
      ['put', 'bsctestnet', 'LookCoin', '--set', 'note=x'],
      ['rollback', 'HEAD'],
      ['delete', 'bsctestnet', 'LookCoin'],
      ['apply', 'batch.json'],
      ['import', 'leveldb', 'leveldb', '--here'],
    ]) {
      const before = temp.git('rev-parse', 'HEAD');
      const refused = statejson(temp, args);
      assert.deepEqual([refused.code, refused.error?.code], [2, 'DETACHED_HEAD'], args.join(' '));
      assert.equal(temp.git('rev-parse', 'HEAD'), before);
      const done = stateroot(temp, [...args, '--allow-detached']);
      assert.equal(done.code, 0, `${args.join(' ')}: ${done.stderr}`);
      assert.equal(temp.git('rev-parse', 'HEAD~1'), before);
    }
    assert.equal(temp.git('rev-parse', 'main'), main);
  });
});

describe('export leveldb --with-quarantine', () => {
  it('also writes back what an import could not accept', async (t) => {
    const temp = tempRepository(t);
    const broken = { contractName: 'Broken', chainId: 97, address: '0xabc' };
    const source = entriesOf({ '97-Broken': broken, '97-Token': contractValue('Token', 97) });
    await makeStore(temp.at('leveldb'), source);
    assert.equal(stateroot(temp, ['import', 'leveldb', 'leveldb', '--here']).code, 0);
    assert.equal(stateroot(temp, ['export', 'leveldb', 'without']).code, 0);
    assert.equal(stateroot(temp, ['export', 'leveldb', 'with', '--with-quarantine']).code, 0);
    assert.deepEqual(await keysOf(temp, 'without'), ['97-Token']);
    assert.deepEqual(await keysOf(temp, 'with'), ['97-Broken', '97-Token']);
  });
});

async function keysOf(temp: TempRepository, folder: string): Promise<string[]> {
  const entries = await levelStore.read(temp.at(folder));
  return entries.map(({ key }) => Buffer.from(key).toString('utf8')).sort();
}

function withState(t: { after(run: () => void): void }): TempRepository {
  const temp = tempRepository(t);
  temp.write(file, networkText('bsctestnet', 97, { LookCoin: proxied('LookCoin'), Second: proxied('Second') }));
  temp.write('note', address('note'));
  temp.commitAll('state');
  return temp;
}
