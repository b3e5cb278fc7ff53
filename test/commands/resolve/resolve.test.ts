import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { choicesOf } from '../../../src/commands/resolve/choose-sides.js';
import { openConflicts, resolve } from '../../../src/commands/resolve/resolve.js';
import { type NetworkFile, networkFileText } from '../../../src/core/model/network-file.js';
import { sealRecord } from '../../../src/core/model/checksum.js';
import type { StateRecord } from '../../../src/core/model/record.js';
import type { Choice } from '../../../src/core/merge/settle.js';
import { StateManagerError } from '../../../src/errors.js';
import type { Unmerged, UnmergedFile } from '../../../src/ports/unmerged.js';
import { arbitraryRecord, fileWith } from '../../support/arbitrary-state.js';

const path = 'deployments/unified/examplenet.unified.json';

function side(file: NetworkFile | null) {
  return file === null ? null : { mode: '100644', oid: '', bytes: Buffer.from(networkFileText(file)) };
}

/** One file in conflict, settled and amended as an index and a work tree would be. */
function memoryMerging(
  base: NetworkFile | null,
  ours: NetworkFile,
  theirs: NetworkFile,
): Unmerged & { result: string | null } {
  const [mine, other] = [side(ours), side(theirs)];
  let file: UnmergedFile | null = {
    root: '',
    path,
    base: side(base),
    ours: mine,
    theirs: other,
    worktree: { path, mode: '100644', bytes: Buffer.from(networkFileText(ours)) },
  };
  const merging: Unmerged & { result: string | null } = {
    result: null,
    operation: () =>
      Promise.resolve({ kind: 'merge', ours: { commit: null, name: 'main' }, theirs: { commit: null, name: 'side' } }),
    unmerged: () => Promise.resolve({ state: file === null ? [] : [file], others: [] }),
    write(settlements) {
      for (const settlement of settlements) {
        if (settlement.kind === 'settle') {
          merging.result = settlement.bytes === null ? '' : Buffer.from(settlement.bytes).toString('utf8');
          file = null;
        } else {
          const bytes = settlement.base;
          file = {
            ...settlement.file,
            base: bytes === null ? null : { mode: '100644', oid: '', bytes },
            worktree: { path, mode: '100644', bytes: Buffer.from(settlement.text ?? '') },
          };
        }
      }
      return Promise.resolve();
    },
    close: () => undefined,
  };
  return merging;
}

type Picks = readonly ('ours' | 'theirs')[];

async function allAtOnce(merging: Unmerged & { result: string | null }, picks: Picks): Promise<string> {
  const open = await openConflicts(merging);
  const choices = open.files.flatMap(({ groups }) =>
    groups.flatMap((group, at) => choicesOf(group, picks[at] ?? 'ours')),
  );
  return settled(merging, new Map([[path, choices]]));
}

/** The same decisions, one call each, each seeing only what is left. */
async function oneByOne(merging: Unmerged & { result: string | null }, picks: Picks): Promise<string> {
  const wanted = (await openConflicts(merging)).files.flatMap(({ groups }) =>
    groups.map((group, at) => choicesOf(group, picks[at] ?? 'ours')),
  );
  for (const choices of [...wanted, []]) {
    const answer = await settled(merging, new Map([[path, choices]]));
    if (answer !== 'open') return answer;
  }
  return 'open';
}

async function settled(
  merging: Unmerged & { result: string | null },
  choices: ReadonlyMap<string, readonly Choice[]>,
): Promise<string> {
  try {
    const { edited, remaining, unkept } = await resolve(merging, await openConflicts(merging), {
      choices,
      dryRun: false,
    });
    assert.deepEqual([edited, unkept], [[], []]);
    if (merging.result !== null) assert.deepEqual(remaining, []);
    return merging.result ?? 'open';
  } catch (error) {
    if (error instanceof StateManagerError && error.code === 'STATE_INVALID') return 'invalid';
    throw error;
  }
}

/** Valid ones: aliases of two records may clash, and an invalid side is no question of who decides when. */
const records = fc
  .uniqueArray(arbitraryRecord(), { maxLength: 3, selector: ({ name }) => name })
  .map((some) => some.map(withoutAliases));

function withoutAliases(sealed: StateRecord): StateRecord {
  const fields = Object.entries(sealed.fields).filter(([name]) => name !== 'aliases' && name !== 'checksum');
  return sealRecord({ ...sealed, fields: Object.fromEntries(fields) });
}

/** Three files of one network; the sides keep every other record of the base and put in their own. */
const diverged = fc.tuple(records, records, records).map(([base, one, two]) => {
  const kept = base.filter((_, at) => at % 2 === 0);
  const apart = (own: readonly StateRecord[]) => {
    const taken = new Set(own.map(({ name }) => name));
    return fileWith(...kept.filter(({ name }) => !taken.has(name)), ...own);
  };
  return { base: fileWith(...base), ours: apart(one), theirs: apart(two) };
});

describe('decisions of conflicts', () => {
  it('come to the same in one call and one by one', async () => {
    const picks = fc.array(fc.constantFrom('ours' as const, 'theirs' as const), { minLength: 12, maxLength: 12 });
    let decided = 0;
    await fc.assert(
      fc.asyncProperty(diverged, picks, async ({ base, ours, theirs }, sides) => {
        const once = await allAtOnce(memoryMerging(base, ours, theirs), sides);
        assert.equal(await oneByOne(memoryMerging(base, ours, theirs), sides), once);
        if (once !== 'invalid') decided += 1;
      }),
      { numRuns: 60 },
    );
    assert.ok(decided > 20, `only ${decided} came to a valid file`);
  });
});
