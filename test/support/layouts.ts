/** Where a state root may be; what is promised holds in each. */
export const layouts = [
  { where: 'at the top', root: '' },
  { where: 'below, in a monorepo', root: 'packages/contracts' },
] as const;

export function under(root: string, path: string): string {
  return root === '' ? path : `${root}/${path}`;
}
