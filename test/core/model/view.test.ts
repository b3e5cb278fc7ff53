import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { JsonObject } from '../../../src/core/json.js';
import { sealRecord } from '../../../src/core/model/checksum.js';
import { inputClaims, recordFromInput, recordView } from '../../../src/core/model/view.js';
import { address, arbitraryRecord, fileWith, hash, record } from '../../support/arbitrary-state.js';

const proxied = record('Token', {
  proxy: address(1),
  implementation: address(2),
  implementationHash: hash(1),
  note: { kept: true },
  source: { networkName: 'example', contractName: 'x.sol:Token' },
});
const core = { category: 'core' };

test('a record is shown with the design documents’ addresses and names', () => {
  const view = recordView(proxied);
  assert.deepEqual(view, {
    network: 'examplenet',
    chainId: 4242,
    category: 'core',
    contractName: 'Token',
    networkName: 'example',
    address: address(2),
    proxyAddress: address(1),
    implementationHash: hash(1),
    source: { networkName: 'example', contractName: 'x.sol:Token' },
    checksum: proxied.fields['checksum'],
    note: { kept: true },
  });
  assert.deepEqual(Object.keys(view).slice(0, 7), [
    'network',
    'chainId',
    'category',
    'contractName',
    'networkName',
    'address',
    'proxyAddress',
  ]);
});

test('a proxy whose implementation is unknown is its own address', () => {
  const view = recordView(record('A', { proxy: address(1) }));
  assert.equal(view['address'], address(1));
  assert.equal(view['proxyAddress'], address(1));
});

test('what is shown can be put back without a change', () => {
  fc.assert(
    fc.property(arbitraryRecord(), (stored) => {
      const back = recordFromInput(fileWith(stored), core, stored.name, recordView(stored));
      assert.deepEqual(sealRecord(back), stored);
    }),
  );
  const back = recordFromInput(fileWith(proxied), core, 'x.sol:Token', recordView(proxied));
  assert.deepEqual(sealRecord(back), proxied);
});

test('proxy and implementation say the same as address and proxyAddress', () => {
  const file = fileWith();
  const made = (input: JsonObject) => recordFromInput(file, core, 'A', input).fields;
  const both = { proxy: address(1), implementation: address(2) };
  assert.deepEqual(made(both), both);
  assert.deepEqual(made({ address: address(2), proxyAddress: address(1) }), both);
  assert.deepEqual(made({ address: address(2), proxyAddress: address(1), ...both }), both);
  assert.deepEqual(made({ address: address(1), proxy: address(1) }), { proxy: address(1) });
  assert.deepEqual(made({ proxyAddress: address(1) }), { proxy: address(1) });
  assert.deepEqual(made({ address: address(1) }), { implementation: address(1) });
});

test('addresses and hashes in one case get their form, an empty hash is left out', () => {
  const made = recordFromInput(fileWith(), core, 'A', {
    address: address(10).toLowerCase(),
    proxyAddress: `0x${address(11).slice(2).toUpperCase()}`,
    implementationHash: `0x${'AB'.repeat(32)}`,
    factoryByteCodeHash: '',
  });
  assert.deepEqual(made.fields, {
    proxy: address(11),
    implementation: address(10),
    implementationHash: `0x${'ab'.repeat(32)}`,
  });
});

test('a qualified name is stored under its short name, with what the source called it', () => {
  const input = { implementation: address(1) };
  const made = recordFromInput(fileWith(), core, 'a/Fee.sol:Fee', input);
  assert.equal(made.name, 'Fee');
  assert.deepEqual(made.fields['source'], { contractName: 'a/Fee.sol:Fee' });
  const named = recordFromInput(fileWith(), core, 'Fee', { ...input, contractName: 'a/Fee.sol:Fee' });
  assert.deepEqual({ ...named }, { ...made });
});

test('an alias finds the record and does not become its source name', () => {
  const old = record('New', { implementation: address(1), aliases: ['Old'] });
  const made = recordFromInput(fileWith(old), core, 'Old', { implementation: address(2) });
  assert.equal(made.name, 'New');
  assert.deepEqual(made.fields, { implementation: address(2) });
});

test('an input that says another place is refused', () => {
  const file = fileWith(proxied);
  const input = { implementation: address(3) };
  const refused = (change: JsonObject, code: string, defaults: object = {}) => {
    assert.throws(() => recordFromInput(file, { ...core, ...defaults }, 'Token', { ...input, ...change }), { code });
  };
  refused({ network: 'othernet' }, 'BAD_INPUT');
  refused({ chainId: 1 }, 'CHAIN_ID_MISMATCH');
  refused({ chainId: '4242' }, 'CHAIN_ID_MISMATCH');
  refused({ contractName: 'Other' }, 'BAD_INPUT');
  refused({ name: 'Other' }, 'BAD_INPUT');
  refused({ category: 'protocol' }, 'BAD_INPUT', { categoryGiven: true });
  refused({ checksum: proxied.fields['checksum'] ?? '' }, 'CHECKSUM_MISMATCH');
  const spelled = recordFromInput(file, { ...core, isNetwork: (name) => name === 'EXAMPLE' }, 'Token', {
    ...input,
    network: 'EXAMPLE',
  });
  assert.deepEqual(spelled.fields, input);
});

test('wrong types, null and bad addresses are refused together, each with its place', () => {
  const paths = (input: JsonObject): string[] => {
    try {
      recordFromInput(fileWith(), core, 'A', input);
    } catch (error) {
      const { code, details } = error as { code?: string; details?: { problems?: { path: string }[] } };
      assert.equal(code, 'RECORD_INVALID');
      return (details?.problems ?? []).map(({ path }) => path);
    }
    return assert.fail('it was accepted');
  };
  const good = { implementation: address(1) };
  assert.deepEqual(paths({}), ['/implementation']);
  assert.deepEqual(paths({ ...good, timestamp: null }), ['/timestamp']);
  assert.deepEqual(paths({ ...good, proxyAddress: null }), ['/proxy']);
  assert.deepEqual(paths({ ...good, timestamp: 1.5, source: 'x', deploymentArgs: {}, aliases: ['b', 'a'] }), [
    '/aliases',
    '/deploymentArgs',
    '/source',
    '/timestamp',
  ]);
  assert.deepEqual(paths({ ...good, implementationHash: 'pending' }), ['/implementationHash']);
  assert.deepEqual(paths({ implementation: hash(1) }), ['/implementation']);
  assert.deepEqual(paths({ implementation: `0x${'0'.repeat(40)}` }), ['/implementation']);
  assert.deepEqual(paths({ implementation: 7 }), ['/implementation']);
  const wrongCase = address(10).replace(/[a-fA-F]/, (digit) =>
    digit === digit.toLowerCase() ? digit.toUpperCase() : digit.toLowerCase(),
  );
  assert.deepEqual(paths({ implementation: `0xaB${wrongCase.slice(4)}` }), ['/implementation']);
  assert.deepEqual(paths({ ...good, address: address(2) }), ['/address']);
  assert.deepEqual(paths({ ...good, network: 1, networkName: 2 }), ['/network', '/networkName']);
  assert.deepEqual(paths(JSON.parse('{"__proto__": 1, "implementation": 7}') as JsonObject), [
    '/__proto__',
    '/implementation',
  ]);
});

test('null and anything else in unknown fields are kept', () => {
  const input = { implementation: address(1), extra: null, constructor: [null, { a: 1 }] } as unknown as JsonObject;
  assert.deepEqual(recordFromInput(fileWith(), core, 'A', input).fields, input);
});

test('what an input claims is told without judging it', () => {
  assert.deepEqual(inputClaims({ network: 'BSC', chainId: 56, contractName: 1 }), { network: 'BSC', chainId: 56 });
});
