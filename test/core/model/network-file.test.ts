import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalize } from '../../../src/core/text/canonical.js';
import {
  emptyNetworkFile,
  networkFileText,
  parseNetworkFile,
  recordNamed,
  recordsOf,
  withoutRecord,
  withRecord,
} from '../../../src/core/model/network-file.js';
import { remainderOf, withRemainder } from '../../../src/core/model/remainder.js';
import { address, arbitraryFile, arbitraryRecord, fileWith, hash, record } from '../../support/arbitrary-state.js';

const bytes = (text: string) => new TextEncoder().encode(text);

test('a new file holds exactly the required keys', () => {
  const { root } = emptyNetworkFile({ network: 'examplenet', chainId: 4242 });
  assert.deepEqual(root, {
    schemaVersion: '3.0.0',
    fileVersion: 1,
    network: 'examplenet',
    chainId: 4242,
    metadata: {},
    configuration: {},
    topology: {},
    contracts: { core: {} },
  });
  const known = emptyNetworkFile({ network: 'a.staging', chainId: 1, networkTier: 'mainnet', environment: 'staging' });
  assert.equal(known.root['networkTier'], 'mainnet');
  assert.equal(known.root['environment'], 'staging');
});

test('a record is split into its two homes', () => {
  const file = fileWith(record('Token', { proxy: address(1), implementation: address(2), timestamp: 5 }));
  assert.deepEqual(file.root['contracts'], { core: { Token: { proxy: address(1), implementation: address(2) } } });
  assert.deepEqual(Object.keys(file.root['extended_Token'] as object), ['timestamp', 'checksum']);
});

test('an unsealed record without other fields has no extended object', () => {
  const unsealed = { network: 'examplenet', chainId: 4242, category: 'core', name: 'A', fields: { proxy: address(1) } };
  assert.equal('extended_A' in fileWith(unsealed).root, false);
});

test('a record that moves to another category leaves nothing behind', () => {
  const fields = { implementation: address(1) };
  const file = withRecord(
    fileWith(record('A', fields, { category: 'protocol' })),
    record('A', fields, { category: 'infrastructure' }),
  );
  assert.deepEqual(file.root['contracts'], { core: {}, infrastructure: { A: fields } });
});

test('removing the last record of a category removes the category, core stays', () => {
  const fields = { implementation: address(1) };
  const file = fileWith(record('A', fields, { category: 'protocol' }), record('B', fields));
  const empty = withoutRecord(withoutRecord(file, 'A'), 'B');
  assert.deepEqual(empty.root, emptyNetworkFile({ network: 'examplenet', chainId: 4242 }).root);
});

test('the copy of a field at home is the one that is read', () => {
  const file = fileWith();
  const root = {
    ...file.root,
    contracts: { core: { A: { implementation: address(1), timestamp: 1, artifact: 'a' } } },
    extended_A: { proxy: address(2), implementation: address(3), timestamp: 2 },
  };
  assert.deepEqual(recordsOf({ ...file, root })[0]?.fields, {
    proxy: address(2),
    implementation: address(1),
    timestamp: 2,
    artifact: 'a',
  });
});

test('alias statements, orphans and later duplicates are no records', () => {
  const file = fileWith();
  const root = {
    ...file.root,
    contracts: {
      core: { A: { implementation: address(1) } },
      legacy: { Old: { currentName: 'A' }, A: { implementation: address(2) }, Kept: { implementation: address(3) } },
    },
    extended_Orphan: { timestamp: 1 },
  };
  assert.deepEqual(
    recordsOf({ ...file, root }).map(({ category, name }) => `${category}/${name}`),
    ['core/A', 'legacy/Kept'],
  );
});

test('other versions of the schema are refused where they say so', () => {
  for (const version of ['"2.0.0"', '"4.0.0"', '"3.0"', '3', '"3.00.0"']) {
    const parsed = parseNetworkFile(bytes(`{\n  "schemaVersion": ${version}\n}\n`));
    if (parsed.ok) assert.fail(`${version} was read`);
    const { rule, line, column } = parsed.refusal;
    assert.deepEqual({ rule, line, column }, { rule: 'schema-version', line: 2, column: 20 });
  }
  assert.equal(parseNetworkFile(bytes('{"schemaVersion":"3.7.1"}')).ok, true);
});

test('text and file are one: what is written is read back', () => {
  fc.assert(
    fc.property(arbitraryFile(), (file) => {
      const parsed = parseNetworkFile(bytes(networkFileText(file)));
      assert.ok(parsed.ok);
      assert.deepEqual(recordsOf(parsed.file), recordsOf(file));
      assert.equal(networkFileText(parsed.file), networkFileText(file));
    }),
  );
});

test('a write changes its own record and nothing else; taking it back restores the file', () => {
  fc.assert(
    fc.property(arbitraryFile(), arbitraryRecord(), (file, written) => {
      const after = withRecord(file, written);
      const others = (records: ReturnType<typeof recordsOf>) => records.filter(({ name }) => name !== written.name);
      assert.deepEqual(others(recordsOf(after)), others(recordsOf(file)));
      assert.deepEqual(
        recordsOf(after).find(({ name }) => name === written.name),
        written,
      );
      assert.deepEqual(recordNamed(after, written.name), written);
      assert.equal(recordNamed(after, 'valueOf'), null);
      assert.deepEqual(remainderOf(after), remainderOf(file));
      const before = recordsOf(file).find(({ name }) => name === written.name);
      const back = before === undefined ? withoutRecord(after, written.name) : withRecord(after, before);
      assert.equal(networkFileText(back), networkFileText(file));
    }),
  );
});

test('a file is its records and its remainder', () => {
  fc.assert(
    fc.property(arbitraryFile(), (file) => {
      assert.equal(canonicalize(withRemainder(file, remainderOf(file)).root), networkFileText(file));
    }),
  );
});

test('a remainder keeps alias statements and orphans', () => {
  const file = fileWith(record('A', { implementation: address(1), implementationHash: hash(1) }));
  const legacy = { Old: { currentName: 'A' } };
  const root = { ...file.root, contracts: { ...(file.root['contracts'] as object), legacy }, extended_Old: {} };
  const remainder = remainderOf({ ...file, root });
  assert.deepEqual(remainder['contracts'], { legacy });
  assert.deepEqual(remainder['extended_Old'], {});
  assert.equal('extended_A' in remainder, false);
  assert.equal(canonicalize(withRemainder({ ...file, root }, remainder).root), canonicalize(root));
});
