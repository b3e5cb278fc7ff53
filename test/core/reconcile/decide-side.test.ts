import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decideSide, type ReconcileRule } from '../../../src/core/reconcile/decide-side.js';
import type { Discrepancy, Side } from '../../../src/core/reconcile/discrepancy.js';
import { evidenceOf, type Known, type LastChange } from '../../../src/core/reconcile/evidence.js';
import type { Manifest } from '../../../src/core/consistency/state/manifest.js';
import type { StateRecord } from '../../../src/core/model/record.js';
import { address, record } from '../../support/arbitrary-state.js';

const nothing: Known = { storeWarnings: 0, deleted: false, lastChange: null, manifests: [] };
const removed: LastChange = {
  commit: 'a'.repeat(40),
  author: 'somebody',
  time: '2025-08-14T09:05:00.000Z',
  removed: true,
};

describe('what is known about a discrepancy', () => {
  it('speaks for the LevelDB where all of its files are whole, and not where a place in them is odd', () => {
    assert.deepEqual(speakingFor(differs(1, 1), nothing, 'leveldb-intact'), ['leveldb']);
    assert.deepEqual(speakingFor(differs(1, 1), { ...nothing, storeWarnings: 1 }, 'leveldb-intact'), [null]);
  });

  it('speaks for Git where the checksum of the record holds, and not where it is missing or wrong', () => {
    const held = differs(1, 1);
    assert.deepEqual(speakingFor(held, nothing, 'git-sealed'), ['git']);
    const edited: StateRecord = { ...recordAt(1), fields: { ...recordAt(1).fields, timestamp: 2 } };
    assert.deepEqual(speakingFor({ ...held, record: edited }, nothing, 'git-sealed'), [null]);
    const unsealed = Object.fromEntries(Object.entries(edited.fields).filter(([field]) => field !== 'checksum'));
    assert.deepEqual(speakingFor({ ...held, record: { ...edited, fields: unsealed } }, nothing, 'git-sealed'), [null]);
  });

  it('speaks for the later deployment, and for nobody where one time is unknown or both are the same', () => {
    assert.deepEqual(speakingFor(differs(2, 1), nothing, 'newer'), ['leveldb']);
    assert.deepEqual(speakingFor(differs(1, 2), nothing, 'newer'), ['git']);
    assert.deepEqual(speakingFor(differs(1, 1), nothing, 'newer'), [null]);
    assert.deepEqual(speakingFor(differs(1, null), nothing, 'newer'), [null]);
  });

  it('speaks for the only implementation that the OpenZeppelin manifest knows, of code alone', () => {
    const knowing = (...known: string[]) => ({ ...nothing, manifests: [manifestWith(known)] });
    const code = { ...differs(1, 1), fields: ['address'] };
    assert.deepEqual(speakingFor(code, knowing(address(1)), 'manifest'), ['leveldb']);
    assert.deepEqual(speakingFor(code, knowing(address(2)), 'manifest'), ['git']);
    assert.deepEqual(speakingFor(code, knowing(address(1), address(2)), 'manifest'), [null]);
    assert.deepEqual(speakingFor(code, knowing(), 'manifest'), [null]);
    assert.deepEqual(speakingFor(code, nothing, 'manifest'), [null]);
    assert.deepEqual(speakingFor(differs(1, 1), knowing(address(1)), 'manifest'), []);
  });

  it('says who removed a record, and that the LevelDB deleted one', () => {
    assert.deepEqual(speakingFor(onlyLeveldb(1), { ...nothing, lastChange: removed }, 'git-removed'), ['git']);
    assert.deepEqual(speakingFor(onlyLeveldb(1), nothing, 'git-removed'), [null]);
    assert.deepEqual(speakingFor(onlyGit(1), { ...nothing, deleted: true }, 'leveldb-deleted'), ['leveldb']);
    assert.deepEqual(speakingFor(onlyGit(1), nothing, 'leveldb-deleted'), [null]);
  });

  it('always says that the chain was not asked', () => {
    for (const one of [differs(1, 2), onlyLeveldb(1), onlyGit(1)]) {
      assert.deepEqual(speakingFor(one, nothing, 'chain'), [null]);
    }
  });
});

describe('a rule', () => {
  const late = Date.parse(removed.time) + 1;
  const cases: readonly [string, ReconcileRule, Discrepancy, Known, Side | null][] = [
    ['newest takes the later one', 'newest', differs(2, 1), nothing, 'leveldb'],
    ['newest takes the later one, also Git', 'newest', differs(1, 2), nothing, 'git'],
    ['newest leaves the same time', 'newest', differs(1, 1), nothing, null],
    ['newest leaves an unknown time', 'newest', differs(1, null), nothing, null],
    ['newest adds what Git never had', 'newest', onlyLeveldb(1), nothing, 'leveldb'],
    [
      'newest keeps removed what was removed later',
      'newest',
      onlyLeveldb(1),
      { ...nothing, lastChange: removed },
      'git',
    ],
    [
      'newest adds what was deployed again',
      'newest',
      onlyLeveldb(late),
      { ...nothing, lastChange: removed },
      'leveldb',
    ],
    ['newest keeps what Git has', 'newest', onlyGit(1), nothing, 'git'],
    ['newest leaves what the LevelDB deleted', 'newest', onlyGit(1), { ...nothing, deleted: true }, null],
    ['leveldb takes what differs', 'leveldb', differs(1, 2), nothing, 'leveldb'],
    ['leveldb removes nothing', 'leveldb', onlyGit(1), nothing, null],
    ['leveldb moves no record', 'leveldb', { ...differs(1, 1), fields: ['category'] }, nothing, null],
    ['git keeps everything', 'git', onlyGit(1), nothing, 'git'],
    ['git adds nothing', 'git', onlyLeveldb(1), nothing, 'git'],
    ['evidence takes the heavier side', 'evidence', differs(2, 1), nothing, 'leveldb'],
    ['evidence takes the heavier side, also Git', 'evidence', differs(1, 2), nothing, 'git'],
    ['evidence leaves a tie', 'evidence', differs(1, 1), nothing, null],
    [
      'evidence removes nothing',
      'evidence',
      { ...onlyGit(1), record: unsealed() },
      { ...nothing, deleted: true },
      null,
    ],
  ];
  for (const [title, rule, discrepancy, known, expected] of cases) {
    it(title, () => {
      const { lastChange } = known;
      assert.equal(decideSide(rule, discrepancy, { evidence: evidenceOf(discrepancy, known), lastChange }), expected);
    });
  }
});

function speakingFor(discrepancy: Discrepancy, known: Known, fact: string): (Side | null)[] {
  return evidenceOf(discrepancy, known)
    .filter((one) => one.fact === fact)
    .map(({ side }) => side);
}

function differs(leveldb: number, git: number | null): Discrepancy {
  return {
    ...onlyLeveldb(leveldb),
    kind: 'differs',
    fields: ['timestamp'],
    differences: [{ path: '/timestamp', before: leveldb, ...(git === null ? {} : { after: git }) }],
    record: recordAt(git),
  };
}

function onlyLeveldb(timestamp: number): Discrepancy {
  const contract = { contractName: 'Token', chainId: 4242, proxyAddress: address(0), address: address(1), timestamp };
  return {
    network: 'examplenet',
    chainId: 4242,
    contractName: 'Token',
    kind: 'only-leveldb',
    fields: [],
    differences: [],
    source: { key: '4242-Token', raw: new Uint8Array(), contract, spellings: [] },
    record: null,
  };
}

function onlyGit(timestamp: number): Discrepancy {
  return { ...onlyLeveldb(timestamp), kind: 'only-git', source: null, record: recordAt(timestamp) };
}

function recordAt(timestamp: number | null): StateRecord {
  const addresses = { proxy: address(0), implementation: address(2) };
  return record('Token', { ...addresses, ...(timestamp === null ? {} : { timestamp }) });
}

function unsealed(): StateRecord {
  return { ...recordAt(1), fields: { proxy: address(0), implementation: address(2) } };
}

function manifestWith(known: readonly string[]): Manifest {
  const entry = { path: '/impls/x', txHash: null, kind: null, hash: null };
  return {
    path: '.openzeppelin/unknown-4242.json',
    bytes: new Uint8Array(),
    chainId: 4242,
    proxies: new Map(),
    implementations: new Map(known.map((one) => [one.toLowerCase(), entry])),
    problem: null,
  };
}
