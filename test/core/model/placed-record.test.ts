import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JsonObject } from '../../../src/core/json.js';
import { fieldIn, placedRecords, unionOf } from '../../../src/core/model/placed-record.js';

const names = ['proxy', 'implementation', 'timestamp', 'note', 'constructor', 'absent'];
const sides: readonly (JsonObject | undefined)[] = [
  undefined,
  {},
  { proxy: 1, implementation: null, timestamp: 2, note: 3 },
  { implementation: 4, timestamp: '', constructor: 5 },
];

describe('one field of a record', () => {
  for (const [i, entry] of sides.entries()) {
    for (const [j, extended] of sides.entries()) {
      it(`is what the union of both objects has (${i}, ${j})`, () => {
        const root = { contracts: { core: { X: entry ?? 'none' } }, ...(extended && { extended_X: extended }) };
        const [placed] = placedRecords(root);
        assert.ok(placed !== undefined);
        for (const name of names) assert.deepEqual(fieldIn(placed, name), unionOf(placed).get(name) ?? null, name);
      });
    }
  }
});
