import { compareText } from '../equal.js';
import type { Finding } from '../finding.js';
import { inspectFile } from '../inspect/inspect.js';
import { rules } from '../inspect/rules.js';
import { networkOfPath } from '../layout.js';
import { type NetworkFile, networkFileText, parseNetworkFile } from '../model/network-file.js';
import type { Conflict } from './conflict.js';
import { markedText, wholeMarkedText } from './marked-text.js';
import { type MergedFile, type Marking, plainMarking, type ThreeTexts } from './merged-file.js';
import { mergeJsonFile } from './merge-json-file.js';
import { mergeNetwork, type MergedNetwork, type ThreeFiles } from './merge-network.js';
import { type Choice, settle } from './settle.js';

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
  const settled = choices.reduce((files, choice) => ({ ...files, base: settle(files, choice) }), read.files);
  const merged = mergeNetwork(network, settled);
  const conflicts = [...merged.conflicts, ...invalid(path, network, texts, merged, choices)];
  const text = merged.file === null ? null : networkFileText(merged.file);
  return {
    bytes: text === null ? null : Buffer.from(text),
    conflicts,
    marked: conflicts.length === 0 ? null : marked(network, settled, conflicts, texts, marking),
    settledBase: settled.base === undefined ? null : Buffer.from(networkFileText(settled.base)),
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

function readSides(texts: ThreeTexts): { files: ThreeFiles } | { reason: string } {
  const files: Record<'base' | 'ours' | 'theirs', NetworkFile | undefined> = {
    base: undefined,
    ours: undefined,
    theirs: undefined,
  };
  for (const side of ['base', 'ours', 'theirs'] as const) {
    const bytes = texts[side];
    if (bytes === null) continue;
    const parsed = parseNetworkFile(bytes);
    if (!parsed.ok) {
      const { rule, line, column, message } = parsed.refusal;
      return { reason: `${side} cannot be read, ${line}:${column} ${rule}: ${message}` };
    }
    files[side] = parsed.file;
  }
  return { files };
}

const repairedByFormat = new Set(rules.filter(({ repairedBy }) => repairedBy === 'fmt').map(({ id }) => id));

/** Errors that a side brought since the base, and those that only the result has; decided records are judged by the gate. */
function invalid(
  path: string,
  network: string,
  texts: ThreeTexts,
  merged: MergedNetwork,
  choices: readonly Choice[],
): Conflict[] {
  const [base, ours, theirs] = [texts.base, texts.ours, texts.theirs].map((bytes) => errorsOf(path, bytes));
  const old = new Set((base ?? []).map(keyOf));
  const brought = (['ours', 'theirs'] as const).flatMap((side) =>
    ((side === 'ours' ? ours : theirs) ?? []).flatMap((finding) =>
      old.has(keyOf(finding)) ? [] : [{ finding, reason: `${side} is invalid, ${placeOf(finding)}` }],
    ),
  );
  const known = new Set([...old, ...brought.map(({ finding }) => keyOf(finding))]);
  const result = merged.file === null ? null : Buffer.from(networkFileText(merged.file));
  // With a conflict open the result is ours in places, and what it breaks there is not decided yet.
  const both = merged.conflicts.length > 0 ? [] : errorsOf(path, result);
  const made = both.flatMap((finding) =>
    known.has(keyOf(finding)) ? [] : [{ finding, reason: `the two together are invalid, ${placeOf(finding)}` }],
  );
  const decided = new Set(choices.map(({ contract }) => contract));
  const places = [...brought, ...made].filter(({ finding }) => !decided.has(finding.contract ?? null));
  const conflicts = places.map(({ finding, reason }): Conflict => {
    const contract = finding.contract ?? null;
    return { network, contract, path: finding.path, reason };
  });
  return conflicts.sort((a, b) => compareText(a.contract ?? '\uffff', b.contract ?? '\uffff'));
}

function errorsOf(path: string, bytes: Uint8Array | null): Finding[] {
  if (bytes === null) return [];
  const findings = inspectFile({ path, mode: '100644', bytes });
  return findings.filter(({ severity, rule }) => severity === 'error' && !repairedByFormat.has(rule));
}

function keyOf({ rule, path }: Finding): string {
  return `${rule} ${path}`;
}

function placeOf({ rule, line, column, message }: Finding): string {
  return `${line ?? 1}:${column ?? 1} ${rule}: ${message}`;
}

function marked(
  network: string,
  settled: ThreeFiles,
  conflicts: readonly Conflict[],
  texts: ThreeTexts,
  marking: Marking,
): string {
  const [ours, theirs] = (['ours', 'theirs'] as const).map((side) => {
    const base = conflicts.reduce(
      (files, conflict) => ({ ...files, base: settle(files, { ...conflict, side }) }),
      settled,
    );
    return mergeNetwork(network, base).file;
  });
  if (ours == null || theirs == null) return wholeMarkedText(texts, marking);
  return (
    markedText({ base: settled.base?.root, ours: ours.root, theirs: theirs.root }, marking) ??
    wholeMarkedText(texts, marking)
  );
}
