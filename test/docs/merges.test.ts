import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { sharedData } from '../support/shared-data.js';
import { mergesPage } from './merges-page.js';
import { type Addresses, type RealMerge, realMerges } from './real-merges.js';

async function cases(t: TestContext): Promise<RealMerge[] | null> {
  const folder = sharedData('merges');
  if (folder !== null) return realMerges(folder);
  t.skip('the shared data is not here');
  return null;
}

/** What a merge of objects key by key says: the value of the side that changed; null when both did, apart. */
function byKey(name: string, { base, ours, theirs }: RealMerge): string | undefined | null {
  const [before, mine, other] = [base, ours, theirs].map((side: Addresses) => side.get(name));
  if (mine === other || before === other) return mine;
  return before === mine ? other : null;
}

describe('real merges of deployment files that git could not merge', () => {
  it('come out as key-by-key merging says wherever that says anything, and no key is lost', async (t) => {
    for (const merge of (await cases(t)) ?? []) {
      const names = new Set([...merge.base.keys(), ...merge.ours.keys(), ...merge.theirs.keys()]);
      const open = new Set(merge.conflicts.map(({ contract }) => contract));
      for (const name of names) {
        const expected = byKey(name, merge);
        assert.equal(open.has(name), expected === null, `${merge.name}: ${name}`);
        if (expected !== null) assert.equal(merge.merged.get(name), expected, `${merge.name}: ${name}`);
      }
      assert.deepEqual(
        [...merge.merged.keys()].filter((name) => !names.has(name)),
        [],
      );
    }
  });

  it('are told in docs/merges.md (npm run docs:merges)', async (t) => {
    const merges = await cases(t);
    if (merges === null) return;
    const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'merges.md'), 'utf8');
    assert.equal(page, mergesPage(merges));
  });
});
