import assert from 'node:assert/strict';
import type { Json } from '../../../src/core/json.js';
import { isObject } from '../../../src/core/json.js';
import type { Conflict } from '../../../src/core/merge/conflict.js';
import type { MergedFile, ThreeTexts } from '../../../src/core/merge/merged-file.js';
import { mergeStateFile } from '../../../src/core/merge/merge-state-file.js';
import type { Choice } from '../../../src/core/merge/settle.js';
import { recordChecksum } from '../../../src/core/model/checksum.js';
import { type NetworkFile, recordNamed, recordsOf } from '../../../src/core/model/network-file.js';
import { canonicalize } from '../../../src/core/text/canonical.js';
import { readText } from '../../../src/core/text/read.js';
import { mergedPath } from '../../support/arbitrary-merge.js';
import {
  errorsIn,
  expectedMerge,
  filesOf,
  isWholeDecision,
  pick,
  text,
  unitFields,
  unitOf,
} from '../../support/merge-oracle.js';

type Files = NonNullable<ReturnType<typeof filesOf>>;
type Side = Choice['side'];

export function merge(texts: ThreeTexts, choices: readonly Choice[] = []): MergedFile {
  return mergeStateFile(mergedPath, texts, choices);
}

/** Every law of merging three texts; throws where one is broken. Answers whether it came to a conflict. */
export function checkLaws(texts: ThreeTexts): 'clean' | 'conflict' | 'refused' {
  assertTrivial(texts);
  const merged = merge(texts);
  assertSymmetric(texts, merged);
  assertMarked(merged);
  const files = filesOf(texts);
  if (files === null) {
    assertSettled(texts, merged, null);
    return merged.conflicts.length === 0 ? 'clean' : 'refused';
  }
  assertExpected(texts, files, merged);
  assertSettled(texts, merged, files);
  assertPartial(texts, merged);
  if (merged.conflicts.length > 0) return 'conflict';
  assertSound(texts, files, merged);
  return 'clean';
}

/** A side that did not move gives way byte for byte. */
function assertTrivial({ base, ours, theirs }: ThreeTexts): void {
  for (const [sides, result] of [
    [{ base, ours, theirs: base }, ours],
    [{ base, ours: base, theirs }, theirs],
    [{ base, ours, theirs: ours }, ours],
  ] as const) {
    const merged = merge(sides);
    assert.deepEqual(merged.conflicts, [], 'trivial: a conflict');
    assert.equal(shownText(merged.bytes), shownText(result), 'trivial: other bytes');
  }
}

function assertSymmetric({ base, ours, theirs }: ThreeTexts, merged: MergedFile): void {
  const swapped = merge({ base, ours: theirs, theirs: ours });
  const places = ({ conflicts }: MergedFile, mine: Side, other: Side) =>
    conflicts
      .map((conflict) =>
        text({
          ...conflict,
          ours: conflict[mine] ?? '-',
          theirs: conflict[other] ?? '-',
          reason: reasonKey(conflict, mine),
        }),
      )
      .sort();
  assert.deepEqual(places(swapped, 'theirs', 'ours'), places(merged, 'ours', 'theirs'), 'symmetric: other conflicts');
  if (merged.conflicts.length === 0)
    assert.equal(shownText(swapped.bytes), shownText(merged.bytes), 'symmetric: other text');
}

/** What the reason says of the side that stands first, and of the other. */
function reasonKey({ reason = '' }: Conflict, mine: Side): string {
  const named = reason.matchAll(/(?:^|; )(base|ours|theirs|the two together) [^,]*/g);
  const sides = [...named].map(([, side = '']) =>
    side === 'ours' || side === 'theirs' ? String(side === mine) : side,
  );
  return sides.sort().join(' ');
}

/** What git leaves in the file is never state, and shows both sides, with markers of the size git asks for. */
function assertMarked({ conflicts, marked }: MergedFile): void {
  if (conflicts.length === 0) {
    assert.equal(marked, null);
    return;
  }
  assert.ok(marked !== null, 'marked: no text');
  const read = readText(Buffer.from(marked));
  assert.ok(!read.ok && ['json-conflict', 'json-syntax'].includes(read.refusal.rule), 'marked: it reads as state');
  for (const marker of ['<', '|', '=', '>']) {
    assert.match(marked, new RegExp(`^\\${marker}{7}(?:$| )`, 'm'), 'marked: no marker');
  }
  for (const { contract, path, ours, theirs } of conflicts) {
    if (contract === null && path === '') continue;
    for (const value of [...scalars(ours), ...scalars(theirs)])
      assert.ok(marked.includes(JSON.stringify(value)), 'marked: a value is missing');
  }
}

function scalars(value: Json | undefined): Json[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(scalars);
  return isObject(value) ? Object.values(value).flatMap(scalars) : [value];
}

/** Conflicts and values as the oracle has them. */
function assertExpected(texts: ThreeTexts, files: Files, merged: MergedFile): void {
  const { base, ours, theirs } = texts;
  const same = (a: Uint8Array | null, b: Uint8Array | null) => shownText(a) === shownText(b);
  if (same(base, ours) || same(base, theirs) || same(ours, theirs)) return;
  const plain = merged.conflicts.filter(({ reason }) => reason === undefined);
  if (files.ours === undefined || files.theirs === undefined) {
    assert.deepEqual(
      plain.map(({ contract, path }) => [contract, path]),
      [[null, '']],
      'gone: not one decision',
    );
    return;
  }
  const expected = expectedMerge(files);
  const found = plain.map(({ contract, path }) => {
    if (contract === null) return `- ${path}`;
    const sides = recordsNamed(files, contract);
    if (isWholeDecision(sides)) return `${contract} *`;
    return `${contract} ${unitOf(path, sides)}`;
  });
  assert.deepEqual([...new Set(found)].sort(), expected.conflicts, 'oracle: other conflicts');
  assertReasons(texts, merged);
  assert.ok(merged.bytes !== null);
  const result = filesOf({ base: null, ours: merged.bytes, theirs: null })?.ours;
  assert.ok(result !== undefined);
  for (const [name, fields] of expected.records) {
    const record = recordNamed(result, name);
    const { checksum, ...rest } = record?.fields ?? {};
    assert.equal(
      record === null ? null : text([record.category, rest]),
      fields,
      `oracle: ${name} is another, ${text(checksum)}`,
    );
  }
  const names = new Set([...expected.records.keys(), ...plain.map(({ contract }) => contract)]);
  assert.deepEqual(
    recordsOf(result).filter(({ name }) => !names.has(name)),
    [],
    'oracle: a record nobody wrote',
  );
  if (!expected.conflicts.some((conflict) => conflict.startsWith('- '))) {
    for (const key of ['configuration', 'topology', 'x-own', 'extended_Orphan']) {
      assert.equal(
        text(result.root[key]),
        text(isObject(expected.sections) ? expected.sections[key] : undefined),
        `oracle: ${key}`,
      );
    }
  }
}

/** An error that a side brought is a conflict, and so is one that only the two make. */
function assertReasons({ base, ours, theirs }: ThreeTexts, merged: MergedFile): void {
  const known = errorsIn(mergedPath, base);
  const brought = (['ours', 'theirs'] as const).flatMap((side) =>
    [...errorsIn(mergedPath, side === 'ours' ? ours : theirs)]
      .filter(
        (error) =>
          !known.has(error) &&
          !/^(?:text-canonical|category-empty|field-misplaced|field-twice|address-case|hash-case) /.test(error),
      )
      .map((error) => `${side} ${error.replace(/^\S+ /, '')}`),
  );
  const reasons = merged.conflicts.filter(({ reason }) => reason !== undefined);
  const sided = reasons.filter(({ reason = '' }) => /^(?:ours|theirs) /.test(reason));
  assert.deepEqual(
    sided.map(({ reason = '', path }) => `${reason.split(' ')[0] ?? ''} ${path}`).sort(),
    brought.sort(),
    'invalid: not as the sides are',
  );
}

/** Taking one side everywhere leaves no conflict and gives that side's units; the order of decisions is of no account. */
function assertSettled(texts: ThreeTexts, merged: MergedFile, files: Files | null): void {
  for (const side of ['ours', 'theirs'] as const) {
    let choices: Choice[] = [];
    let settled = merged;
    for (let round = 0; round < 5 && settled.conflicts.length > 0; round += 1) {
      choices = [...choices, ...settled.conflicts.map((conflict) => ({ ...conflict, side }))];
      settled = merge(texts, choices);
    }
    assert.deepEqual(settled.conflicts, [], `settled by ${side}: a conflict is left`);
    if (choices.length === 0) return;
    const again = merge(texts, [...choices].reverse());
    assert.equal(shownText(again.bytes), shownText(settled.bytes), 'settled: the order counts');
    if (files === null || files.ours === undefined || files.theirs === undefined) {
      assert.equal(shownText(settled.bytes), shownText(texts[side]), 'settled: not that side');
      continue;
    }
    if (settled.bytes === null) continue;
    const result = filesOf({ base: null, ours: settled.bytes, theirs: null })?.ours;
    assert.ok(result !== undefined);
    for (const { contract, path, reason } of choices) {
      if (contract === null || reason !== undefined) continue;
      const sides = recordsNamed(files, contract);
      const names = isWholeDecision(sides) || path === 'checksum' ? null : unitFields(unitOf(path, sides), sides);
      const now = recordNamed(result, contract);
      const wanted = sides[side];
      if (names === null)
        assert.equal(text(now?.fields), text(wanted?.fields), `settled by ${side}: ${contract} is another`);
      else if (path === 'category') assert.equal(now?.category, wanted?.category);
      else
        assert.equal(
          pick(now?.fields ?? {}, names),
          pick(wanted?.fields ?? {}, names),
          `settled by ${side}: ${contract} ${path}`,
        );
    }
  }
}

/** Some decisions, remembered in the base, leave exactly the others. */
function assertPartial(texts: ThreeTexts, merged: MergedFile): void {
  const choices = merged.conflicts.flatMap((conflict, at) =>
    at % 3 === 2 || conflict.path === ''
      ? []
      : [{ ...conflict, side: at % 2 === 0 ? ('ours' as const) : ('theirs' as const) }],
  );
  if (choices.length === 0) return;
  const some = merge(texts, choices);
  const reversed = merge(texts, [...choices].reverse());
  assert.equal(shownText(reversed.bytes), shownText(some.bytes), 'partial: the order counts');
  const again = merge({ ...texts, base: some.settledBase });
  const plain = ({ conflicts }: MergedFile) =>
    conflicts.flatMap(({ contract, path, reason }) => (reason === undefined ? [`${contract ?? '-'} ${path}`] : []));
  assert.deepEqual(plain(again), plain(some), 'partial: other conflicts are left');
  if (plain(some).length === 0 || again.conflicts.length === some.conflicts.length) {
    assert.equal(shownText(again.bytes), shownText(some.bytes), 'partial: other text');
  }
  // A side that has not moved gives way as it is, also to one that is invalid: that is the gate's to refuse.
  if ([texts.ours, texts.theirs].some((side) => shownText(side) === shownText(some.settledBase))) return;
  // A side that is invalid and chosen all the same is said again: the base has no room for it.
  const left = new Set(again.conflicts.map(({ contract, path }) => `${contract ?? '-'} ${path}`));
  for (const { contract, path } of some.conflicts)
    assert.ok(left.has(`${contract ?? '-'} ${path}`), 'partial: a conflict is lost');
}

/** Canonical, sealed where it is new, no error that no side had, no seal made to hold; merging again changes nothing. */
function assertSound(texts: ThreeTexts, files: Files, merged: MergedFile): void {
  if (merged.bytes === null) return;
  const result = filesOf({ base: null, ours: merged.bytes, theirs: null })?.ours;
  assert.ok(result !== undefined);
  const moved =
    shownText(merged.bytes) !== shownText(texts.ours) && shownText(merged.bytes) !== shownText(texts.theirs);
  if (moved) assert.equal(shownText(merged.bytes), canonicalize(result.root), 'sound: not canonical');
  const known = new Set([texts.base, texts.ours, texts.theirs].flatMap((each) => [...errorsIn(mergedPath, each)]));
  const made = [...errorsIn(mergedPath, merged.bytes)].filter((error) => !known.has(error));
  assert.deepEqual(made, [], 'sound: an error of its own');
  for (const record of recordsOf(result)) {
    const sides = recordsNamed(files, record.name);
    const isNew = [sides.ours, sides.theirs].every((side) => text(side?.fields) !== text(record.fields));
    if (isNew) assert.equal(record.fields['checksum'], recordChecksum(record), 'sound: a new record is not sealed');
  }
  const again = (sides: ThreeTexts) => {
    const twice = merge(sides);
    assert.deepEqual(twice.conflicts, [], 'idempotent: a conflict');
    assert.equal(shownText(twice.bytes), shownText(merged.bytes), 'idempotent: it changes');
  };
  const { base, ours, theirs } = texts;
  again({ base: ours, ours: merged.bytes, theirs: ours });
  again({ base: theirs, ours: theirs, theirs: merged.bytes });
  again({ base, ours: merged.bytes, theirs });
  again({ base, ours, theirs: merged.bytes });
}

function recordsNamed(files: Files, name: string) {
  const named = (file: NetworkFile | undefined) =>
    file === undefined ? undefined : (recordNamed(file, name) ?? undefined);
  return { base: named(files.base), ours: named(files.ours), theirs: named(files.theirs) };
}

function shownText(bytes: Uint8Array | null): string {
  return bytes === null ? '(absent)' : Buffer.from(bytes).toString('utf8');
}
