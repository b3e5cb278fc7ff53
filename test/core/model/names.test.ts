import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  assertNetworkName,
  assertRecordName,
  categoryNameProblem,
  environmentNameProblem,
  networkNameProblem,
  recordNameProblem,
  shortName,
} from '../../../src/core/model/names.js';

const hostile = [
  '',
  '.',
  '..',
  '../etc',
  '../../x',
  'a/../b',
  'a\0b',
  'a\nb',
  'a\tb',
  '\x1b[31m',
  'a b',
  'ａｂｃ',
  'ünicode',
  'a\u202eb',
  'a\u200bb',
  'x'.repeat(300),
  '__proto__',
  '-rf',
  '--upload-pack=x',
  'a\\b',
  'a;b',
  'a`b',
  '\ud800',
];

test('network names are what FORMAT §1 allows', () => {
  for (const name of [
    'bsctestnet',
    'a',
    '0',
    'base-sepolia',
    'a_b',
    'bscmainnet.staging',
    `${'a'.repeat(63)}.b`,
    'com',
  ]) {
    assert.equal(networkNameProblem(name), null, name);
  }
  const refused = ['BSC', 'bscTestnet', 'a-', '-a', '_a', 'a.', '.a', 'a.b.c', 'a/b', 'a'.repeat(64), 'a.-b', 'a:b'];
  for (const name of [...refused, ...hostile]) assert.notEqual(networkNameProblem(name), null, JSON.stringify(name));
});

test('device names and the endings of other files name no network', () => {
  for (const name of [
    'con',
    'prn',
    'aux',
    'nul',
    'com0',
    'com9',
    'lpt0',
    'lpt9',
    'con.staging',
    'a.unified',
    'a.backup',
  ]) {
    assert.notEqual(networkNameProblem(name), null, name);
  }
  for (const name of ['console', 'com10', 'unified', 'backup', 'staging.con'])
    assert.equal(networkNameProblem(name), null);
});

test('record names are what FORMAT §5 allows', () => {
  const allowed = [
    'Token',
    '$ERC20',
    '_x',
    '10',
    'Vault#usdc',
    'contracts/xchain/CrossChainRouter.sol:CrossChainRouter',
    'node_modules/@openzeppelin/x.sol:Y',
    'npm/a+b~1.0/@c.sol:D',
    'toString',
    'hasOwnProperty',
    '0xabc',
    'x'.repeat(200),
  ];
  for (const name of allowed) assert.equal(recordNameProblem(name), null, name);
  const refused = ['/a', 'a/', 'a//b', 'a/./b', 'a/..', '#a', '@a', 'x'.repeat(201), 'constructor', 'prototype'];
  const addresses = [`0x${'0'.repeat(40)}`, `0x${'aB'.repeat(20)}`];
  for (const name of [...refused, ...addresses, ...hostile]) {
    assert.notEqual(recordNameProblem(name), null, JSON.stringify(name));
  }
});

test('categories and environments are what FORMAT §3 allows', () => {
  for (const name of ['core', 'protocol', 'a', 'constructor', 'x-y_Z9', 'a'.repeat(64)]) {
    assert.equal(categoryNameProblem(name), null, name);
  }
  for (const name of ['Core', '1a', 'a'.repeat(65), 'a.b', 'a/b', ...hostile]) {
    assert.notEqual(categoryNameProblem(name), null, JSON.stringify(name));
  }
  for (const name of ['staging', 'a', '1', 'a-b', 'a'.repeat(32)])
    assert.equal(environmentNameProblem(name), null, name);
  for (const name of ['Staging', 'a-', 'a'.repeat(33), 'a.b', ...hostile]) {
    assert.notEqual(environmentNameProblem(name), null, JSON.stringify(name));
  }
});

test('the short name follows the last colon', () => {
  assert.equal(shortName('contracts/a.sol:A'), 'A');
  assert.equal(shortName('a:b:C'), 'C');
  assert.equal(shortName('Token'), 'Token');
});

test('a refused name is shown without its control characters', () => {
  const isClean = (code: string) => (error: Error & { code?: string }) =>
    error.code === code && /^[\x20-\x7e]*$/.test(error.message) && error.message.length < 400;
  for (const name of hostile) {
    assert.throws(() => {
      assertNetworkName(name);
    }, isClean('NETWORK_NAME_INVALID'));
    assert.throws(() => {
      assertRecordName(name);
    }, isClean('RECORD_NAME_INVALID'));
  }
});

test('no text that passes a name gate leaves its folder or its line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (name) => {
      const passes = networkNameProblem(name) === null || recordNameProblem(name) === null;
      return !passes || (/^[\x21-\x7e]+$/.test(name) && !name.split('/').includes('..') && !name.startsWith('-'));
    }),
    { numRuns: 500 },
  );
});
