import { compareText } from '../equal.js';
import type { Finding } from '../finding.js';
import { inspectFile } from '../inspect/inspect.js';
import { rules } from '../inspect/rules.js';
import { networkFileText } from '../model/network-file.js';
import type { Conflict } from './conflict.js';
import type { MergedNetwork, ThreeFiles } from './merge-network.js';
import type { ThreeTexts } from './merged-file.js';
import { type Choice, isAboutAll } from './settle.js';

const repairedByFormat = new Set(rules.filter(({ repairedBy }) => repairedBy === 'fmt').map(({ id }) => id));

/** The reason of a conflict that neither side has alone. */
export const togetherInvalid = 'the two together are invalid';

type Merge = {
  readonly path: string;
  readonly network: string;
  readonly texts: ThreeTexts;
  readonly settled: ThreeFiles;
  readonly merged: MergedNetwork;
  readonly choices: readonly Choice[];
};

/**
 * Errors that a side brought since the base, and those that only the result has: conflicts, since merging must not cover
 * them up. What a decision took instead, or took in spite of it, is judged by the gate.
 */
export function invalidSides({ path, network, texts, settled, merged, choices }: Merge): Conflict[] {
  const [ours, theirs] = [errorsOf(path, texts.ours), errorsOf(path, texts.theirs)];
  // With a conflict open the result is ours in places, and what it breaks there is not decided yet.
  const both = merged.conflicts.length > 0 ? [] : errorsOf(path, textOf(merged.file));
  if (ours.length + theirs.length + both.length === 0) return [];
  const decidedBase = choices.length === 0 ? [] : errorsOf(path, textOf(settled.base));
  const old = new Set([...errorsOf(path, texts.base), ...decidedBase].map(keyOf));
  const brought = (['ours', 'theirs'] as const).flatMap((side) =>
    (side === 'ours' ? ours : theirs).flatMap((finding) =>
      old.has(keyOf(finding)) ? [] : [{ finding, reason: `${side} is invalid, ${placeOf(finding)}` }],
    ),
  );
  const known = new Set([...old, ...brought.map(({ finding }) => keyOf(finding))]);
  const made = both.flatMap((finding) =>
    known.has(keyOf(finding)) ? [] : [{ finding, reason: `${togetherInvalid}, ${placeOf(finding)}` }],
  );
  const conflicts = [...brought, ...made].map(({ finding, reason }): Conflict => {
    const contract = finding.contract ?? null;
    return { network, contract, path: finding.path, reason };
  });
  return conflicts
    .filter((conflict) => !choices.some((choice) => isDecidedBy(conflict, choice)))
    .sort((a, b) => compareText(a.contract ?? '\uffff', b.contract ?? '\uffff') || compareText(a.path, b.path));
}

function isDecidedBy({ contract, path }: Conflict, choice: Choice): boolean {
  if (choice.contract !== contract) return false;
  return choice.path === path || (contract !== null && isAboutAll(choice));
}

function errorsOf(path: string, bytes: Uint8Array | null): Finding[] {
  if (bytes === null) return [];
  const findings = inspectFile({ path, mode: '100644', bytes });
  return findings.filter(({ severity, rule }) => severity === 'error' && !repairedByFormat.has(rule));
}

function textOf(file: MergedNetwork['file'] | undefined): Uint8Array | null {
  return file == null ? null : Buffer.from(networkFileText(file));
}

function keyOf({ rule, path }: Finding): string {
  return `${rule} ${path}`;
}

function placeOf({ rule, line, column, message }: Finding): string {
  return `${line ?? 1}:${column ?? 1} ${rule}: ${message}`;
}
