import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json, JsonObject } from '../../../src/core/json.js';
import { patchRecord } from '../../../src/core/model/patch.js';
import { address, hash, record } from '../../support/arbitrary-state.js';

const proxied = record('Token', {
  proxy: address(1),
  implementation: address(2),
  deploymentArgs: ['a', { b: 1 }],
  note: 'x',
});
const plain = record('Plain', { implementation: address(3) });

function patched(start: typeof proxied, ...assignments: [string, Json][]): JsonObject {
  return patchRecord(
    start,
    assignments.map(([path, value]) => ({ path, value })),
  ).fields;
}

test('a field is set, inside a field too', () => {
  assert.equal(patched(proxied, ['timestamp', 5])['timestamp'], 5);
  assert.deepEqual(patched(proxied, ['deploymentArgs.1.b', 2])['deploymentArgs'], ['a', { b: 2 }]);
  assert.deepEqual(patched(proxied, ['deploymentArgs.2', null])['deploymentArgs'], ['a', { b: 1 }, null]);
  assert.deepEqual(patched(plain, ['deploymentArgs.0', 1])['deploymentArgs'], [1]);
  assert.deepEqual(patched(plain, ['deployment.blockNumber', 1])['deployment'], { blockNumber: 1 });
  assert.deepEqual(patched(plain, ['x-own.constructor.y', 1])['x-own'], { constructor: { y: 1 } });
});

test('address and proxyAddress are those of the view', () => {
  assert.equal(patched(proxied, ['address', address(5)])['implementation'], address(5));
  assert.equal(patched(plain, ['address', address(5).toLowerCase()])['implementation'], address(5));
  assert.deepEqual(patched(plain, ['proxyAddress', address(1)]), { proxy: address(1), implementation: address(3) });
  assert.equal('implementation' in patched(proxied, ['address', address(1)]), false);
  assert.equal('proxy' in patched(proxied, ['proxyAddress', null]), false);
});

test('null takes a known field away and is a value elsewhere', () => {
  assert.equal('deploymentArgs' in patched(proxied, ['deploymentArgs', null]), false);
  assert.equal(patched(proxied, ['note', null])['note'], null);
  assert.equal(patched(proxied, ['fresh', null])['fresh'], null);
});

test('nothing is invented, and the old checksum does not stay', () => {
  const { checksum, ...fields } = proxied.fields;
  assert.ok(checksum);
  assert.deepEqual(patched(proxied, ['implementation', address(7)]), { ...fields, implementation: address(7) });
});

test('a checksum that is set must hold', () => {
  assert.doesNotThrow(() => patched(proxied, ['checksum', proxied.fields['checksum'] ?? '']));
  assert.throws(() => patched(proxied, ['checksum', `sha256:${'0'.repeat(64)}`]), { code: 'CHECKSUM_MISMATCH' });
});

test('paths that lead nowhere are refused', () => {
  for (const path of [
    '',
    'a..b',
    '.a',
    '__proto__',
    'note.__proto__.x',
    'note.x',
    'deploymentArgs.9',
    'deploymentArgs.-1',
  ]) {
    assert.throws(() => patched(proxied, [path, 1]), { code: 'BAD_INPUT' }, path);
  }
  for (const path of ['network', 'chainId', 'category', 'name', 'contractName', 'networkName', 'address.x']) {
    assert.throws(() => patched(proxied, [path, 1]), { code: 'BAD_INPUT' }, path);
  }
});

test('a result that is no record is refused', () => {
  assert.throws(() => patched(plain, ['address', null]), { code: 'RECORD_INVALID' });
  assert.throws(() => patched(plain, ['implementation', hash(1)]), { code: 'RECORD_INVALID' });
  assert.throws(() => patched(plain, ['timestamp', 'soon']), { code: 'RECORD_INVALID' });
  assert.throws(() => patched(proxied, ['implementation', address(1)]), { code: 'RECORD_INVALID' });
});
