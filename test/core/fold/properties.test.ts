import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type FoldedFile, foldFile } from '../../../src/core/fold/fold.js';
import { readFoldSource } from '../../../src/core/fold/fold-source.js';
import { inspectFile } from '../../../src/core/inspect/inspect.js';
import { habits, habitText } from './arbitrary-habits.js';
import { lostLeaves } from './lost-leaves.js';

const place = { network: 'examplenet', chainId: 4242 };

describe('folding', () => {
  it('makes a file that inspection finds nothing wrong with', () => {
    fc.assert(
      fc.property(habits, (root) => {
        const { text } = folded(habitText(root));
        const path = 'deployments/unified/examplenet.unified.json';
        const findings = inspectFile({ path, mode: '100644', bytes: Buffer.from(text) });
        assert.deepEqual(
          findings.filter(({ rule }) => rule !== 'timestamp-unit'),
          [],
        );
      }),
      { numRuns: 600 },
    );
  });

  it('changes and reports nothing the second time', () => {
    fc.assert(
      fc.property(habits, (root) => {
        const { text } = folded(habitText(root));
        const again = folded(text);
        assert.equal(again.text, text);
        assert.deepEqual([again.folded, again.ambiguous, again.quarantined], [[], [], []]);
      }),
      { numRuns: 600 },
    );
  });

  it('loses no leaf: each is in the result, or named in the report', () => {
    fc.assert(
      fc.property(habits, (root) => {
        const text = habitText(root);
        assert.deepEqual(lostLeaves(text, folded(text)), []);
      }),
      { numRuns: 600 },
    );
  });
});

function folded(text: string): FoldedFile {
  const read = readFoldSource(Buffer.from(text));
  assert.ok(read.ok);
  const result = foldFile(read.source, place);
  assert.ok(result.ok, JSON.stringify('findings' in result ? result.findings : ''));
  return result;
}
