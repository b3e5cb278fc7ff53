import assert from 'node:assert/strict';
import { mkdirSync, readdirSync } from 'node:fs';
import { describe, it, type TestContext } from 'node:test';
import { importLevelDb, type ImportRequest } from '../../src/commands/import-leveldb.js';
import { openRepository } from '../../src/git/open-repository.js';
import type { CommitPlan, StateRepository, StateTree, WriteIntent } from '../../src/ports/state-repository.js';
import { memoryRepository } from '../support/memory-repository.js';
import { generatedEntries } from '../support/migration-source.js';
import { tempRepository } from '../support/temp-repository.js';

// What an import of a large database costs must not grow faster than the database: counted here, measured by `npm run bench:import`.

describe('an import of many networks', () => {
  it('starts as many git processes as one of few', async (t) => {
    const few = await processesOf(t, 3);
    assert.ok(few > 5, 'git says what it starts');
    assert.equal(await processesOf(t, 24), few);
  });

  it('settles a network when its commit is next, not before', async () => {
    const repository = memoryRepository({ 'README.md': 'mine' });
    const ahead: number[] = [];
    let settled = 0;
    const watched = watching(repository, (plan, at) => {
      assert.ok(plan.files.size > 0);
      ahead.push(settled - at);
      return plan;
    });
    const relieve = (): void => {
      settled += 1;
    };
    const { data } = await importLevelDb(watched, { ...request(20), relieve });
    assert.equal(data.commits.length, 20);
    // Where HEAD lacks the first network there is something to write: the second says no more about that.
    assert.ok(Math.max(...ahead) <= 4, `at most four, not ${Math.max(...ahead)}`);
  });

  it('never reads two networks that are there already at once', async () => {
    const repository = memoryRepository({ 'README.md': 'mine' });
    await importLevelDb(repository, { ...request(12), here: true });
    const asked: number[] = [];
    const again = await importLevelDb(reading(repository, asked), request(12));
    assert.deepEqual([again.data.commits, again.data.unchanged], [[], 24]);
    assert.ok(asked.length > 12);
    assert.equal(Math.max(...asked), 1);
  });
});

function request(networks: number): ImportRequest {
  const entries = [...generatedEntries(networks, 2)];
  return { entries, wish: {}, here: false, allowDetached: false, strict: false, dryRun: false };
}

/** How many times git was started, as git itself tells. */
async function processesOf(t: TestContext, networks: number): Promise<number> {
  const temp = tempRepository(t);
  temp.commitAll('Start');
  const traces = temp.at('..', 'traces');
  mkdirSync(traces);
  const repository = await openRepository(temp.path, { env: { ...temp.env, GIT_TRACE2_EVENT: traces } });
  try {
    const { data } = await importLevelDb(repository, request(networks));
    assert.equal(data.commits.length, networks);
  } finally {
    await repository.close();
  }
  return readdirSync(traces).length;
}

/** Lets a test see each plan when it is taken, with its place. */
function watching(repository: StateRepository, take: (plan: CommitPlan, at: number) => CommitPlan): StateRepository {
  return {
    ...repository,
    write: (intent: WriteIntent) =>
      repository.write({
        ...intent,
        async plan(tree) {
          const plans = await intent.plan(tree);
          return (async function* () {
            let at = 0;
            for await (const plan of plans) yield take(plan, at++);
          })();
        },
      }),
  };
}

/** Notes how many files each read asks for. */
function reading(repository: StateRepository, asked: number[]): StateRepository {
  const noting = (tree: StateTree): StateTree => ({
    ...tree,
    read(paths, known) {
      asked.push(paths.length);
      return tree.read(paths, known);
    },
  });
  return {
    ...repository,
    at: async (place) => noting(await repository.at(place)),
    write: (intent) => repository.write({ ...intent, plan: (tree) => intent.plan(noting(tree)) }),
  };
}
