import { compareFindings, type Finding } from '../core/finding.js';
import { inspectTree, lostChecksums } from '../core/inspect/inspect.js';
import { networkOfPath } from '../core/layout.js';
import { parseNetworkFile } from '../core/model/network-file.js';
import type { StateFile } from '../ports/state-repository.js';

/** A file to judge, and what it was in each parent: null where there was none, nothing at all where no base is asked. */
export type JudgedFile = { readonly after: StateFile; readonly before: readonly (StateFile | null)[] };

/**
 * The one gate (FORMAT §13): every finding of the files of a state root, and the records that lost their checksum
 * against every parent. What a merge takes from one of them was judged there.
 */
export function judge(root: string, files: readonly JudgedFile[]): Finding[] {
  const inspected = inspectTree(
    files.map(({ after }) => after),
    root,
  );
  // A file without findings holds sealed records only: none of them can have lost its checksum.
  const concerned = new Set(inspected.map(({ file }) => file));
  const lost = files.filter(({ after }) => concerned.has(after.path)).flatMap(lostInAll);
  return [...inspected, ...lost].sort(compareFindings);
}

function lostInAll({ after, before }: JudgedFile): Finding[] {
  const [first = [], ...others] = before.map((parent) => lostSince(parent, after));
  return first.filter(({ path }) => others.every((lost) => lost.some((finding) => finding.path === path)));
}

function lostSince(before: StateFile | null, after: StateFile): Finding[] {
  if (before === null || networkOfPath(after.path) === null) return [];
  const base = parseNetworkFile(before.bytes);
  const head = parseNetworkFile(after.bytes);
  if (!base.ok || !head.ok) return [];
  return lostChecksums(base.file, head.file, after.path, Buffer.from(after.bytes).toString('utf8'));
}
