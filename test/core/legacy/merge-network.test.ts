import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultConfig } from '../../../src/core/config/config.js';
import { member } from '../../../src/core/json.js';
import type { LegacyRecord } from '../../../src/core/legacy/legacy-record.js';
import { mergeNetwork } from '../../../src/core/legacy/merge-network.js';
import { isReject, readEntry } from '../../../src/core/legacy/read-entry.js';
import { settleNetwork } from '../../../src/core/legacy/settle-network.js';
import { recordChecksum, sealRecord } from '../../../src/core/model/checksum.js';
import { emptyNetworkFile, type NetworkFile, recordsOf, withRecord } from '../../../src/core/model/network-file.js';
import { inventedAddress } from '../../../src/core/sample/invented.js';
import { contractValue, entriesOf } from '../../support/leveldb-store.js';

const empty = emptyNetworkFile({ network: 'bsctestnet', chainId: 97 });

describe('bringing a source into a network file', () => {
  it('gives a fully-qualified name its short name where that is free, and finds it again', () => {
    const merged = merge(empty, { '97-a/R.sol:Router': {} });
    assert.deepEqual(names(merged.file), ['Router']);
    assert.deepEqual(
      merged.ambiguous.map(({ rule }) => rule),
      ['name-qualified'],
    );
    assert.deepEqual(again(merged.file, { '97-a/R.sol:Router': {} }), { imported: 0, unchanged: 1 });
  });

  it('leaves a short name to the entry that uses it as it is', () => {
    const source = { '97-A.sol:Router': {}, '97-Router': { timestamp: 5 } };
    const merged = merge(empty, source);
    assert.deepEqual(names(merged.file), ['A.sol:Router', 'Router']);
    assert.deepEqual(again(merged.file, source), { imported: 0, unchanged: 2 });
  });

  it('keeps full names where two of them end alike', () => {
    const source = { '97-A.sol:Router': {}, '97-B.sol:Router': { timestamp: 5 } };
    const merged = merge(empty, source);
    assert.deepEqual(names(merged.file), ['A.sol:Router', 'B.sol:Router']);
    assert.deepEqual(again(merged.file, source), { imported: 0, unchanged: 2 });
  });

  it('writes a fully-qualified name to the record of its short name at the same address, and so the other way round', () => {
    const router = { address: inventedAddress('code'), proxyAddress: inventedAddress('proxy') };
    const short = merge(empty, { '97-Router': { ...router, factoryByteCodeHash: '' } });
    const full = merge(empty, { '97-A.sol:Router': router });
    assert.deepEqual(names(merge(short.file, { '97-A.sol:Router': router }).file), ['Router']);
    assert.deepEqual(names(merge(full.file, { '97-Router': router }).file), ['Router']);
    const both = { '97-A.sol:Router': router, '97-B.sol:Router': {} };
    assert.deepEqual(names(merge(short.file, both).file), ['B.sol:Router', 'Router']);
    assert.deepEqual(names(merge(merge(empty, both).file, { '97-Router': router }).file), [
      'A.sol:Router',
      'B.sol:Router',
    ]);
    const [joined] = recordsOf(merge(short.file, { '97-A.sol:Router': router }).file);
    assert.deepEqual(joined && member(joined.fields, 'source'), {
      contractName: 'A.sol:Router',
      key: '97-A.sol:Router',
      kind: 'leveldb',
    });
  });

  it('keeps a fully-qualified name apart from the record of its short name elsewhere, and from one of the same source', () => {
    const router = { address: inventedAddress('code'), proxyAddress: inventedAddress('proxy') };
    const moved = { ...router, proxyAddress: inventedAddress('another proxy') };
    const elsewhere = merge(merge(empty, { '97-Router': router }).file, { '97-A.sol:Router': moved });
    assert.deepEqual(names(elsewhere.file), ['A.sol:Router', 'Router']);
    const source = { '97-A.sol:Router': router, '97-Router': { ...router, timestamp: 5 } };
    const [alone, onto] = [empty, merge(empty, { '97-Router': router }).file].map((file) => merge(file, source));
    assert.deepEqual(alone && names(alone.file), ['A.sol:Router', 'Router']);
    assert.deepEqual(onto && names(onto.file), ['A.sol:Router', 'Router']);
  });

  it('writes to the record that answers to an alias, in the category it has', () => {
    const record = {
      network: 'bsctestnet',
      chainId: 97,
      category: 'odd',
      name: 'Router',
      fields: { aliases: ['OldRouter'], proxy: inventedAddress('p') },
    };
    const merged = merge(withRecord(empty, sealRecord(record)), { '97-OldRouter': {} });
    assert.deepEqual(
      recordsOf(merged.file).map(({ name, category }) => [name, category]),
      [['Router', 'odd']],
    );
  });

  it('takes one of two equal entries of a record, and sets the other aside where they differ', () => {
    const value = contractValue('X', 97);
    const proxy = String(Reflect.get(value, 'proxyAddress'));
    const same = merge(empty, { '97-X': value, [`bsctestnet:${proxy}`]: value });
    assert.deepEqual([same.imported.size, same.rejects.length, same.ambiguous.length], [1, 0, 0]);
    const different = merge(empty, { '97-X': value, [`bsctestnet:${proxy}`]: { ...value, timestamp: 1754079530057 } });
    assert.deepEqual(
      different.rejects.map(({ key }) => key),
      [`bsctestnet:${proxy}`],
    );
    assert.deepEqual(
      different.ambiguous.map(({ rule }) => rule),
      ['duplicate-record'],
    );
    assert.equal(member(recordsOf(different.file)[0]?.fields ?? {}, 'timestamp'), 1754079530056);
  });

  it('seals what it writes and leaves what is equal as it stands, sealed or not', () => {
    const [sealed] = recordsOf(merge(empty, { '97-X': {} }).file);
    assert.ok(sealed);
    assert.equal(member(sealed.fields, 'checksum'), recordChecksum(sealed));
    const fields = Object.fromEntries(Object.entries(sealed.fields).filter(([field]) => field !== 'checksum'));
    const unsealed = withRecord(empty, { ...sealed, fields });
    assert.equal(merge(unsealed, { '97-X': {} }).file, unsealed);
  });

  it('sets a record aside whose checksum does not hold, and never reseals it', () => {
    const merged = merge(empty, { '97-X': { checksum: `sha256:${'0'.repeat(64)}` }, '97-Y': { checksum: 'md5:1' } });
    assert.deepEqual(
      merged.rejects.map(({ key }) => key),
      ['97-X', '97-Y'],
    );
    assert.equal(merged.file, empty);
  });

  it('accepts names of the place that say the same, and sets aside what contradicts it', () => {
    const agreeing = { network: 'bsctestnet', category: 'core', name: 'X' };
    assert.equal(merge(empty, { '97-X': agreeing }).imported.size, 1);
    for (const wrong of [{ network: 'bscmainnet' }, { name: 'Y' }, { category: 7 }]) {
      assert.equal(merge(empty, { '97-X': wrong }).rejects.length, 1);
    }
  });

  it('sets aside what only inspection finds wrong, and keeps the rest', () => {
    const settled = settleNetwork(
      'deployments/unified/bsctestnet.unified.json',
      empty,
      readAll({ '97-Bad': { note: { _type: 'bigint', _value: '0x1' } }, '97-Good': {} }),
      defaultConfig,
    );
    assert.deepEqual(names(settled.file), ['Good']);
    assert.deepEqual(
      settled.rejects.map(({ key }) => key),
      ['97-Bad'],
    );
    assert.match(settled.rejects[0]?.reason ?? '', /bigint-form/);
  });

  it('keeps the source of a value that says its own', () => {
    const merged = merge(empty, { '97-X': { source: { kind: 'openzeppelin', file: 'bsc.json' } } });
    assert.deepEqual(member(recordsOf(merged.file)[0]?.fields ?? {}, 'source'), {
      kind: 'openzeppelin',
      key: '97-X',
      file: 'bsc.json',
    });
  });
});

function readAll(source: Readonly<Record<string, object>>): LegacyRecord[] {
  const entries = Object.entries(source).map(([key, changes]): [string, object] => {
    const name = key.startsWith('97-') ? key.slice(3) : 'X';
    const address = inventedAddress('merge', name);
    return [key, contractValue(name, 97, { address, proxyAddress: inventedAddress('proxy', name), ...changes })];
  });
  const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return entriesOf(Object.fromEntries(sorted)).map((entry) => {
    const read = readEntry(entry);
    assert.ok(!isReject(read), isReject(read) ? read.reason : '');
    return read;
  });
}

function merge(file: NetworkFile, source: Readonly<Record<string, object>>) {
  return mergeNetwork(file, readAll(source), defaultConfig);
}

function again(file: NetworkFile, source: Readonly<Record<string, object>>) {
  const { imported, unchanged } = merge(file, source);
  return { imported: imported.size, unchanged };
}

function names(file: NetworkFile): string[] {
  return recordsOf(file).map(({ name }) => name);
}
