import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findForWrite, findRecord, nameForNew } from '../../../src/core/model/lookup.js';
import { recordsOf } from '../../../src/core/model/network-file.js';
import { address, arbitraryFile, fileWith, record } from '../../support/arbitrary-state.js';

const token = record('Token', { proxy: address(1), implementation: address(2), aliases: ['OldToken'] });
const router = record('Router', {
  implementation: address(3),
  source: { contractName: 'contracts/x/Router.sol:Router' },
});
const vault = record('contracts/Vault.sol:Vault', { implementation: address(4) });
const file = fileWith(token, router, vault);

const ambiguous = (...candidates: string[]) => ({ code: 'NAME_AMBIGUOUS', details: { candidates } });

test('a record is found by name, alias, source name and short name', () => {
  assert.equal(findRecord(file, 'Token')?.name, 'Token');
  assert.equal(findRecord(file, 'OldToken')?.name, 'Token');
  assert.equal(findRecord(file, 'contracts/x/Router.sol:Router')?.name, 'Router');
  assert.equal(findRecord(file, 'Vault')?.name, vault.name);
  assert.equal(findRecord(file, 'token'), null);
  assert.equal(findRecord(file, 'contracts/y/Router.sol:Router'), null);
  assert.equal(findRecord(file, 'toString'), null);
});

test('a write takes a record by name, alias and source name, never by short name', () => {
  assert.equal(findForWrite(file, 'OldToken')?.name, 'Token');
  assert.equal(findForWrite(file, 'contracts/x/Router.sol:Router')?.name, 'Router');
  assert.equal(findForWrite(file, 'Vault'), null);
  assert.equal(findForWrite(file, address(1)), null);
});

test('an address finds proxy and implementation in any case', () => {
  assert.equal(findRecord(file, address(1).toLowerCase())?.name, 'Token');
  assert.equal(findRecord(file, `0x${address(2).slice(2).toUpperCase()}`)?.name, 'Token');
  assert.equal(findRecord(file, address(3))?.name, 'Router');
  assert.equal(findRecord(file, address(9)), null);
});

test('the contract at an address comes before those that run its code', () => {
  const code = record('TokenCode', { implementation: address(2) });
  assert.equal(findRecord(fileWith(token, code), address(2))?.name, 'TokenCode');
});

test('what means several records is refused with the candidates', () => {
  const twins = fileWith(
    record('a.sol:Vault', { implementation: address(1) }),
    record('b.sol:Vault', { implementation: address(1) }),
  );
  assert.throws(() => findRecord(twins, 'Vault'), ambiguous('a.sol:Vault', 'b.sol:Vault'));
  assert.throws(() => findRecord(twins, address(1)), ambiguous('a.sol:Vault', 'b.sol:Vault'));
  const clash = fileWith(
    record('A', { implementation: address(1), aliases: ['X'] }),
    record('B', { implementation: address(2), aliases: ['X'] }),
  );
  assert.throws(() => findForWrite(clash, 'X'), ambiguous('A', 'B'));
});

test('a new qualified name is cut to its short name where nothing is called so', () => {
  const name = 'contracts/Fee.sol:Fee';
  assert.deepEqual(nameForNew(file, name), { name: 'Fee', contractName: name });
  assert.deepEqual(nameForNew(file, 'Fee'), { name: 'Fee' });
  assert.deepEqual(nameForNew(file, 'other/Router.sol:Router'), { name: 'other/Router.sol:Router' });
  assert.deepEqual(nameForNew(file, 'other/Vault.sol:Vault'), { name: 'other/Vault.sol:Vault' });
  assert.deepEqual(nameForNew(file, 'x.sol:OldToken'), { name: 'x.sol:OldToken' });
  assert.deepEqual(nameForNew(file, 'x.sol:constructor'), { name: 'x.sol:constructor' });
});

test('every record is found by its own name, and a new name meets no other', () => {
  fc.assert(
    fc.property(arbitraryFile(), fc.constantFrom('Token', 'z/Token.sol:Token', 'q.sol:Fresh'), (any, name) => {
      for (const { name: own } of recordsOf(any)) {
        assert.equal(findRecord(any, own)?.name, own);
        assert.equal(findForWrite(any, own)?.name, own);
      }
      const isOld = recordsOf(any).some((one) => one.name === name);
      assert.equal(!isOld && recordsOf(any).some((one) => one.name === nameForNew(any, name).name), false);
    }),
  );
});
