import { type JsonObject, isObject } from '../json.js';
import { canonicalize } from '../text/canonical.js';
import { segments } from '../text/pointer.js';
import { readText } from '../text/read.js';
import { markedText, wholeMarkedText } from './marked-text.js';
import { mergeMembers } from './merge-members.js';
import type { MergedFile, Marking, ThreeTexts } from './merged-file.js';
import { replaced } from './replaced.js';
import { valueAt } from '../text/value-at.js';
import type { Choice } from './settle.js';

/** Quarantine, configuration and policy by member; what is no JSON object, or stands on one side only, as a whole. */
export function mergeJsonFile(
  path: string,
  texts: ThreeTexts,
  choices: readonly Choice[],
  marking: Marking,
): MergedFile {
  const [read, ours, theirs] = [texts.base, texts.ours, texts.theirs].map(readObject);
  if (read === undefined || ours == null || theirs == null) {
    const conflict = { network: path, contract: null, path: '' };
    return {
      bytes: texts.ours,
      conflicts: [conflict],
      marked: wholeMarkedText(texts, marking),
      settledBase: texts.base,
    };
  }
  const base = choices.reduce((object, choice) => settleMember(object, ours, theirs, choice), read ?? {});
  const merged = mergeMembers(base, ours, theirs);
  const conflicts = merged.conflicts.map((conflict) => ({ network: path, contract: null, ...conflict }));
  const sides = {
    base,
    ours: decided(base, ours, theirs, conflicts, 'ours'),
    theirs: decided(base, ours, theirs, conflicts, 'theirs'),
  };
  return {
    bytes: Buffer.from(canonicalize(merged.value)),
    conflicts,
    marked: conflicts.length === 0 ? null : (markedText(sides, marking) ?? wholeMarkedText(texts, marking)),
    settledBase: choices.length === 0 ? texts.base : Buffer.from(canonicalize(base)),
  };
}

function decided(
  base: JsonObject,
  ours: JsonObject,
  theirs: JsonObject,
  conflicts: readonly { path: string }[],
  side: 'ours' | 'theirs',
): JsonObject {
  const settled = conflicts.reduce(
    (object, { path }) => settleMember(object, ours, theirs, { contract: null, path, side }),
    base,
  );
  return mergeMembers(settled, ours, theirs).value;
}

function settleMember(base: JsonObject, ours: JsonObject, theirs: JsonObject, { path, side }: Choice): JsonObject {
  return replaced(base, segments(path), valueAt(side === 'ours' ? theirs : ours, path));
}

/** Null where there is no file, undefined where it is no JSON object that can be read. */
function readObject(bytes: Uint8Array | null): JsonObject | null | undefined {
  if (bytes === null) return null;
  const read = readText(bytes);
  return read.ok && isObject(read.value) ? read.value : undefined;
}
