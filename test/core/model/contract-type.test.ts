import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ContractType, fromContractType, toContractType } from '../../../src/core/model/contract-type.js';
import { sealRecord } from '../../../src/core/model/checksum.js';
import { recordsOf } from '../../../src/core/model/network-file.js';
import { tagBigints } from '../../../src/core/values/bigint.js';
import { address, arbitraryRecord, fileWith, record } from '../../support/arbitrary-state.js';
import { sharedData } from '../../support/shared-data.js';

type Vector = {
  name: string;
  taken?: string[];
  contractType: ContractType;
  record: { name: string; entry: object; extended: object };
  back: object;
  exact: boolean;
};

test('every vector of contracttype.json', (t) => {
  const path = sharedData('format-vectors', 'contracttype.json');
  if (path === null) {
    t.skip('the shared data is not here');
    return;
  }
  const { vectors } = JSON.parse(readFileSync(path, 'utf8')) as { vectors: Vector[] };
  assert.equal(vectors.length, 17);
  for (const vector of vectors) {
    const file = fileWith(...(vector.taken ?? []).map((name) => record(name, { implementation: address(1) })));
    const made = fromContractType(file, 'core', vector.contractType);
    assert.equal(made.name, vector.record.name, vector.name);
    assert.deepEqual(made.fields, { ...vector.record.entry, ...vector.record.extended }, vector.name);
    const back = tagBigints(toContractType(made));
    assert.deepEqual(back, vector.back, vector.name);
    assert.equal(
      JSON.stringify(sorted(back)) === JSON.stringify(sorted(vector.contractType)),
      vector.exact,
      vector.name,
    );
  }
});

test('a record survives the way out and back', () => {
  fc.assert(
    fc.property(arbitraryRecord(), (stored) => {
      const back = fromContractType(fileWith(stored), stored.category, toContractType(stored));
      assert.deepEqual(sealRecord(back), stored);
    }),
  );
});

test('what source says beside the two names survives the way out and back', () => {
  const name = 'a.sol:A';
  for (const source of [{}, { networkName: 'examplenet' }, { networkName: '' }, { contractName: name, kind: 'x' }]) {
    const stored = record('A', { implementation: address(1), source });
    const back = fromContractType(fileWith(stored), 'core', toContractType(stored));
    assert.deepEqual(sealRecord(back), stored, JSON.stringify(source));
  }
});

test('native bigints come back native', () => {
  const contract = { contractName: 'A', chainId: 4242, address: address(1), deploymentArgs: [10n ** 27n] };
  const made = fromContractType(fileWith(), 'core', contract);
  assert.deepEqual(made.fields['deploymentArgs'], [{ _type: 'bigint', _value: String(10n ** 27n) }]);
  assert.deepEqual(toContractType(made).deploymentArgs, [10n ** 27n]);
});

test('the record that answers to the name is the one that is written', () => {
  const file = fileWith(record('Router', { implementation: address(1), source: { contractName: 'x.sol:Router' } }));
  const made = fromContractType(file, 'core', { contractName: 'x.sol:Router', chainId: 4242, address: address(2) });
  assert.equal(made.name, 'Router');
  assert.equal(toContractType(made).contractName, 'x.sol:Router');
  assert.equal(recordsOf(file).length, 1);
});

test('what cannot be a record is refused with its own code', () => {
  const contract = { contractName: 'A', chainId: 4242, address: address(1) };
  const refused = (change: object, code: string) => {
    assert.throws(
      () => fromContractType(fileWith(), 'core', { ...contract, ...change }),
      { code },
      JSON.stringify(change),
    );
  };
  refused({ address: undefined }, 'RECORD_INVALID');
  refused({ address: `0x${'0'.repeat(40)}` }, 'RECORD_INVALID');
  refused({ address: '0xabcd1234567890123456789012345678901234567890' }, 'RECORD_INVALID');
  refused({ implementationHash: 'pending' }, 'RECORD_INVALID');
  refused({ timestamp: '1754079530056' }, 'RECORD_INVALID');
  refused({ network: 'othernet' }, 'RECORD_INVALID');
  refused({ contractName: '../A' }, 'RECORD_NAME_INVALID');
  refused({ contractName: 7 }, 'RECORD_INVALID');
  refused({ chainId: 1 }, 'CHAIN_ID_MISMATCH');
  refused({ checksum: `sha256:${'0'.repeat(64)}` }, 'CHECKSUM_MISMATCH');
  refused({ deploymentArgs: [Number.NaN] }, 'BAD_INPUT');
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}
