import type { Finding } from '../finding.js';
import { networkOfPath } from '../layout.js';
import { locate } from '../text/position.js';
import { readText } from '../text/read.js';
import { committedDifferences, type Difference } from './committed-differences.js';
import { mergeStateFile } from './merge-state-file.js';

type Bytes = Uint8Array | null;

/** One state file of a merge commit, its whole bytes; null where it is absent. */
export type CommittedMerge = {
  readonly path: string;
  /** At each merge base; none where the parents have no common history. */
  readonly bases: readonly Bytes[];
  /** What several bases have in common; undefined where that is not one file either. */
  readonly olderBase?: Bytes | undefined;
  readonly parents: readonly Bytes[];
  readonly committed: Bytes;
};

/**
 * Where a merge commit has something else than the merge by record has of its parents (`merge-blend`): records and
 * sections that are lost, blended or that no side wrote. What truly conflicts a person decided, and any decision stands,
 * but no code of which one half is one side's and the other half the other's.
 */
export function blendFindings(file: CommittedMerge): Finding[] {
  const { path, committed, parents } = file;
  if (committed !== null) {
    const refused = refusalOf(path, committed);
    if (refused !== null) return [refused];
  }
  const [ours = null, theirs = null, ...others] = parents;
  if (others.length > 0) return findingsOf(file, octopusDifferences(file));
  const readings = basesOf(file).map((base) =>
    findingsOf(file, committedDifferences(path, { base, ours, theirs }, committed)),
  );
  // Where it is not known what the sides parted from, one reading that explains the commit is enough.
  return readings.reduce((best, next) => (next.length < best.length ? next : best));
}

/** The one base, several merged to one as git does, or each of them where they do not merge. */
function basesOf({ path, bases, olderBase }: CommittedMerge): readonly Bytes[] {
  const [first = null, second, ...more] = bases;
  if (second === undefined) return [first];
  if (more.length > 0 || olderBase === undefined) return bases;
  const virtual = mergeStateFile(path, { base: olderBase, ours: first, theirs: second });
  return virtual.conflicts.length > 0 ? bases : [virtual.bytes];
}

/** Of more than two parents only one may have changed a file, and that one's stands. */
function octopusDifferences({ bases, parents, committed }: CommittedMerge): Difference[] {
  const isOld = (side: Bytes) => bases.some((base) => sameBytes(base, side));
  const moved = parents.filter((side) => !isOld(side));
  const [first] = moved;
  const path = '';
  if (moved.some((side) => !sameBytes(side, first ?? null))) {
    return [
      {
        contract: null,
        path,
        message: `${moved.length} parents changed the file; more than two are not merged by record`,
      },
    ];
  }
  const allowed = first === undefined ? parents : [first];
  if (allowed.some((side) => sameBytes(side, committed))) return [];
  const what = first === undefined ? 'No parent changed the file' : 'One parent changed the file';
  return [{ contract: null, path, message: `${what}, and the commit has another one` }];
}

function findingsOf({ path: file, committed }: CommittedMerge, differences: readonly Difference[]): Finding[] {
  const text = committed === null ? null : Buffer.from(committed).toString('utf8');
  const find = text === null ? null : locate(text);
  return differences.map(({ contract, path, message }) => ({
    rule: 'merge-blend',
    severity: 'error',
    network: networkOfPath(file)?.network ?? '',
    ...(contract === null ? {} : { contract }),
    file,
    ...(find === null ? {} : find(path, 'value')),
    path,
    message,
    hint: 'stateroot validate --explain merge-blend',
  }));
}

/** State is JSON, whichever file it is; only the list of signers is not, and is a whole. */
function refusalOf(path: string, bytes: Uint8Array): Finding | null {
  if (!path.endsWith('.json')) return null;
  const read = readText(bytes);
  if (read.ok) return null;
  const { line, column, rule, message } = read.refusal;
  return {
    rule: 'merge-blend',
    severity: 'error',
    network: networkOfPath(path)?.network ?? '',
    file: path,
    line,
    column,
    path: '',
    message: `The merge left a file that cannot be read, ${rule}: ${message}`,
    hint: 'stateroot validate --explain merge-blend',
  };
}

function sameBytes(a: Bytes, b: Bytes): boolean {
  return a === null || b === null ? a === b : Buffer.compare(a, b) === 0;
}
