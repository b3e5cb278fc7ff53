export type Permission = 'read_contract' | 'write_contract' | 'delete_contract' | 'migrate_data' | 'modify_permissions';

export type Role = keyof typeof rolePermissions;

/** Who may what, as document 000 has it. */
export const rolePermissions = {
  admin: ['read_contract', 'write_contract', 'delete_contract', 'migrate_data', 'modify_permissions'],
  migration: ['read_contract', 'write_contract', 'migrate_data'],
  readonly: ['read_contract'],
} as const satisfies Readonly<Record<string, readonly Permission[]>>;

export function isRole(text: string): text is Role {
  return Object.hasOwn(rolePermissions, text);
}

export function hasRolePermission(role: string, permission: string): boolean {
  const permissions: readonly string[] = isRole(role) ? rolePermissions[role] : [];
  return permissions.includes(permission);
}
