import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type JsonObject, type Json } from '../../../src/core/json.js';
import { mergeStateFile } from '../../../src/core/merge/merge-state-file.js';
import type { Choice } from '../../../src/core/merge/settle.js';
import { canonicalize } from '../../../src/core/text/canonical.js';
import { readText } from '../../../src/core/text/read.js';

const path = 'deployments/quarantine/97.json';
const values = fc.constantFrom<Json>(1, 2, [1], { c: 1 }, { c: 2, d: [] }, { d: null });
const objects = fc.dictionary(fc.constantFrom('a', 'b', 'toString', 'x/y~z'), values, { noNullPrototype: true });

function bytesOf(value: JsonObject): Uint8Array {
  return Buffer.from(canonicalize(value));
}

function shownText(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : Buffer.from(bytes).toString('utf8');
}

describe('a merge of a state file that is no network', () => {
  it('keeps what one side changed, surfaces what both did, and is settled in any order', () => {
    let conflicts = 0;
    fc.assert(
      fc.property(objects, objects, objects, (before, mine, other) => {
        const [base, ours, theirs] = [before, mine, other].map(bytesOf);
        const texts = { base: base ?? null, ours: ours ?? null, theirs: theirs ?? null };
        const merged = mergeStateFile(path, texts);
        const swapped = mergeStateFile(path, { base: texts.base, ours: texts.theirs, theirs: texts.ours });
        assert.deepEqual(
          swapped.conflicts.map(({ path: place }) => place),
          merged.conflicts.map(({ path: place }) => place),
        );
        if (merged.conflicts.length === 0) assert.equal(shownText(swapped.bytes), shownText(merged.bytes));
        else assert.ok(merged.marked !== null && !readText(Buffer.from(merged.marked)).ok);
        conflicts += merged.conflicts.length;
        for (const side of ['ours', 'theirs'] as const) {
          const choices = merged.conflicts.map((conflict): Choice => ({ ...conflict, side }));
          const settled = mergeStateFile(path, texts, choices);
          assert.deepEqual(settled.conflicts, []);
          assert.equal(shownText(mergeStateFile(path, texts, choices.reverse()).bytes), shownText(settled.bytes));
          const again = mergeStateFile(path, { ...texts, base: settled.settledBase });
          assert.deepEqual([again.conflicts, shownText(again.bytes)], [[], shownText(settled.bytes)]);
        }
      }),
      { numRuns: 500, seed: 20_250_813 },
    );
    assert.ok(conflicts > 100);
  });

  it('is one decision where a side removed it, or is not JSON', () => {
    const [base, ours] = [bytesOf({ a: 1 }), bytesOf({ a: 2 })];
    for (const theirs of [null, Buffer.from('{')]) {
      const { conflicts, marked } = mergeStateFile(path, { base, ours, theirs });
      assert.deepEqual(
        conflicts.map((conflict) => [conflict.network, conflict.path]),
        [[path, '']],
      );
      assert.ok(marked !== null);
      const choice = { contract: null, path: '', side: 'theirs' } as const;
      assert.equal(mergeStateFile(path, { base, ours, theirs }, [choice]).bytes, theirs);
    }
  });
});
