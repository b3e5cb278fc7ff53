import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { revertChange } from '../../../src/core/diff/invert.js';
import type { Conflict } from '../../../src/core/merge/conflict.js';
import type { JsonObject } from '../../../src/core/json.js';
import { recordChecksum, sectionChecksum } from '../../../src/core/model/checksum.js';
import {
  type NetworkFile,
  networkFileText,
  recordsOf,
  withoutRecord,
  withRecord,
} from '../../../src/core/model/network-file.js';
import type { StateRecord } from '../../../src/core/model/record.js';
import { remainderOf, withRemainder } from '../../../src/core/model/remainder.js';
import { emptySnapshot } from '../../../src/core/snapshot.js';
import {
  address,
  arbitraryFile,
  arbitraryRecord,
  fileWith,
  hash,
  record,
  snapshotOf,
} from '../../support/arbitrary-state.js';

const proxied = { proxy: address(1), implementation: address(2), implementationHash: hash(1), timestamp: 5 };
const upgraded = { ...proxied, implementation: address(3), implementationHash: hash(2), timestamp: 6 };

/** Undoes `parent` → `commit` on `head`, all on one network. */
function revert(parent: NetworkFile, commit: NetworkFile, head: NetworkFile) {
  const reverted = revertChange({ target: snapshotOf(parent), base: snapshotOf(commit), head: snapshotOf(head) });
  return { ...reverted, file: reverted.files.get('examplenet') };
}

function revertRecord(parent: JsonObject, commit: JsonObject, head: JsonObject) {
  const { file, conflicts } = revert(
    fileWith(record('A', parent)),
    fileWith(record('A', commit)),
    fileWith(record('A', head)),
  );
  return { fields: withoutChecksum(file), paths: conflicts.map(({ path }) => path) };
}

function withoutChecksum(file: NetworkFile | null | undefined): JsonObject | null {
  if (file === null || file === undefined) return null;
  const { checksum, ...fields } = recordsOf(file)[0]?.fields ?? {};
  assert.ok(checksum);
  return fields;
}

test('undoing the tip gives the parent, text for text', () => {
  fc.assert(
    fc.property(arbitraryFile(), arbitraryFile(), (parent, commit) => {
      const { files, restored, conflicts } = revertChange({
        target: snapshotOf(parent),
        base: snapshotOf(commit),
        head: snapshotOf(commit),
      });
      assert.deepEqual(conflicts, []);
      const isSame = networkFileText(parent) === networkFileText(commit);
      assert.equal(restored.has('examplenet'), !isSame);
      assert.equal(files.get('examplenet'), isSame ? undefined : parent);
    }),
  );
});

test('a file that the commit brought goes, one that it took comes back', () => {
  const snapshot = snapshotOf(fileWith(record('A', proxied)));
  const gone = revertChange({ target: emptySnapshot, base: snapshot, head: snapshot });
  assert.deepEqual([...gone.files], [['examplenet', null]]);
  const back = revertChange({ target: snapshot, base: emptySnapshot, head: emptySnapshot });
  assert.equal(back.files.get('examplenet'), snapshot.networks.get('examplenet'));
});

test('a later change of another record survives', () => {
  fc.assert(
    fc.property(arbitraryFile(), arbitraryRecord(), arbitraryRecord(), (parent, written, later) => {
      fc.pre(written.name !== later.name);
      const commit = withRecord(parent, written);
      const { file, conflicts } = revert(parent, commit, withRecord(commit, later));
      assert.deepEqual(conflicts, []);
      if (networkFileText(parent) === networkFileText(commit)) return;
      assert.ok(file);
      assert.equal(networkFileText(file), networkFileText(withRecord(parent, later)));
    }),
  );
});

test('a later change of a section survives', () => {
  fc.assert(
    fc.property(arbitraryFile(), arbitraryRecord(), (parent, written) => {
      const changed = (file: NetworkFile) => withRemainder(file, { ...remainderOf(file), topology: { later: true } });
      const commit = withRecord(parent, written);
      fc.pre(networkFileText(parent) !== networkFileText(commit));
      const { file, conflicts } = revert(parent, commit, changed(commit));
      assert.deepEqual(conflicts, []);
      assert.ok(file);
      assert.equal(networkFileText(file), networkFileText(changed(parent)));
    }),
  );
});

test('a later change of the same code is a conflict, and ours stays', () => {
  fc.assert(
    fc.property(fc.constantFrom('implementationHash', 'deploymentArgs', 'timestamp', 'implementation'), (field) => {
      const later = { implementationHash: hash(7), deploymentArgs: [7], timestamp: 7, implementation: address(7) };
      const { fields, paths } = revertRecord(proxied, upgraded, { ...upgraded, [field]: later[field] });
      assert.ok(paths.length > 0);
      assert.ok(paths.includes('implementation'));
      assert.equal(fields, null);
    }),
  );
});

test('fields of other classes are undone around a later change', () => {
  const later = { ...upgraded, artifact: 'a.sol:A', observed: { blockNumber: 1 }, note: 'later' };
  assert.deepEqual(revertRecord(proxied, upgraded, later), {
    fields: { ...proxied, artifact: 'a.sol:A', observed: { blockNumber: 1 }, note: 'later' },
    paths: [],
  });
  assert.deepEqual(revertRecord({ ...proxied, note: 'x' }, { ...proxied, note: 'y' }, { ...upgraded, note: 'y' }), {
    fields: { ...upgraded, note: 'x' },
    paths: [],
  });
  const clash = revertRecord({ ...proxied, note: 'x' }, { ...proxied, note: 'y' }, { ...upgraded, note: 'z' });
  assert.deepEqual(clash.paths, ['note']);
});

test('the identity never meets code that came later', () => {
  const moved = { ...proxied, proxy: address(9) };
  const later = { ...moved, implementation: address(7), implementationHash: hash(7) };
  assert.deepEqual(revertRecord(proxied, moved, later).paths, ['implementation', 'implementationHash', 'proxy']);
  const plain = { implementation: address(2), implementationHash: hash(1) };
  const redeployed = { implementation: address(3), implementationHash: hash(1) };
  assert.deepEqual(revertRecord(plain, redeployed, { ...redeployed, timestamp: 9 }).paths, [
    'implementation',
    'timestamp',
  ]);
});

test('aliases are a set: what the commit added goes, what came later stays', () => {
  const { fields, paths } = revertRecord(
    { ...proxied, aliases: ['A', 'B'] },
    { ...proxied, aliases: ['B', 'C'] },
    { ...proxied, aliases: ['B', 'C', 'D'] },
  );
  assert.deepEqual(paths, []);
  assert.deepEqual(fields?.['aliases'], ['A', 'B', 'D']);
});

test('the result is sealed anew, and a broken seal is never mended', () => {
  const before = fileWith(record('A', proxied));
  const after = fileWith(record('A', upgraded));
  const later = record('A', { ...upgraded, note: 'later' });
  const { file } = revert(before, after, fileWith(later));
  const [result] = file ? recordsOf(file) : [];
  assert.equal(result?.fields['checksum'], result === undefined ? '' : recordChecksum(result));
  const broken: StateRecord = { ...later, fields: { ...later.fields, note: 'blended' } };
  const { conflicts } = revert(before, after, fileWith(broken));
  assert.deepEqual(
    conflicts.map(({ contract, path }) => [contract, path]),
    [['A', 'checksum']],
  );
});

test('a record that was removed or added again since is a conflict', () => {
  const a = fileWith(record('A', proxied));
  const b = fileWith(record('A', upgraded));
  const removed = withoutRecord(b, 'A');
  assert.ok(revert(a, b, removed).conflicts.some(({ path }) => path === 'implementation'));
  assert.equal(revert(removed, a, b).conflicts.length > 0, true);
  assert.equal(revert(a, removed, b).conflicts.length > 0, true);
  assert.deepEqual(revert(a, removed, a).conflicts, []);
  assert.deepEqual(revert(removed, a, removed).conflicts, []);
});

test('the first record of a network is undone without taking what came after it', () => {
  const first = fileWith(record('A', proxied));
  const head = withRecord(first, record('B', upgraded));
  const reverted = revertChange({ target: emptySnapshot, base: snapshotOf(first), head: snapshotOf(head) });
  assert.deepEqual(reverted.conflicts, []);
  const file = reverted.files.get('examplenet');
  assert.deepEqual(file ? recordsOf(file).map(({ name }) => name) : null, ['B']);
});

test('a network that is gone since is a conflict', () => {
  const base = snapshotOf(fileWith(record('A', upgraded)));
  const target = snapshotOf(fileWith(record('A', proxied)));
  const { files, conflicts } = revertChange({ target, base, head: emptySnapshot });
  assert.equal(files.size, 0);
  assert.ok(conflicts.length > 0);
});

test('sections are undone by member, arrays and clashes are conflicts with their three values', () => {
  const file = (configuration: JsonObject) => ({ ...fileWith(), root: { ...fileWith().root, configuration } });
  const parent = file({ a: { x: 1, list: [1] }, b: 1 });
  const commit = file({ a: { x: 2, list: [1] }, b: 1 });
  const { file: merged, conflicts } = revert(parent, commit, file({ a: { x: 2, list: [1, 2] }, b: 2 }));
  assert.deepEqual(conflicts, []);
  assert.deepEqual(merged?.root['configuration'], { a: { x: 1, list: [1, 2] }, b: 2 });
  const expected: Conflict = {
    network: 'examplenet',
    contract: null,
    path: '/configuration/a/x',
    base: 2,
    ours: 3,
    theirs: 1,
  };
  assert.deepEqual(revert(parent, commit, file({ a: { x: 3, list: [1] } })).conflicts, [expected]);
});

test('a full section checksum follows the section that results', () => {
  const of = (topology: JsonObject) => {
    const checksum = sectionChecksum({ network: 'examplenet', chainId: 4242, section: 'topology', value: topology });
    const verification = { dataIntegrity: { checksums: { topology: checksum } } };
    return { ...fileWith(), root: { ...fileWith().root, topology, verification } };
  };
  const { file, conflicts } = revert(of({ a: 1, b: 1 }), of({ a: 2, b: 1 }), of({ a: 2, b: 2 }));
  assert.deepEqual(conflicts, []);
  assert.deepEqual(file?.root, of({ a: 1, b: 2 }).root);
});
