import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { diffSnapshots } from '../../../src/core/diff/diff.js';
import { findRenames } from '../../../src/core/diff/renames.js';
import type { JsonObject } from '../../../src/core/json.js';
import { emptyNetworkFile, type NetworkFile, withRecord } from '../../../src/core/model/network-file.js';
import type { Snapshot } from '../../../src/core/snapshot.js';
import { address, hash, record, snapshotOf } from '../../support/arbitrary-state.js';

const token = { proxy: address(1), implementation: address(2), implementationHash: hash(2) };
const vault = { implementation: address(3) };

function file(
  network: string,
  contracts: Readonly<Record<string, JsonObject>>,
  { chainId = 97, environment }: { chainId?: number; environment?: string } = {},
): NetworkFile {
  const empty = emptyNetworkFile({ network, chainId, ...(environment === undefined ? {} : { environment }) });
  return Object.entries(contracts).reduce(
    (before, [name, fields]) => withRecord(before, record(name, fields, { network, chainId })),
    empty,
  );
}

const renamed = (base: Snapshot, head: Snapshot) => [...findRenames(base, head)];

describe('a network that only got another name', () => {
  it('is one change without dangers', () => {
    const base = snapshotOf(file('old', { Token: token, Vault: vault }));
    const head = snapshotOf(file('new', { Token: token, Vault: vault }));
    const renames = findRenames(base, head);
    assert.deepEqual([...renames], [['new', 'old']]);
    assert.deepEqual(diffSnapshots(base, head, renames), [
      { network: 'new', chainId: 97, status: 'modified', renamedFrom: 'old', contracts: [], sections: [] },
    ]);
  });

  it('still shows what changed besides', () => {
    const base = snapshotOf(file('old', { Token: token, Vault: vault }));
    const next = { ...token, implementation: address(5), implementationHash: hash(5) };
    const head = snapshotOf(file('new', { Token: next, Vault: vault }));
    const [change] = diffSnapshots(base, head, findRenames(base, head));
    assert.deepEqual(
      change?.contracts.map(({ name, kind, danger }) => [name, kind, danger]),
      [['Token', 'upgrade', null]],
    );
  });

  it('whose record lost its checksum says so', () => {
    const base = snapshotOf(file('old', { Vault: vault }));
    const head = snapshotOf(
      withRecord(file('new', {}), { network: 'new', chainId: 97, category: 'core', name: 'Vault', fields: vault }),
    );
    const [change] = diffSnapshots(base, head, findRenames(base, head));
    assert.deepEqual(
      change?.contracts.map(({ name, fields }) => [name, fields]),
      [['Vault', []]],
    );
  });

  const others: readonly [string, Snapshot, Snapshot][] = [
    ['another chain', snapshotOf(file('old', { T: token })), snapshotOf(file('new', { T: token }, { chainId: 56 }))],
    [
      'another environment',
      snapshotOf(file('old', { T: token })),
      snapshotOf(file('new', { T: token }, { environment: 'staging' })),
    ],
    ['other contracts', snapshotOf(file('old', { T: token })), snapshotOf(file('new', { T: vault }))],
    [
      'a file that stays',
      snapshotOf(file('old', { T: token })),
      snapshotOf(file('old', { T: token }), file('new', { T: token })),
    ],
    [
      'two candidates',
      snapshotOf(file('old', { T: token }), file('older', { T: token })),
      snapshotOf(file('new', { T: token })),
    ],
  ];
  for (const [what, base, head] of others) {
    it(`${what}: no rename`, () => {
      assert.deepEqual(renamed(base, head), []);
    });
  }
});
