import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { stateroot, statejson } from '../support/command-line.js';
import { contractValue, entriesOf, fingerprint, makeStore, temporaryFolder } from '../support/leveldb-store.js';
import { sharedData } from '../support/shared-data.js';
import { tempRepository } from '../support/temp-repository.js';

const now = 1754079530056;

describe('stateroot import leveldb --also', () => {
  it('brings back from older copies what the database lost, in the order given, once', async (t) => {
    const temp = tempRepository(t);
    const folder = temporaryFolder(t);
    const store = async (name: string, changes: object): Promise<string> => {
      return makeStore(join(folder, name), entriesOf({ '97-Token': contractValue('Token', 97, changes) }));
    };
    const live = await store('live', { deploymentArgs: undefined, implementationHash: '' });
    const newer = await store('july/leveldb', { timestamp: now - 5, deploymentArgs: undefined });
    const older = await store('june/leveldb', { timestamp: now - 9, deploymentArgs: ['june'], implementationHash: '' });
    const before = [newer, older].map(fingerprint);
    const args = ['import', 'leveldb', live, '--also', newer, '--also', older, '--here'];
    const { code, data } = statejson(temp, args);
    assert.equal(code, 0);
    const file = /^(?:june|july)\/leveldb\/\d{6}\.log$/;
    const { recovered, history } = data as Record<'recovered' | 'history', { field: string; file: string }[]>;
    assert.deepEqual(
      [...recovered, ...history].map((one) => [one.field, file.test(one.file) ? one.file.slice(0, 4) : one.file]),
      [
        ['deploymentArgs', 'june'],
        ['implementationHash', 'july'],
        ['firstDeployedAt', 'june'],
      ],
    );
    const read = statejson(temp, ['get', 'bsctestnet', 'Token']).data as Record<string, unknown>;
    assert.deepEqual([read['deploymentArgs'], read['firstDeployedAt']], [['june'], now - 9]);
    assert.ok(!JSON.stringify(read).includes(folder), 'no path of this machine');
    assert.equal(stateroot(temp, ['validate']).code, 0);
    assert.match(stateroot(temp, args).stdout, /No commit/);
    assert.deepEqual([newer, older].map(fingerprint), before);
  });

  it('refuses a damaged copy by its name, and other formats, and writes nothing', async (t) => {
    const temp = tempRepository(t);
    const folder = temporaryFolder(t);
    const live = await makeStore(join(folder, 'live'), entriesOf({ '97-Token': contractValue('Token', 97) }));
    const broken = join(folder, 'broken');
    cpSync(live, broken, { recursive: true });
    const log = join(broken, readdirSync(broken).find((name) => name.endsWith('.log')) ?? '');
    const bytes = readFileSync(log);
    bytes[20] = (bytes[20] ?? 0) ^ 1;
    writeFileSync(log, bytes);
    const refs = temp.git('for-each-ref');
    const { code, error } = statejson(temp, ['import', 'leveldb', live, '--also', broken, '--here']);
    assert.deepEqual([code, error?.code], [4, 'LEVELDB_READ_ERROR']);
    assert.match(error?.message ?? '', /broken/);
    const other = statejson(temp, ['import', 'json', 'old', '--also', live]);
    assert.deepEqual([other.code, other.error?.code], [2, 'BAD_USAGE']);
    assert.equal(temp.git('for-each-ref'), refs);
  });

  it('takes the real database beside itself, and finds nothing more than in it alone', (t) => {
    const path = sharedData('lookcoin', 'leveldb');
    if (path === null) {
      t.skip('shared data is not here');
      return;
    }
    const temp = tempRepository(t);
    const { data } = statejson(temp, ['import', 'leveldb', path, '--also', path, '--here']);
    const { recovered, history } = data as Record<'recovered' | 'history', { file: string }[]>;
    assert.deepEqual(
      [...recovered, ...history].map(({ file }) => file),
      Array.from({ length: 6 }, () => '000072.ldb'),
    );
  });
});
