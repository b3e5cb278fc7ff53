import { shown } from '../../core/shown.js';
import { StateManagerError } from '../../errors.js';
import { changeKey } from '../contract-key.js';
import type { StoreLayer } from '../contract-store.js';
import { aroundEach, type StoreCall } from '../each-call.js';
import { hasRolePermission, isRole, type Permission, type Role, rolePermissions } from './roles.js';

/** By role, or by a rule of the caller's: `key` is `<chainId>-<name>`, `<chainId>`, the network, or null for everything. */
export type AccessOptions =
  | { readonly role: Role }
  | { readonly can: (permission: Permission, key: string | null) => boolean };

/**
 * Reads need `read_contract`, a put `write_contract`, a delete `delete_contract`; else ACCESS_DENIED, and of a batch nothing
 * is written. A guard against mistakes of a script, not against its author: who can read the files can edit them.
 * Throws BAD_USAGE for a role there is not.
 */
export function authorized(options: AccessOptions): StoreLayer {
  const can = 'can' in options ? options.can : ruleOf(options.role);
  const who = 'role' in options ? `the role ${options.role}` : 'the caller';
  return (store) =>
    aroundEach(store, async (call, work) => {
      const denied = neededFor(call).find(({ permission, key }) => !can(permission, key));
      if (denied !== undefined) throw refused(who, denied);
      return work();
    });
}

type Need = { readonly permission: Permission; readonly key: string | null };

function ruleOf(role: Role): (permission: Permission) => boolean {
  if (!isRole(role)) {
    throw new StateManagerError('BAD_USAGE', `${shown(String(role))} is no role`, {
      hint: `one of ${Object.keys(rolePermissions).join(', ')}`,
    });
  }
  return (permission) => hasRolePermission(role, permission);
}

function neededFor(call: StoreCall): readonly Need[] {
  switch (call.operation) {
    case 'open':
    case 'version':
    case 'close':
      return [];
    case 'chainOf':
      return [{ permission: 'read_contract', key: call.network }];
    case 'read':
      return [{ permission: 'read_contract', key: `${call.scope.chainId}-${call.contractName}` }];
    case 'list':
      return [{ permission: 'read_contract', key: call.scope === undefined ? null : String(call.scope.chainId) }];
    case 'inspect':
      return [{ permission: 'read_contract', key: null }];
    case 'apply':
      return call.changes.map((change) => ({
        permission: change.kind === 'put' ? 'write_contract' : 'delete_contract',
        key: changeKey(change),
      }));
  }
}

function refused(who: string, { permission, key }: Need): StateManagerError {
  const what = key === null ? 'everything' : shown(key);
  return new StateManagerError('ACCESS_DENIED', `${who} has not ${permission} for ${what}; nothing was written`, {
    hint: 'use a role that may, such as admin, if you are meant to',
    details: { permission, key, written: false },
  });
}
