import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deleteRecord } from '../../../src/commands/delete.js';
import { importLevelDb } from '../../../src/commands/import-leveldb.js';
import { decideDiscrepancies } from '../../../src/commands/migration/decide-discrepancies.js';
import { type FoundDiscrepancies, findDiscrepancies } from '../../../src/commands/migration/find-discrepancies.js';
import { reconcile } from '../../../src/commands/migration/reconcile.js';
import { put } from '../../../src/commands/put.js';
import { parseMessage } from '../../../src/core/diff/message.js';
import type { LegacyEntry } from '../../../src/core/legacy/entry.js';
import { discrepancyPlace } from '../../../src/core/reconcile/discrepancy.js';
import { type ErrorCode, StateManagerError } from '../../../src/errors.js';
import type { StateRepository } from '../../../src/ports/state-repository.js';
import { contractValue, entriesOf } from '../../support/leveldb-store.js';
import { type MemoryRepository, memoryRepository } from '../../support/memory-repository.js';

const head = { target: { kind: 'head', allowDetached: false }, dryRun: false } as const;
const other = '0x0F4a4f02Ba6B516D837d102024fE66C6022BB728';
const another = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045';
const entries = entriesOf({
  '97-Token': contractValue('Token', 97),
  '97-Vault': contractValue('Vault', 97, { proxyAddress: other, address: another, note: 'theirs' }),
});

describe('what a LevelDB and Git do not agree on', () => {
  it('is nothing after an import', async () => {
    const { discrepancies, unreadable } = await found(await migrated(entries));
    assert.deepEqual([discrepancies, unreadable], [[], []]);
  });

  it('is one decision for the code of a contract, and one for each other field', async () => {
    const repository = await diverged();
    assert.deepEqual(places(await found(repository)), [
      'bsctestnet/New',
      'bsctestnet/Token/address',
      'bsctestnet/Token/note',
      'bsctestnet/Vault',
    ]);
  });

  it('comes with who changed it last, and who removed it', async () => {
    const { discrepancies } = await found(await diverged());
    const changes = new Map(
      discrepancies.map(({ discrepancy, lastChange }) => [discrepancyPlace(discrepancy), lastChange?.removed]),
    );
    assert.equal(changes.get('bsctestnet/Token/address'), false);
    assert.equal(changes.get('bsctestnet/Vault'), true);
  });

  it('says what of the LevelDB is no contract and kept nowhere', async () => {
    const repository = await migrated(entries);
    const { unreadable, discrepancies } = await found(repository, [...entries, ...entriesOf({ nonsense: 'x' })]);
    assert.deepEqual([unreadable.map(({ key }) => key), discrepancies.length], [['nonsense'], 0]);
  });
});

describe('reconciling', () => {
  it('brings what the LevelDB is right about into Git as one commit, and nothing differs any more', async () => {
    const repository = await diverged();
    const before = await repository.head();
    const known = await found(repository);
    const taken = known.discrepancies.filter(({ discrepancy }) => discrepancy.kind !== 'only-git');
    const { written, left } = await reconcile(repository, sourcesOf(entries), taken.map(of), head);
    assert.deepEqual(places(left ?? known), ['bsctestnet/New']);
    const commit = await repository.commit(written.commit ?? '');
    assert.deepEqual(commit.parents, [before.commit]);
    const { operation, contracts } = parseMessage(commit.message);
    assert.deepEqual([operation, contracts], ['reconcile', ['Token', 'Vault']]);
  });

  it('takes one field, and leaves the others as Git has them', async () => {
    const repository = await diverged();
    const { discrepancies } = await found(repository);
    const note = discrepancies.map(of).filter((one) => discrepancyPlace(one) === 'bsctestnet/Token/note');
    const { left } = await reconcile(repository, sourcesOf(entries), note, head);
    assert.ok(left !== null);
    assert.ok(places(left).includes('bsctestnet/Token/address'));
    assert.ok(!places(left).includes('bsctestnet/Token/note'));
  });

  it('removes from Git only what is named', async () => {
    const repository = await diverged();
    const known = (await found(repository)).discrepancies;
    assert.deepEqual(sidesOf(known, { rule: 'leveldb', named: [] }).get('bsctestnet/New'), undefined);
    const named = [{ place: 'bsctestnet/New', side: 'leveldb' }] as const;
    assert.equal(sidesOf(known, { rule: 'git', named }).get('bsctestnet/New'), 'leveldb');
    const removed = known.map(of).filter(({ contractName }) => contractName === 'New');
    const { written } = await reconcile(repository, sourcesOf(entries), removed, head);
    assert.deepEqual(
      written.changes.map(({ name, status }) => [name, status]),
      [['New', 'removed']],
    );
  });

  it('writes nothing on a dry run', async () => {
    const repository = await diverged();
    const before = await repository.head();
    const { discrepancies } = await found(repository);
    const { written, left } = await reconcile(repository, sourcesOf(entries), discrepancies.map(of), {
      ...head,
      dryRun: true,
    });
    assert.deepEqual([written.commit, written.changed, left], [null, true, null]);
    assert.deepEqual(await repository.head(), before);
  });

  it('refuses where Git moved since it was compared', async () => {
    const repository = await diverged();
    const { discrepancies } = await found(repository);
    await put(repository, { network: 'bsctestnet', name: 'Token', set: [{ path: 'note', value: 'later' }] }, head);
    await refuses('RACED', reconcile(repository, sourcesOf(entries), discrepancies.map(of), head));
  });

  it('refuses a record that the gate would not let in, and writes nothing', async () => {
    const repository = await migrated(entries);
    const before = await repository.head();
    // Both would be the record of one name.
    const clash = [
      ...entries,
      ...entriesOf({ '97-x/Token.sol:Token': contractValue('x/Token.sol:Token', 97, { aliases: ['Vault'] }) }),
    ];
    const { discrepancies } = await found(repository, clash);
    await refuses('STATE_INVALID', reconcile(repository, sourcesOf(clash), discrepancies.map(of), head));
    assert.deepEqual(await repository.head(), before);
  });
});

describe('deciding', () => {
  it('lets the more exact name win, and what is named over the rule', async () => {
    const known = (await found(await diverged())).discrepancies;
    const sides = sidesOf(known, {
      rule: 'leveldb',
      named: [
        { place: 'bsctestnet', side: 'git' },
        { place: 'bsctestnet/Token/note', side: 'leveldb' },
      ],
    });
    assert.deepEqual(
      [...sides].sort(([a], [b]) => byOrder(a, b)),
      [
        ['bsctestnet/New', 'git'],
        ['bsctestnet/Token/address', 'git'],
        ['bsctestnet/Token/note', 'leveldb'],
        ['bsctestnet/Vault', 'git'],
      ],
    );
  });

  it('refuses a place where nothing differs', async () => {
    const known = (await found(await diverged())).discrepancies;
    assert.throws(
      () => sidesOf(known, { rule: null, named: [{ place: 'bsctestnet/Nobody', side: 'git' }] }),
      (error) => error instanceof StateManagerError && error.code === 'BAD_USAGE',
    );
  });
});

/** Git got other code and a note for Token, lost Vault and got New. */
async function diverged(): Promise<MemoryRepository> {
  const repository = await migrated(entries);
  const set = [
    { path: 'implementation', value: other },
    { path: 'note', value: 'ours' },
  ];
  await put(repository, { network: 'bsctestnet', name: 'Token', set }, head);
  await deleteRecord(repository, { network: 'bsctestnet', name: 'Vault' }, head);
  await put(repository, { network: 'bsctestnet', name: 'New', input: { implementation: another } }, head);
  return repository;
}

async function migrated(store: readonly LegacyEntry[]): Promise<MemoryRepository> {
  const repository = memoryRepository({ 'README.md': 'mine' });
  const options = { here: true, allowDetached: false, strict: false, dryRun: false };
  await importLevelDb(repository, { entries: store, wish: {}, ...options });
  return repository;
}

function found(repository: StateRepository, store: readonly LegacyEntry[] = entries): Promise<FoundDiscrepancies> {
  return findDiscrepancies(repository, sourcesOf(store), 'worktree');
}

function sourcesOf(store: readonly LegacyEntry[]) {
  return { leveldb: { entries: store, superseded: [], warnings: [] }, openzeppelin: [] };
}

function sidesOf(
  known: FoundDiscrepancies['discrepancies'],
  wish: Parameters<typeof decideDiscrepancies>[2],
): ReadonlyMap<string, string> {
  const decided = decideDiscrepancies(known, '', wish);
  return new Map(
    known.flatMap((one, at) => {
      const side = decided.get(at)?.side;
      return side === undefined ? [] : [[discrepancyPlace(one.discrepancy), side] as const];
    }),
  );
}

function of({ discrepancy }: FoundDiscrepancies['discrepancies'][number]) {
  return discrepancy;
}

function places({ discrepancies }: FoundDiscrepancies): string[] {
  return discrepancies.map(({ discrepancy }) => discrepancyPlace(discrepancy)).sort(byOrder);
}

function byOrder(a: string, b: string): number {
  return a < b ? -1 : 1;
}

async function refuses(code: ErrorCode, attempt: Promise<unknown>): Promise<void> {
  await assert.rejects(attempt, (error) => error instanceof StateManagerError && error.code === code);
}
