import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { withRecords } from '../../../src/core/legacy/with-records.js';
import { emptyNetworkFile, recordsOf, withRecord } from '../../../src/core/model/network-file.js';
import type { StateRecord } from '../../../src/core/model/record.js';

const record = fc
  .record({
    category: fc.constantFrom('core', 'protocol', 'other'),
    name: fc.constantFrom('A', 'B', 'a/b.sol:C', '10', '9'),
    fields: fc.record({ implementation: fc.constantFrom('x', 'y'), timestamp: fc.option(fc.nat(3)) }),
  })
  .map((part): StateRecord => ({ network: 'n', chainId: 1, ...part }));

describe('writing many records at once', () => {
  it('gives the file that writing them one by one gives', () => {
    const records = fc.uniqueArray(record, { selector: ({ name }) => name, maxLength: 5 });
    fc.assert(
      fc.property(records, records, (there, written) => {
        const file = there.reduce(withRecord, emptyNetworkFile({ network: 'n', chainId: 1 }));
        const before = new Map(recordsOf(file).map((one) => [one.name, one]));
        assert.deepEqual(withRecords(file, before, written), written.reduce(withRecord, file));
      }),
      { seed: 11, numRuns: 500 },
    );
  });
});
