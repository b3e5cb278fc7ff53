import { blobOid } from './blob-oid.js';
import { type GitObject, parseAnswer } from './cat-file-answer.js';
import { parseRawDiff, type RawCommit } from './raw-diff.js';

/** What a hook has asked git already: the staged changes, and the blobs of both sides by oid. */
export type GivenStaged = {
  readonly commits: readonly RawCommit[];
  readonly blobs: ReadonlyMap<string, GitObject>;
};

/**
 * Reads `git diff --cached --raw --no-abbrev`, an empty line, and what `git cat-file --batch` answers for the two oids of
 * each line. Null when anything of it is missing, is no blob of its oid, or stands in quotes: git has to be asked again.
 */
export function parseGivenStaged(given: Buffer): GivenStaged | null {
  const end = given.indexOf('\n\n');
  if (end === -1) return null;
  const lines = given.subarray(0, end).toString('utf8').split('\n');
  if (!lines.every((line) => plainLine.test(line))) return null;
  const commits = parseRawDiff(Buffer.from(lines.map((line) => `${line.replace('\t', '\0')}\0`).join('')));
  const blobs = blobsIn(given.subarray(end + 2));
  const sides = commits.flatMap(({ changes }) => changes.flatMap(({ before, after }) => [...before, after]));
  return sides.every(({ mode, oid }) => without.has(mode) || blobs.has(oid)) ? { commits, blobs } : null;
}

const plainLine = /^:\d{6} \d{6} [0-9a-f]+ [0-9a-f]+ [A-Z]\t[^"]/;
/** Nothing there, or a submodule: no blob. */
const without: ReadonlySet<string> = new Set(['000000', '160000']);

/** By the oid that git gives these very bytes, so that nothing else can be judged in place of what is recorded. */
function blobsIn(answers: Buffer): Map<string, GitObject> {
  const blobs = new Map<string, GitObject>();
  for (let rest = answers; rest.length > 0; ) {
    const answer = parseAnswer(rest);
    if ('wanted' in answer) break;
    const { object } = answer;
    if (object?.type === 'blob') blobs.set(blobOid(object.bytes, object.oid.length === 64 ? 'sha256' : 'sha1'), object);
    rest = rest.subarray(answer.length);
  }
  return blobs;
}
