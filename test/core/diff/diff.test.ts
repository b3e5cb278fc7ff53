import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ContractChange, diffSnapshots } from '../../../src/core/diff/diff.js';
import type { Json, JsonObject } from '../../../src/core/json.js';
import { recordsOf, withoutRecord, withRecord } from '../../../src/core/model/network-file.js';
import type { StateRecord } from '../../../src/core/model/record.js';
import { emptySnapshot } from '../../../src/core/snapshot.js';
import { address, arbitraryFile, fileWith, hash, record, snapshotOf } from '../../support/arbitrary-state.js';

const proxied = { proxy: address(1), implementation: address(2), implementationHash: hash(1), timestamp: 5 };
const plain = { implementation: address(3), implementationHash: hash(3) };

function changeOf(before: JsonObject | null, after: JsonObject | null): ContractChange | undefined {
  const side = (fields: JsonObject | null) => snapshotOf(fields === null ? fileWith() : fileWith(record('A', fields)));
  return diffSnapshots(side(before), side(after))[0]?.contracts[0];
}

function kindOf(before: JsonObject | null, after: JsonObject | null): string {
  const { status, kind, danger } = changeOf(before, after) ?? assert.fail('no change');
  return [status, kind, danger ?? '-'].join(' ');
}

test('each kind of change, and what is dangerous about it', () => {
  assert.equal(kindOf(null, proxied), 'added deploy -');
  assert.equal(kindOf(proxied, null), 'removed remove removed');
  const upgrade = { ...proxied, implementation: address(4), implementationHash: hash(2) };
  assert.equal(kindOf(proxied, upgrade), 'modified upgrade -');
  assert.equal(kindOf(proxied, { ...proxied, implementation: address(4) }), 'modified upgrade same-code-hash');
  assert.equal(kindOf(proxied, { ...proxied, implementationHash: hash(2) }), 'modified upgrade -');
  assert.equal(kindOf(proxied, { ...proxied, deploymentArgs: [] }), 'modified upgrade -');
  assert.equal(kindOf(proxied, { ...proxied, hashScheme: 'runtime-nometa' }), 'modified upgrade -');
  assert.equal(kindOf(proxied, { ...proxied, proxy: address(9) }), 'modified redeploy proxy-changed');
  assert.equal(kindOf(plain, { ...plain, implementation: address(4) }), 'modified redeploy proxy-changed');
  assert.equal(kindOf(plain, { ...plain, implementationHash: hash(4) }), 'modified upgrade -');
  assert.equal(kindOf(proxied, { ...proxied, timestamp: 6 }), 'modified metadata -');
  assert.equal(kindOf(proxied, { ...proxied, note: 'x' }), 'modified metadata -');
  assert.equal(kindOf(proxied, { ...proxied, firstDeployedAt: 6 }), 'modified metadata -');
});

test('a contract that gets or loses its proxy is another contract, unless the address stays', () => {
  assert.equal(kindOf(plain, { ...plain, proxy: address(9) }), 'modified redeploy proxy-changed');
  assert.equal(kindOf({ proxy: address(1), implementation: address(3) }, plain), 'modified redeploy proxy-changed');
  assert.equal(kindOf({ proxy: address(1) }, { proxy: address(1), implementation: address(2) }), 'modified upgrade -');
  assert.equal(kindOf({ implementation: address(1) }, { proxy: address(1) }), 'modified upgrade -');
});

test('re-casing an address changes text, not the contract', () => {
  const lower = address(10).toLowerCase();
  assert.notEqual(lower, address(10));
  assert.equal(kindOf({ implementation: address(10) }, { implementation: lower }), 'modified metadata -');
});

test('fields are named bare, in the order of the format, with before and after', () => {
  const after = { implementation: address(4), proxy: address(1), note: [1], implementationHash: hash(1) };
  assert.deepEqual(changeOf(proxied, after)?.fields, [
    { path: 'implementation', before: address(2), after: address(4) },
    { path: 'timestamp', before: 5 },
    { path: 'note', after: [1] },
  ]);
});

test('a checksum is never a field, and a seal alone is still a change', () => {
  const sealed = record('A', plain);
  const unsealed = { ...sealed, fields: plain };
  const [change] = diffSnapshots(snapshotOf(fileWith(unsealed)), snapshotOf(fileWith(sealed)));
  assert.deepEqual(change?.contracts, [
    { name: 'A', category: 'core', status: 'modified', kind: 'metadata', danger: null, fields: [] },
  ]);
});

test('a record that moves shows its category', () => {
  const base = snapshotOf(fileWith(record('A', plain, { category: 'core' })));
  const head = snapshotOf(fileWith(record('A', plain, { category: 'protocol' })));
  const change = diffSnapshots(base, head)[0]?.contracts[0];
  assert.deepEqual(change?.fields, [{ path: 'category', before: 'core', after: 'protocol' }]);
  assert.equal(change.category, 'protocol');
  assert.equal(change.kind, 'metadata');
});

test('sections are compared down to the member that changed, arrays whole', () => {
  const file = (extra: JsonObject) => snapshotOf({ ...fileWith(), root: { ...fileWith().root, ...extra } });
  const base = file({ configuration: { a: { b: 1, list: [1, 2] }, 'x/y': 1 }, extended_Gone: {} });
  const head = file({ configuration: { a: { b: 2, list: [2, 1], constructor: null } }, 'x-new': { z: 1 } });
  assert.deepEqual(diffSnapshots(base, head), [
    {
      network: 'examplenet',
      chainId: 4242,
      status: 'modified',
      contracts: [],
      sections: [
        { path: '/configuration/a/b', before: 1, after: 2 },
        { path: '/configuration/a/constructor', after: null },
        { path: '/configuration/a/list', before: [1, 2], after: [2, 1] },
        { path: '/configuration/x~1y', before: 1 },
        { path: '/extended_Gone', before: {} },
        { path: '/x-new', after: { z: 1 } },
      ],
    },
  ]);
});

test('a file that comes or goes shows its records', () => {
  const snapshot = snapshotOf(fileWith(record('A', plain)));
  const [added] = diffSnapshots(emptySnapshot, snapshot);
  assert.equal(added?.status, 'added');
  assert.deepEqual(
    added.contracts.map(({ kind }) => kind),
    ['deploy'],
  );
  const [removed] = diffSnapshots(snapshot, emptySnapshot);
  assert.equal(removed?.status, 'removed');
  assert.equal(removed.chainId, 4242);
  assert.deepEqual(
    removed.contracts.map(({ danger }) => danger),
    ['removed'],
  );
  assert.equal(diffSnapshots(emptySnapshot, snapshotOf(fileWith()))[0]?.status, 'added');
});

test('nothing changes from a snapshot to itself, and changes are sorted', () => {
  fc.assert(
    fc.property(arbitraryFile(), arbitraryFile(), (a, b) => {
      assert.deepEqual(diffSnapshots(snapshotOf(a), snapshotOf(a)), []);
      const change = diffSnapshots(snapshotOf(a), snapshotOf(b))[0];
      const names = change?.contracts.map(({ name }) => name) ?? [];
      const paths = change?.sections.map(({ path }) => path) ?? [];
      assert.deepEqual(names, [...names].sort(byCodeUnit));
      assert.deepEqual(paths, [...paths].sort(byCodeUnit));
    }),
  );
});

test('the changes say everything: applied to the base they give the records of the head', () => {
  fc.assert(
    fc.property(arbitraryFile(), arbitraryFile(), (a, b) => {
      const contracts = diffSnapshots(snapshotOf(a), snapshotOf(b))[0]?.contracts ?? [];
      const result = contracts.reduce((file, change) => {
        if (change.status === 'removed') return withoutRecord(file, change.name);
        const before = recordsOf(file).find(({ name }) => name === change.name);
        return withRecord(file, applied(before, change));
      }, a);
      const unsealed = (records: StateRecord[]) =>
        records.map(({ name, category, fields }) => ({ name, category, fields: { ...fields, checksum: '' } }));
      assert.deepEqual(unsealed(recordsOf(result)), unsealed(recordsOf(b)));
    }),
  );
});

test('back and forth are mirror images', () => {
  const mirrored = { added: 'removed', removed: 'added', modified: 'modified' };
  fc.assert(
    fc.property(arbitraryFile(), arbitraryFile(), (a, b) => {
      const forth = diffSnapshots(snapshotOf(a), snapshotOf(b))[0]?.contracts ?? [];
      const back = diffSnapshots(snapshotOf(b), snapshotOf(a))[0]?.contracts ?? [];
      assert.deepEqual(
        forth.map(({ name, status }) => [name, mirrored[status]]),
        back.map(({ name, status }) => [name, status]),
      );
    }),
  );
});

function applied(before: StateRecord | undefined, change: ContractChange): StateRecord {
  const fields = new Map<string, Json>(Object.entries(before?.fields ?? {}));
  for (const { path, after } of change.fields) {
    if (path === 'category') continue;
    if (after === undefined) fields.delete(path);
    else fields.set(path, after);
  }
  const { name, category } = change;
  return { network: 'examplenet', chainId: 4242, category, name, fields: Object.fromEntries(fields) };
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : 1;
}
