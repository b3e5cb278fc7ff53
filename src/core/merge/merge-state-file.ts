import { networkOfPath } from '../layout.js';
import { type NetworkFile, networkFileText, parseNetworkFile } from '../model/network-file.js';
import type { Conflict } from './conflict.js';
import { invalidSides } from './invalid-sides.js';
import { markedText, wholeMarkedText } from './marked-text.js';
import { type MergedFile, type Marking, plainMarking, type ThreeTexts } from './merged-file.js';
import { mergeJsonFile } from './merge-json-file.js';
import { mergeNetwork, type ThreeFiles } from './merge-network.js';
import { type Choice, settleAll } from './settle.js';

/**
 * Merges one state file by record and field, sections and other state files by member; the result is canonical and
 * inspected. A side that did not move gives way byte for byte. An error that a side has brought, or that only the two
 * together make, is a conflict: merging never covers it up (ARCHITECTURE, "Merging").
 */
export function mergeStateFile(
  path: string,
  sides: ThreeTexts,
  choices: readonly Choice[] = [],
  marking: Marking = plainMarking,
): MergedFile {
  const whole = choices.find(({ contract, path: place }) => contract === null && place === '');
  const bytes = whole === undefined ? unmoved(sides) : sides[whole.side];
  if (bytes !== undefined) return { bytes, conflicts: [], marked: null, settledBase: sides.base };
  return networkOfPath(path) === null
    ? mergeJsonFile(path, sides, choices, marking)
    : mergeNetworkFile(path, sides, choices, marking);
}

function mergeNetworkFile(path: string, texts: ThreeTexts, choices: readonly Choice[], marking: Marking): MergedFile {
  const network = networkOfPath(path)?.network ?? path;
  const read = readSides(texts);
  if ('reason' in read) {
    const conflict = { network, contract: null, path: '', reason: read.reason };
    return {
      bytes: texts.ours,
      conflicts: [conflict],
      marked: wholeMarkedText(texts, marking),
      settledBase: texts.base,
    };
  }
  const settled = settleAll(read.files, choices);
  const merged = mergeNetwork(network, settled);
  const conflicts = [...merged.conflicts, ...invalidSides({ path, network, texts, settled, merged, choices })];
  return {
    bytes: textOf(merged.file),
    conflicts,
    marked: conflicts.length === 0 ? null : marked(network, settled, conflicts, texts, marking),
    settledBase: choices.length === 0 ? texts.base : textOf(settled.base),
  };
}

/** The bytes the trivial cases come to; undefined when both sides moved, and apart. */
function unmoved({ base, ours, theirs }: ThreeTexts): Uint8Array | null | undefined {
  if (sameBytes(base, theirs) || sameBytes(ours, theirs)) return ours;
  return sameBytes(base, ours) ? theirs : undefined;
}

function sameBytes(a: Uint8Array | null, b: Uint8Array | null): boolean {
  return a === null || b === null ? a === b : Buffer.compare(a, b) === 0;
}

/** The three files, or why not: every side that cannot be read. */
function readSides(texts: ThreeTexts): { files: ThreeFiles } | { reason: string } {
  const read = { base: readSide(texts.base), ours: readSide(texts.ours), theirs: readSide(texts.theirs) };
  const reasons = (['base', 'ours', 'theirs'] as const).flatMap((side) =>
    read[side].refused === null ? [] : [`${side} cannot be read, ${read[side].refused}`],
  );
  if (reasons.length > 0) return { reason: reasons.join('; ') };
  return { files: { base: read.base.file, ours: read.ours.file, theirs: read.theirs.file } };
}

function readSide(bytes: Uint8Array | null): { file: NetworkFile | undefined; refused: string | null } {
  const parsed = bytes === null ? null : parseNetworkFile(bytes);
  if (parsed === null || parsed.ok) return { file: parsed?.file, refused: null };
  const { rule, line, column, message } = parsed.refusal;
  return { file: undefined, refused: `${line}:${column} ${rule}: ${message}` };
}

function marked(
  network: string,
  settled: ThreeFiles,
  conflicts: readonly Conflict[],
  texts: ThreeTexts,
  marking: Marking,
): string {
  const [ours, theirs] = (['ours', 'theirs'] as const).map((side) => {
    const decided = settleAll(
      settled,
      conflicts.map((conflict) => ({ ...conflict, side })),
    );
    return mergeNetwork(network, decided).file;
  });
  if (ours == null || theirs == null) return wholeMarkedText(texts, marking);
  return (
    markedText({ base: settled.base?.root, ours: ours.root, theirs: theirs.root }, marking) ??
    wholeMarkedText(texts, marking)
  );
}

function textOf(file: NetworkFile | null | undefined): Uint8Array | null {
  return file == null ? null : Buffer.from(networkFileText(file));
}
