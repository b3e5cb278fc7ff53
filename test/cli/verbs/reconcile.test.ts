import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Context } from '../../../src/cli/command.js';
import { runMigrateReconcile } from '../../../src/cli/verbs/migrate/reconcile.js';
import { importLevelDb } from '../../../src/commands/import-leveldb.js';
import { put } from '../../../src/commands/put.js';
import { openRepository } from '../../../src/git/open-repository.js';
import type { StateRepository } from '../../../src/ports/state-repository.js';
import { contractValue, entriesOf, makeStore } from '../../support/leveldb-store.js';
import { type TempRepository, tempRepository } from '../../support/temp-repository.js';
import { verbContext } from '../../support/verb-context.js';

const entries = entriesOf({ '97-Token': contractValue('Token', 97) });

describe('reconcile at a terminal', () => {
  it('asks about each discrepancy with both values and the evidence, and does what is answered', async (t) => {
    const { temp, repository } = await diverged(t);
    const { context, said, asked } = answering(temp, repository, ['l', 'g']);
    const outcome = await runMigrateReconcile({ action: 'reconcile' }, context);
    assert.deepEqual([outcome.error, asked.length], [undefined, 2]);
    assert.match(said.join('\n'), /1754079530056/);
    assert.match(said.join('\n'), /1754079539999/);
    const { commit, left } = outcome.data as { commit: string; left: { place: string }[] };
    assert.equal((await repository.head()).commit, commit);
    assert.deepEqual(
      left.map(({ place }) => place),
      ['bsctestnet/Token/note'],
    );
  });

  it('keeps what was decided before quitting, and leaves the rest open', async (t) => {
    const { temp, repository } = await diverged(t);
    const { context } = answering(temp, repository, ['l', 'q']);
    const outcome = await runMigrateReconcile({ action: 'reconcile' }, context);
    assert.equal(outcome.error?.code, 'CONFLICT');
    assert.notEqual((outcome.data as { commit: string | null }).commit, null);
  });

  it('writes nothing when a question is cancelled', async (t) => {
    const { temp, repository } = await diverged(t);
    const before = await repository.head();
    const { context } = answering(temp, repository, ['l']);
    const outcome = await runMigrateReconcile({ action: 'reconcile' }, context);
    assert.equal(outcome.error?.code, 'CONFLICT');
    assert.deepEqual(await repository.head(), before);
  });
});

async function diverged(t: { after(run: () => void): void }) {
  const temp = tempRepository(t);
  temp.write('.gitignore', 'leveldb/\n');
  temp.commitAll('Begin');
  await makeStore(temp.at('leveldb'), entries);
  const repository = await openRepository(temp.path, { env: temp.env });
  t.after(() => void repository.close());
  const head = { target: { kind: 'head', allowDetached: false }, dryRun: false } as const;
  await importLevelDb(repository, {
    entries,
    wish: {},
    here: true,
    allowDetached: false,
    strict: false,
    dryRun: false,
  });
  const set = [
    { path: 'timestamp', value: 1754079539999 },
    { path: 'note', value: 'ours' },
  ];
  await put(repository, { network: 'bsctestnet', name: 'Token', set }, head);
  return { temp, repository };
}

/** A terminal at which somebody answers with these keys, and cancels the question after the last. */
function answering(temp: TempRepository, repository: StateRepository, keys: readonly string[]) {
  const asked: string[] = [];
  const base = verbContext(repository, true);
  const context: Context = {
    ...base,
    cwd: temp.path,
    environment: temp.env,
    choose(question) {
      asked.push(question);
      return Promise.resolve(keys[asked.length - 1] ?? null);
    },
  };
  return { context, said: base.said, asked };
}
