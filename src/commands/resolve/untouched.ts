import type { MergedFile } from '../../core/merge/merged-file.js';
import type { UnmergedFile, UnmergedSide } from '../../ports/unmerged.js';

const marker = /^(?:<{7,}|\|{7,}|={7,}|>{7,})(?= |\r?$)/;

/**
 * Is the work-tree file as a merge left it, so that it may be overwritten? It is when it is ours, which a merge driver that
 * failed leaves, theirs where ours is gone, one of our own texts (whatever their markers call the sides), or a text merge
 * of the three: no line that no side has, and every line there that a side added or all three have. Anything else is
 * somebody's work.
 */
export function isUntouched({ base, ours, theirs, worktree }: UnmergedFile, own: readonly MergedFile[]): boolean {
  const results = own.flatMap(({ bytes, conflicts }) => (conflicts.length === 0 ? [bytes] : []));
  if (worktree === null) return [...results, ours === null && theirs === null ? null : undefined].includes(null);
  const text = textOf(worktree.bytes);
  const left = (ours ?? theirs)?.bytes;
  const whole = [left, ...results].flatMap((bytes) => (bytes == null ? [] : [textOf(bytes)]));
  const marked = own.flatMap((merged) => merged.marked ?? []);
  if (whole.includes(text) || marked.some((one) => bare(one) === bare(text))) return true;
  return isTextMerge(text, linesOfSide(base), linesOfSide(ours), linesOfSide(theirs));
}

function isTextMerge(
  text: string,
  base: ReadonlySet<string>,
  ours: ReadonlySet<string>,
  theirs: ReadonlySet<string>,
): boolean {
  const lines = linesOf(text);
  const plain = new Set(lines.filter((line) => !marker.test(line)));
  // Without a marker a person has decided, by hand.
  if (plain.size === 0 || !lines.some((line) => marker.test(line))) return false;
  const isKnown = (line: string) => base.has(line) || ours.has(line) || theirs.has(line);
  const mustStand = (line: string) => !base.has(line) || (ours.has(line) && theirs.has(line));
  return [...plain].every(isKnown) && [...ours, ...theirs].filter(mustStand).every((line) => plain.has(line));
}

function linesOfSide(side: UnmergedSide | null): ReadonlySet<string> {
  return new Set(side === null ? [] : linesOf(textOf(side.bytes)));
}

/** Without what markers call the sides. */
function bare(text: string): string {
  return linesOf(text)
    .map((line) => marker.exec(line)?.[0] ?? line)
    .join('\n');
}

function linesOf(text: string): string[] {
  return text.split('\n');
}

/** A checkout may have other line ends than the index. */
function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8').replaceAll('\r\n', '\n');
}
