import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ContractChange, diffSnapshots, type NetworkChange } from '../../../src/core/diff/diff.js';
import { commitMessage, parseMessage, type WriteDescription } from '../../../src/core/diff/message.js';
import { address, arbitraryFile, snapshotOf } from '../../support/arbitrary-state.js';

function contract(name: string, kind: ContractChange['kind'], fields: ContractChange['fields'] = []): ContractChange {
  return { name, category: 'core', status: 'modified', kind, danger: null, fields };
}

function on(network: string, ...contracts: ContractChange[]): NetworkChange {
  return { network, chainId: 97, status: 'modified', contracts, sections: [] };
}

const subject = (write: WriteDescription) => commitMessage(write).split('\n')[0] ?? '';

test('the subject says what happened to whom', () => {
  const upgrade = contract('FeeManager', 'upgrade');
  const put = (...changes: NetworkChange[]) => subject({ operation: 'put', changes });
  assert.equal(put(on('bsctestnet', upgrade)), 'state(bsctestnet): upgrade FeeManager');
  assert.equal(put(on('a', contract('T', 'deploy'))), 'state(a): deploy T');
  assert.equal(put(on('a', contract('T', 'redeploy'))), 'state(a): redeploy T');
  assert.equal(put(on('a', contract('T', 'metadata'))), 'state(a): update T');
  assert.equal(subject({ operation: 'delete', changes: [on('a', contract('T', 'remove'))] }), 'state(a): remove T');
  assert.equal(put(on('a', upgrade, contract('T', 'upgrade'))), 'state(a): upgrade 2 records');
  assert.equal(put(on('a', upgrade, contract('T', 'deploy'))), 'state(a): update 2 records');
  assert.equal(put(on('a', upgrade), on('b', upgrade)), 'state: upgrade 2 records on 2 networks');
  assert.equal(
    subject({ operation: 'put', changes: [on('a', upgrade)], prefix: 'chore' }),
    'chore(a): upgrade FeeManager',
  );
});

test('an import counts, a rollback names what it undoes', () => {
  const changes = [on('bscmainnet', contract('A', 'deploy'), contract('B', 'upgrade'))];
  assert.equal(
    subject({ operation: 'import', changes, source: 'leveldb 9c41e7' }),
    'state(bscmainnet): import 2 records from leveldb',
  );
  assert.equal(subject({ operation: 'import', changes: [], source: 'leveldb' }), 'state: import from leveldb');
  const back = (kind: ContractChange['kind']) =>
    subject({ operation: 'rollback', changes: [on('a', contract('T', kind))] });
  assert.equal(back('upgrade'), 'state(a): rollback upgrade T');
  assert.equal(back('remove'), 'state(a): rollback deploy T');
  assert.equal(back('deploy'), 'state(a): rollback remove T');
});

test('a change of sections alone names the section', () => {
  const change = (...paths: string[]) => [{ ...on('a'), sections: paths.map((path) => ({ path, after: 1 })) }];
  assert.equal(
    subject({ operation: 'apply', changes: change('/topology/x', '/topology/y') }),
    'state(a): update topology',
  );
  assert.equal(
    subject({ operation: 'apply', changes: change('/topology/x', '/metadata/y') }),
    'state(a): update sections',
  );
});

test('a long name is cut in the subject and whole in the trailer', () => {
  const name = `contracts/${'deep/'.repeat(20)}Router.sol:Router`;
  const message = commitMessage({ operation: 'put', changes: [on('bsctestnet', contract(name, 'deploy'))] });
  assert.equal(message.split('\n')[0], 'state(bsctestnet): deploy Router');
  assert.deepEqual(parseMessage(message).contracts, [name]);
  const long = subject({ operation: 'put', changes: [on('bsctestnet', contract('x'.repeat(200), 'deploy'))] });
  assert.equal(long.length, 72);
});

test('the body stacks before and after in full, and the trailers end it', () => {
  const fields = [
    { path: 'implementation', before: address(1), after: address(2) },
    { path: 'timestamp', after: 5 },
    { path: 'note', before: { a: 1 } },
  ];
  const message = commitMessage({
    operation: 'rollback',
    changes: [on('a', contract('T', 'upgrade', fields))],
    reverts: ['c160f70', 'b81d2aa'],
  });
  assert.equal(
    message,
    [
      'state(a): rollback upgrade T',
      '',
      '  a / T: upgrade',
      `    implementation: ${address(1)}`,
      `                 -> ${address(2)}`,
      '    timestamp: 5',
      '    note: {"a":1}',
      '       -> removed',
      '',
      'State-Operation: rollback',
      'State-Network: a',
      'State-Contract: T',
      'State-Reverts: c160f70',
      'State-Reverts: b81d2aa',
      '',
    ].join('\n'),
  );
});

test('trailers are read back, among those of others, and only from the last paragraph', () => {
  const message = commitMessage({
    operation: 'import',
    changes: [on('a', contract('T', 'deploy'))],
    source: 'leveldb x',
  });
  const expected = { operation: 'import', networks: ['a'], contracts: ['T'], reverts: [], source: 'leveldb x' };
  assert.deepEqual(parseMessage(message), expected);
  assert.deepEqual(parseMessage(`${message}Signed-off-by: A <a@b>\n`), expected);
  assert.deepEqual(parseMessage(message.replaceAll('\n', '\r\n')), expected);
  const nothing = { networks: [], contracts: [], reverts: [] };
  assert.deepEqual(parseMessage(`${message}\nA later paragraph.\n`), nothing);
  assert.deepEqual(parseMessage('State-Operation: put\n'), nothing);
  assert.deepEqual(parseMessage(''), nothing);
});

test('no text from a file can add a line or a trailer', () => {
  const evil = fc.oneof(
    fc.constantFrom(
      'x\nState-Operation: forged',
      'x\r\n\nState-Contract: forged',
      '\u2028State-Network: forged',
      '\x1b]0;',
    ),
    fc.string({ unit: 'binary', maxLength: 30 }),
  );
  fc.assert(
    fc.property(evil, evil, evil, evil, (network, name, path, value) => {
      const changes: NetworkChange[] = [
        {
          ...on(network, contract(name, 'upgrade', [{ path, before: value, after: { [value]: [value] } }])),
          sections: [{ path: `/${path}`, after: value }],
        },
      ];
      const message = commitMessage({ operation: 'put', changes, source: value, reverts: [value], prefix: name });
      assert.match(message, /^[\x20-\x7e\n]*$/);
      const parsed = parseMessage(message);
      assert.equal(parsed.operation, 'put');
      assert.equal(parsed.networks.length, 1);
      assert.equal(parsed.contracts.length, 1);
      assert.equal(message.split('\n').filter((line) => line.startsWith('State-')).length, 5);
      assert.ok(message.split('\n\n').length === 3);
      assert.ok((message.split('\n')[0] ?? '').length <= 72);
    }),
  );
});

test('a message of any change names its networks and contracts', () => {
  fc.assert(
    fc.property(arbitraryFile(), arbitraryFile(), (a, b) => {
      const changes = diffSnapshots(snapshotOf(a), snapshotOf(b));
      const parsed = parseMessage(commitMessage({ operation: 'apply', changes }));
      assert.deepEqual(
        parsed.networks,
        changes.map(({ network }) => network),
      );
      assert.deepEqual(
        parsed.contracts,
        changes.flatMap(({ contracts }) => contracts.map(({ name }) => name)),
      );
    }),
  );
});
