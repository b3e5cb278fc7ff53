import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Context, Outcome } from '../../../src/cli/command.js';
import { outcomeEnvelope } from '../../../src/cli/envelope.js';
import { runResolve } from '../../../src/cli/verbs/resolve.js';
import { StateManagerError } from '../../../src/errors.js';
import type { Unmerged, Operation, Settlement, UnmergedFile } from '../../../src/ports/unmerged.js';
import { networkText, proxied } from '../../support/deployments.js';
import { memoryRepository } from '../../support/memory-repository.js';
import { terminal, verbContext } from '../../support/verb-context.js';

const path = 'deployments/unified/bsctestnet.unified.json';
const names = ['Oracle', 'Vault'];

function text(...versions: (string | number)[]): string {
  const contracts = names.map((name, at) => [name, proxied(name, versions[at] ?? versions[0])] as const);
  return networkText('bsctestnet', 97, Object.fromEntries(contracts));
}

function side(content: string) {
  return { mode: '100644', oid: content.length.toString(), bytes: Buffer.from(content) };
}

const conflicted: UnmergedFile = {
  root: '',
  path,
  base: side(text(1)),
  ours: side(text('main')),
  theirs: side(text('side')),
  worktree: { path, mode: '100644', bytes: Buffer.from(text('main')) },
};

type Told = { readonly written: Settlement[]; readonly asked: string[]; readonly said: string[] };

/** A person at the terminal who presses these keys, null for none there; `undefined` as a key cancels. */
function around(
  keys: readonly (string | undefined)[] | null,
  state: readonly UnmergedFile[] = [conflicted],
  operation: Partial<Operation> = {},
): Context & Told {
  const written: Settlement[] = [];
  const left = [...(keys ?? [])];
  const sides = { ours: { commit: null, name: 'main' }, theirs: { commit: null, name: 'side' } };
  const merging: Unmerged = {
    operation: () => Promise.resolve({ kind: 'merge', ...sides, ...operation }),
    unmerged: () => Promise.resolve({ state, others: [] }),
    write(settlements) {
      written.push(...settlements);
      return Promise.resolve();
    },
    close: () => undefined,
  };
  const context = verbContext(memoryRepository(), keys === null ? null : true);
  return {
    ...context,
    written,
    openUnmerged: () => Promise.resolve(merging),
    choose(question) {
      context.asked.push(question);
      return Promise.resolve(left.shift() ?? null);
    },
  };
}

function settled(context: Told): string[] {
  return context.written.map((settlement) =>
    settlement.kind === 'settle' ? Buffer.from(settlement.bytes ?? []).toString('utf8') : settlement.kind,
  );
}

function notes(outcome: Outcome): string {
  return outcome.notes?.(terminal) ?? '';
}

describe('resolve at a terminal', () => {
  it('asks once for each unit and says what a script would say', async () => {
    const context = around(['o', 't']);
    const outcome = await runResolve({}, context);
    assert.equal(context.asked.length, 2);
    assert.deepEqual(settled(context), [text('main', 'side')]);
    assert.equal(outcome.error, undefined);
    assert.match(
      notes(outcome),
      /--ours bsctestnet\/Oracle\/implementation --theirs bsctestnet\/Vault\/implementation/,
    );
  });

  it('keeps what was decided when a question is skipped, or the rest is left', async () => {
    for (const keys of [
      ['s', 't'],
      ['t', 'q'],
    ]) {
      const context = around(keys);
      const outcome = await runResolve({}, context);
      assert.deepEqual(settled(context), ['amend']);
      assert.equal(outcome.error?.code, 'CONFLICT');
      assert.equal((outcome.error.details['conflicts'] as unknown[]).length, 2);
    }
  });

  it('writes nothing when nothing was decided, or the question was cancelled', async () => {
    for (const keys of [['q'], ['s', 's'], [undefined], ['o', undefined]]) {
      const context = around(keys);
      const outcome = await runResolve({}, context);
      assert.deepEqual(settled(context), []);
      assert.equal(outcome.error?.code, 'CONFLICT');
    }
  });

  it('does not ask about a file that somebody edited', async () => {
    const edited = { ...conflicted, worktree: { path, mode: '100644', bytes: Buffer.from(text('by hand')) } };
    const context = around(['o', 'o'], [edited]);
    const outcome = await runResolve({}, context);
    assert.deepEqual([context.asked, settled(context), outcome.error?.code], [[], [], 'CONFLICT']);
    assert.match(notes(outcome), /edited by hand and is valid/);
  });
});

describe('resolve elsewhere', () => {
  it('decides nothing by itself', async () => {
    const context = around(null);
    await assert.rejects(
      runResolve({}, context),
      (error) => error instanceof StateManagerError && error.code === 'CONFIRMATION_NEEDED',
    );
    assert.deepEqual(settled(context), []);
  });

  it('answers with data and the conflicts that are left, in one document', async () => {
    const outcome = await runResolve({ theirs: ['bsctestnet/Oracle'] }, around(null));
    const document = JSON.parse(outcomeEnvelope(outcome)) as {
      ok: boolean;
      data: { resolved: unknown[]; remaining: unknown[]; operation: { kind: string } };
      error: { code: string; details: { conflicts: unknown[] } };
    };
    assert.equal(document.ok, false);
    assert.deepEqual(document.data.resolved, []);
    assert.equal(document.data.operation.kind, 'merge');
    assert.equal(document.error.code, 'CONFLICT');
    assert.deepEqual(document.error.details.conflicts, document.data.remaining);
  });

  it('does not look and decide at once', async () => {
    const context = around(null);
    await assert.rejects(
      runResolve({ list: true, ours: ['bsctestnet'] }, context),
      (error) => error instanceof StateManagerError && error.code === 'BAD_USAGE',
    );
  });

  it('names the commands of what is in progress', async () => {
    const kinds: [Operation['kind'], RegExp, RegExp][] = [
      ['merge', /git commit$/m, /git merge --abort/],
      ['rebase', /git rebase --continue/, /git rebase --abort/],
      ['am', /git am --continue/, /git am --abort/],
      ['cherry-pick', /git cherry-pick --continue/, /git cherry-pick --abort/],
      ['revert', /git revert --continue/, /git revert --abort/],
      ['stash', /git stash drop/, /git restore --source=HEAD --staged --worktree -- deployments/],
      [null, /git commit$/m, /git restore --source=HEAD/],
    ];
    for (const [kind, finish, abandon] of kinds) {
      const outcome = await runResolve({ ours: ['bsctestnet'] }, around(null, [conflicted], { kind }));
      assert.match(notes(outcome), finish);
      assert.match(notes(outcome), abandon);
    }
  });

  it('says whose side is whose in a rebase', async () => {
    const outcome = await runResolve({ list: true }, around(null, [conflicted], { kind: 'rebase' }));
    assert.match(notes(outcome), /ours is main, theirs is side: in a rebase your own commit is theirs/);
  });
});
