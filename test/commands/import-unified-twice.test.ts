import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { importUnified } from '../../src/commands/import-unified.js';
import { inspectTree } from '../../src/core/inspect/inspect.js';
import type { JsonObject } from '../../src/core/json.js';
import { StateManagerError } from '../../src/errors.js';
import { habits, habitText } from '../core/fold/arbitrary-habits.js';
import { memoryRepository } from '../support/memory-repository.js';

describe('importing a 3.0 file over another', () => {
  it('leaves valid state, and nothing to do for the second time', async () => {
    await fc.assert(
      fc.asyncProperty(habits, habits, async (before, after) => {
        const repository = memoryRepository({ 'README.md': 'mine' });
        const come = (root: JsonObject) => {
          const file = { ...root, chainId: 4242 };
          const name = 'examplenet.unified.json';
          const files = [{ name, path: name, bytes: Buffer.from(habitText(file)) }];
          return importUnified(repository, { files, here: true, allowDetached: false, strict: false, dryRun: false });
        };
        await come(before);
        try {
          await come(after);
        } catch (error) {
          // A hash that a section of one names for a record of the other: a person decides.
          assert.ok(error instanceof StateManagerError && error.code === 'STATE_INVALID');
          fc.pre(false);
        }
        const { commit } = await repository.head();
        const tree = await repository.at({ commit: commit ?? '' });
        const errors = inspectTree(await tree.read(await tree.paths()), '').filter(
          ({ severity }) => severity === 'error',
        );
        assert.deepEqual(errors, []);
        assert.deepEqual((await come(after)).data.commits, []);
      }),
      { numRuns: 60 },
    );
  });
});
