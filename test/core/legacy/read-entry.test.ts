import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isReject, readEntry } from '../../../src/core/legacy/read-entry.js';
import { contractValue } from '../../support/leveldb-store.js';

const proxy = String(Reflect.get(contractValue('X', 97), 'proxyAddress'));
const implementation = String(Reflect.get(contractValue('X', 97), 'address'));

describe('an entry of an old store', () => {
  for (const name of [
    'LookCoin',
    'contracts/xchain/CrossChainRouter.sol:CrossChainRouter',
    'With-Dash-Inside',
    'a.b:c#d@e',
    '0x',
    'toString',
  ]) {
    it(`is a record of ${name}, split at the first dash`, () => {
      const read = record(`97-${name}`, contractValue(name, 97));
      assert.equal(read.contractName, name);
      assert.equal(read.chainId, 97);
      assert.equal(read.spelling, 'bsctestnet');
    });
  }

  for (const key of [
    '97-__proto__',
    '97-constructor',
    '97-../../x',
    '97-a//b',
    '97-Look Coin',
    '97-Look\u0000Coin',
    '97-Монета',
    `97-${'x'.repeat(300)}`,
    `97-${implementation}`,
    '97-',
    '-LookCoin',
    '',
    'LookCoin',
    '097-LookCoin',
    '0-LookCoin',
    '99999999999999999999-LookCoin',
    'bsctestnet:../x',
    'bsctestnet:0x12',
    'a\\xffb',
  ]) {
    it(`is set aside under the key ${JSON.stringify(key).slice(0, 60)}`, () => {
      const name = key.slice(key.indexOf('-') + 1);
      rejected(key, contractValue(name, 97));
    });
  }

  it('keeps the chain id of a key whose record cannot be read, for its quarantine file', () => {
    assert.equal(rejected('97-X', '{').chainId, 97);
    assert.equal(rejected('X', '{}').chainId, null);
  });

  it('says in words what is wrong with an address', () => {
    const reason = (address: unknown) => rejected('97-X', contractValue('X', 97, { address })).reason;
    assert.match(reason('0xabcd1234567890123456789012345678901234567890'), /has 44 digits, not 40/);
    assert.match(reason('0xefgh1234567890123456789012345678901234567890'), /is not hexadecimal/);
    assert.match(reason(`0x${'1'.repeat(64)}`), /hash/);
    assert.match(reason(`0x${'0'.repeat(40)}`), /zero address/);
    assert.match(reason(implementation.replace(/[a-f]/, (digit) => digit.toUpperCase())), /EIP-55/);
  });

  for (const [field, value] of Object.entries({
    address: 7,
    proxyAddress: { a: 1 },
    implementationHash: 'pending',
    factoryByteCodeHash: '0x12',
    deploymentArgs: 'none',
    timestamp: 'yesterday',
    chainId: '97',
    networkName: 5,
    contractName: ['X'],
  })) {
    it(`is set aside when ${field} is ${JSON.stringify(value)}`, () => {
      rejected('97-X', contractValue('X', 97, { [field]: value }));
    });
  }

  it('is set aside when key and value contradict each other', () => {
    rejected('97-X', contractValue('Y', 97));
    rejected('97-X', contractValue('X', 56));
  });

  for (const value of [
    '',
    'not json',
    '[]',
    '7',
    'null',
    '"text"',
    '{"a":1,"a":2}',
    `${'['.repeat(70)}${']'.repeat(70)}`,
  ]) {
    it(`is set aside when its value is ${value.slice(0, 20)}`, () => {
      rejected('97-X', value);
    });
  }

  it('is set aside when a network file could not nest it', () => {
    const nested = (levels: number): unknown => (levels === 0 ? 0 : [nested(levels - 1)]);
    record('97-X', contractValue('X', 97, { note: nested(62) }));
    rejected('97-X', contractValue('X', 97, { note: nested(63) }));
  });

  it('reads a value that was encoded twice', () => {
    const once = JSON.stringify(contractValue('X', 97));
    assert.deepEqual(record('97-X', JSON.stringify(once)).fields, record('97-X', once).fields);
  });

  it('takes "" and null for unknown, one case for EIP-55, and leaves unknown fields alone', () => {
    const { fields } = record(
      '97-X',
      contractValue('X', 97, {
        address: implementation.toLowerCase(),
        factoryByteCodeHash: '',
        implementationHash: null,
        deploymentArgs: null,
        note: { constructor: ['', null] },
      }),
    );
    assert.deepEqual(fields, {
      address: implementation,
      proxyAddress: proxy,
      timestamp: 1754079530056,
      note: { constructor: ['', null] },
    });
  });

  it('keeps big integers exactly, as tagged bigints', () => {
    const text = JSON.stringify(contractValue('X', 97)).replace(
      '"deploymentArgs":[]',
      '"deploymentArgs":[9007199254740993]',
    );
    assert.deepEqual(record('97-X', text).fields['deploymentArgs'], [{ _type: 'bigint', _value: '9007199254740993' }]);
  });

  it('reads nanoseconds and ISO 8601 to the millisecond and keeps their text', () => {
    const time = (timestamp: unknown) => {
      const { fields } = record('97-X', contractValue('X', 97, { timestamp }));
      return [fields['timestamp'], fields['deployedAt']];
    };
    assert.deepEqual(time('1723456789123456789'), [1723456789123, '1723456789123456789']);
    assert.deepEqual(time('1754079530056'), [1754079530056, undefined]);
    assert.deepEqual(time('2025-08-01T20:19:42.633Z'), [1754079582633, '2025-08-01T20:19:42.633Z']);
    rejected('97-X', contractValue('X', 97, { timestamp: '2025-08-01T20:19:42' }));
  });
});

describe('a ContractInfo of the design documents', () => {
  const info = {
    name: 'LookCoin',
    address: proxy,
    deployedAt: '1723456789123456789',
    implementationHash: `0x${'ab'.repeat(32)}`,
    constructorArgs: ['LOOK'],
    proxy: { proxyAddress: proxy, implementationAddress: implementation, admin: '0xGovernance' },
    metadata: { contractType: 'core' },
  };

  it('is a record of its proxy and implementation; what has no field of its own is kept', () => {
    const read = record(`bsctestnet:${proxy}`, info);
    assert.equal(read.network, 'bsctestnet');
    assert.equal(read.chainId, null);
    assert.equal(read.contractName, 'LookCoin');
    assert.deepEqual(read.fields, {
      address: implementation,
      proxyAddress: proxy,
      implementationHash: info.implementationHash,
      deploymentArgs: ['LOOK'],
      timestamp: 1723456789123,
      deployedAt: '1723456789123456789',
      metadata: { contractType: 'core' },
      'x-proxy': { admin: '0xGovernance' },
    });
  });

  it('is a plain contract without proxy', () => {
    const { fields } = record(`bsctestnet:${proxy.toLowerCase()}`, { ...info, proxy: null });
    assert.equal(fields['address'], proxy);
    assert.equal(fields['proxyAddress'], undefined);
  });

  it('is set aside when the key names another address', () => {
    rejected(`bsctestnet:${implementation}`, { name: 'X', address: proxy });
    rejected(`bsctestnet:${proxy}`, {
      ...info,
      proxy: { proxyAddress: implementation, implementationAddress: implementation },
    });
    rejected(`bsctestnet:${proxy}`, { address: proxy });
    rejected(`bsctestnet:${proxy}`, { ...info, proxy: 'uups' });
  });
});

function read(key: string, value: unknown) {
  return readEntry({
    key: Buffer.from(key),
    value: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
  });
}

function record(key: string, value: unknown) {
  const result = read(key, value);
  assert.ok(!isReject(result), isReject(result) ? result.reason : '');
  return result;
}

function rejected(key: string, value: unknown) {
  const result = read(key, value);
  assert.ok(isReject(result), `${key} was taken for a record`);
  assert.notEqual(result.reason, '');
  return result;
}
