import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Scope, StoreChange } from '../../../src/managers/contract-store.js';
import { authorized } from '../../../src/managers/layers/authorized.js';
import type { Role } from '../../../src/managers/layers/roles.js';
import { SecureAccessManager } from '../../../src/managers/secure-access-manager.js';
import { refuses, sampleContract } from '../../support/contracts.js';
import { memoryContracts } from '../../support/memory-contracts.js';
import { watched } from '../../support/watched-store.js';

const scope: Scope = { chainId: 97, network: 'bsctestnet' };
const put: StoreChange = { kind: 'put', scope, contract: sampleContract('LookCoin', 97) };
const remove: StoreChange = { kind: 'delete', scope, contractName: 'LookCoin' };

describe('roles', () => {
  const may: Readonly<Record<Role, { put: boolean; remove: boolean }>> = {
    admin: { put: true, remove: true },
    migration: { put: true, remove: false },
    readonly: { put: false, remove: false },
  };
  for (const role of ['admin', 'migration', 'readonly'] as const) {
    it(`${role}: reads, and writes what it may`, async () => {
      const { store, count } = watched(memoryContracts());
      const guarded = authorized({ role })(store);
      await guarded.open();
      await guarded.read(scope, 'LookCoin');
      await guarded.list();
      await guarded.inspect();
      await guarded.chainOf('bsctestnet');
      for (const [change, allowed] of [
        [put, may[role].put],
        [remove, may[role].remove],
      ] as const) {
        if (allowed) await guarded.apply([change]);
        else await refuses(['ACCESS_DENIED'], guarded.apply([change]));
      }
      assert.equal(count('apply'), Number(may[role].put) + Number(may[role].remove));
    });
  }

  it('write nothing of a batch of which they may not write all', async () => {
    const { store, count } = watched(memoryContracts());
    await refuses(['ACCESS_DENIED'], authorized({ role: 'migration' })(store).apply([put, remove]));
    assert.equal(count('apply'), 0);
  });

  it('may be a rule, asked with the permission and what it is for', async () => {
    const asked: string[] = [];
    const guarded = authorized({
      can: (permission, key) => {
        asked.push(`${permission} ${key ?? '*'}`);
        return permission !== 'read_contract' || key === '97-LookCoin';
      },
    })(memoryContracts());
    await guarded.apply([put, remove]);
    await guarded.read(scope, 'LookCoin');
    await refuses(['ACCESS_DENIED'], guarded.read(scope, 'Other'));
    await refuses(['ACCESS_DENIED'], guarded.list(scope));
    await refuses(['ACCESS_DENIED'], guarded.list());
    await refuses(['ACCESS_DENIED'], guarded.inspect());
    await refuses(['ACCESS_DENIED'], guarded.chainOf('bsctestnet'));
    await guarded.close();
    assert.deepEqual(asked, [
      'write_contract 97-LookCoin',
      'delete_contract 97-LookCoin',
      'read_contract 97-LookCoin',
      'read_contract 97-Other',
      'read_contract 97',
      'read_contract *',
      'read_contract *',
      'read_contract bsctestnet',
    ]);
  });

  it('that are none are refused when the layer is made', () => {
    for (const role of ['root', 'constructor', '']) {
      assert.throws(() => authorized({ role: role as Role }), { code: 'BAD_USAGE' });
    }
  });
});

describe('SecureAccessManager', () => {
  const manager = new SecureAccessManager();
  const operations = ['read_contract', 'write_contract', 'delete_contract', 'migrate_data', 'modify_permissions'];

  it('says what each role of the documents may', () => {
    const table = ['admin', 'migration', 'readonly', 'nobody', 'constructor'].map((role) =>
      operations.map((operation) => manager.hasPermission(role, operation)),
    );
    assert.deepEqual(table, [
      [true, true, true, true, true],
      [true, true, false, true, false],
      [true, false, false, false, false],
      [false, false, false, false, false],
      [false, false, false, false, false],
    ]);
    assert.equal(manager.hasPermission('admin', 'length'), false);
  });

  it('refuses what a role has not', () => {
    manager.requirePermission('admin', 'modify_permissions');
    assert.throws(
      () => {
        manager.requirePermission('readonly', 'write_contract');
      },
      { code: 'ACCESS_DENIED' },
    );
  });
});
