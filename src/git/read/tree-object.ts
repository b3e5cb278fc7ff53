/** An entry of a git tree object. The name is latin1 text, so that any bytes survive a rewrite. */
export type TreeEntry = { readonly mode: string; readonly name: string; readonly oid: string };

/** Parses a raw tree: `<mode> SP <name> NUL <oid bytes>` repeated; 20 or 32 oid bytes as the repository has them. */
export function parseTree(bytes: Buffer, oidLength: number): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(32, at);
    const nul = bytes.indexOf(0, space);
    const end = nul + 1 + oidLength;
    entries.push({
      mode: bytes.toString('latin1', at, space).padStart(6, '0'),
      name: bytes.toString('latin1', space + 1, nul),
      oid: bytes.toString('hex', nul + 1, end),
    });
    at = end;
  }
  return entries;
}
