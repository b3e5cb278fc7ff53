export type CommitObject = {
  readonly parents: readonly string[];
  readonly author: string;
  readonly email: string;
  /** Author time, ms since 1970. */
  readonly time: number;
  readonly message: string;
};

/** Parses a raw commit. Header lines that continue (signatures) begin with a blank and are passed over. */
export function parseCommit(bytes: Uint8Array): CommitObject {
  const text = Buffer.from(bytes).toString('utf8');
  const end = text.indexOf('\n\n');
  const header = (end === -1 ? text : text.slice(0, end)).split('\n');
  const author = /^author (.*) <(.*)> (-?\d+) [+-]\d+$/.exec(header.find((line) => line.startsWith('author ')) ?? '');
  return {
    parents: header.filter((line) => line.startsWith('parent ')).map((line) => line.slice(7)),
    author: author?.[1] ?? '',
    email: author?.[2] ?? '',
    time: Number(author?.[3] ?? 0) * 1000,
    message: end === -1 ? '' : text.slice(end + 2),
  };
}
