import assert from 'node:assert/strict';
import process from 'node:process';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { arbitraryMerge } from '../../support/arbitrary-merge.js';
import { checkLaws } from './laws.js';

// `npm run merges` runs a hundred thousand; STATEROOT_MERGES and STATEROOT_SEED choose others.
const count = Number(process.env['STATEROOT_MERGES'] ?? 500);
const seed = Number(process.env['STATEROOT_SEED'] ?? 20_250_813);

describe(`${count} generated merges (seed ${seed})`, () => {
  it('satisfy every law of merging', (t) => {
    const tally = { clean: 0, conflict: 0, refused: 0 };
    fc.assert(
      fc.property(arbitraryMerge(), (texts) => {
        tally[checkLaws(texts)] += 1;
      }),
      { numRuns: count, seed, includeErrorInReport: true },
    );
    t.diagnostic(JSON.stringify(tally));
    assert.ok(tally.clean > count / 5 && tally.conflict > count / 5 && tally.refused > 0);
  });
});
