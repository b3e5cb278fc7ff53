import { networkOfPath } from '../layout.js';
import { parseNetworkFile } from '../model/network-file.js';
import { remainderOf } from '../model/remainder.js';
import { readText } from '../text/read.js';
import { committedMembers } from './committed-members.js';
import { committedRecords } from './committed-records.js';
import type { Conflict } from './conflict.js';
import type { ThreeTexts } from './merged-file.js';
import { mergeStateFile } from './merge-state-file.js';
import type { Choice } from './settle.js';

/** A place where a commit has something else than the merge by record. */
export type Difference = { readonly contract: string | null; readonly path: string; readonly message: string };

/** Everything in a committed file that the merge of its two sides does not explain. It can be read, where it is there. */
export function committedDifferences(path: string, sides: ThreeTexts, committed: Uint8Array | null): Difference[] {
  const { bytes, open } = decidedByOurs(path, sides);
  if (open.some((conflict) => conflict.contract === null && conflict.path === '')) return [];
  if (bytes === null || committed === null) {
    if (bytes === committed) return [];
    const message =
      bytes === null
        ? 'The merge by record removes the file, the commit has it'
        : 'The merge by record has the file, the commit has lost it';
    return [{ contract: null, path: '', message }];
  }
  if (Buffer.compare(bytes, committed) === 0) return [];
  const places = open.flatMap((conflict) => (conflict.contract === null ? [conflict.path] : []));
  if (networkOfPath(path) === null) {
    const [expected, found] = [bytes, committed].map((each) => readText(each));
    if (expected?.ok !== true || found?.ok !== true) return [];
    return committedMembers(expected.value, found.value, places);
  }
  const [expected, found, base, ours, theirs] = [bytes, committed, sides.base, sides.ours, sides.theirs].map((each) => {
    const parsed = each === null ? null : parseNetworkFile(each);
    return parsed?.ok === true ? parsed.file : undefined;
  });
  if (found === undefined) {
    return [{ contract: null, path: '/schemaVersion', message: 'The merge left a file of another schema version' }];
  }
  if (expected === undefined) return [];
  return [
    ...committedRecords({ base, ours, theirs }, { expected, found }, open),
    ...committedMembers(remainderOf(expected), remainderOf(found), places),
  ];
}

/** The merge with every conflict decided for ours, and all of the conflicts it took. */
function decidedByOurs(path: string, sides: ThreeTexts): { bytes: Uint8Array | null; open: readonly Conflict[] } {
  let open: readonly Conflict[] = [];
  let merged = mergeStateFile(path, sides);
  // A decision can bring to light what only the result breaks; a few rounds decide that too.
  for (let rounds = 4; rounds > 0 && merged.conflicts.length > 0; rounds -= 1) {
    open = [...open, ...merged.conflicts];
    merged = mergeStateFile(
      path,
      sides,
      open.map((conflict): Choice => ({ ...conflict, side: 'ours' })),
    );
  }
  return { bytes: merged.bytes, open };
}
