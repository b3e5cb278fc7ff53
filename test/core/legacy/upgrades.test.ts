import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Json } from '../../../src/core/json.js';
import { mergeUpgrades, type Upgrade, upgradeJson, upgradeRuns } from '../../../src/core/legacy/upgrades.js';

const a = { implementation: 'A', implementationHash: '1', timestamp: 1 };
const b = { implementation: 'B', implementationHash: '2', timestamp: 2 };
const upgrade = fc.record(
  {
    implementation: fc.constantFrom('A', 'B', 'C'),
    implementationHash: fc.constantFrom('1', '2'),
    timestamp: fc.integer({ min: 1, max: 9 }),
    source: fc.constantFrom({ file: 'x' }, { file: 'y' }),
  },
  { requiredKeys: ['implementation', 'timestamp'] },
);

describe('upgrades', () => {
  for (const [title, seen, runs] of [
    ['of one code seen often are one, since the first', [{ ...a, timestamp: 3 }, a], [a]],
    ['back to old code are one more', [a, b, { ...a, timestamp: 3 }], [a, b, { ...a, timestamp: 3 }]],
    ['by another hash of the same address are another', [a, { ...a, implementationHash: '3', timestamp: 2 }], null],
    ['of one time stand by code', [{ ...b, timestamp: 1 }, a], [a, { ...b, timestamp: 1 }]],
  ] as const) {
    it(title, () => {
      assert.deepEqual(upgradeRuns(seen), runs ?? seen);
    });
  }

  it('that say nothing new leave what is there as it is, and so does a list of something else', () => {
    assert.equal(mergeUpgrades([a, b], [b]), null);
    assert.equal(mergeUpgrades([b, a], [b]), null);
    assert.equal(mergeUpgrades([{ ...a, source: { file: 'mine' } }], [{ ...a, source: { file: 'other' } }]), null);
    for (const there of ['text', [1], [{ ...a, timestamp: 'x' }], [{ timestamp: 1 }]]) {
      assert.equal(mergeUpgrades(there, [b]), null);
    }
    assert.equal(mergeUpgrades(undefined, []), null);
  });

  it('that are new take their place, and members nobody knows stay', () => {
    const known = { ...b, note: 'mine' };
    assert.deepEqual(mergeUpgrades([known], [a]), [a, known]);
  });

  it('merged once change nothing when they are merged again', () => {
    fc.assert(
      fc.property(fc.array(upgrade), fc.array(upgrade), (there, found) => {
        const merged = mergeUpgrades(there.map(json), found.map(readable));
        const next = merged ?? there.map(json);
        assert.equal(mergeUpgrades(next, found.map(readable)), null);
      }),
    );
  });
});

function readable(one: Partial<Upgrade> & Pick<Upgrade, 'implementation' | 'timestamp'>): Upgrade {
  return { ...one };
}

function json(one: Upgrade): Json {
  return upgradeJson(one);
}
