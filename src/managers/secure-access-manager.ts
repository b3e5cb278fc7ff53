import { shown } from '../core/shown.js';
import { StateManagerError } from '../errors.js';
import { hasRolePermission } from './layers/roles.js';

/** The documents' question whether a role may do something; a store asks it through `authorized`. */
export class SecureAccessManager {
  /** False for roles and operations there are not. */
  hasPermission(role: string, operation: string): boolean {
    return hasRolePermission(role, operation);
  }

  /** Throws ACCESS_DENIED. */
  requirePermission(role: string, operation: string): void {
    if (this.hasPermission(role, operation)) return;
    throw new StateManagerError('ACCESS_DENIED', `The role ${shown(role)} has not ${shown(operation)}`, {
      hint: 'use a role that may, such as admin, if you are meant to',
      details: { role, permission: operation },
    });
  }
}
