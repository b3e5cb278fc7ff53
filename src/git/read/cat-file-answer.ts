export type GitObject = { readonly oid: string; readonly type: string; readonly bytes: Buffer };

/** The first answer of `cat-file --batch`, and how many bytes it took; or how many are needed to have it whole. */
export function parseAnswer(bytes: Buffer): { object: GitObject | null; length: number } | { wanted: number } {
  const end = bytes.indexOf(10);
  if (end === -1) return { wanted: 0 };
  const header = bytes.subarray(0, end).toString('utf8');
  const match = /^([0-9a-f]+) (\w+) (\d+)$/.exec(header);
  const [, oid, type, length] = match ?? [];
  if (oid === undefined || type === undefined || length === undefined) return { object: null, length: end + 1 };
  const start = end + 1;
  const stop = start + Number(length);
  if (bytes.length < stop + 1) return { wanted: stop + 1 };
  return { object: { oid, type, bytes: bytes.subarray(start, stop) }, length: stop + 1 };
}
