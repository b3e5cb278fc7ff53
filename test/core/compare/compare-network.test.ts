import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { compareNetwork, type KeptIn, type NetworkComparison } from '../../../src/core/compare/compare-network.js';
import { migrationReport } from '../../../src/core/compare/migration-report.js';
import { storeContracts } from '../../../src/core/compare/source-contracts.js';
import { readConfig } from '../../../src/core/config/config.js';
import type { Json, JsonObject } from '../../../src/core/json.js';
import type { LegacyEntry } from '../../../src/core/legacy/entry.js';
import { isReject, readEntry } from '../../../src/core/legacy/read-entry.js';
import { settleNetwork } from '../../../src/core/legacy/settle-network.js';
import {
  emptyNetworkFile,
  type NetworkFile,
  recordNamed,
  withoutRecord,
} from '../../../src/core/model/network-file.js';
import { arbitraryContracts } from '../../support/arbitrary-contract.js';
import { address, fileWith, hash, record } from '../../support/arbitrary-state.js';
import { entriesOf } from '../../support/leveldb-store.js';

const config = readConfig(null);
const never: KeptIn = () => null;

const token = {
  contractName: 'Token',
  chainId: 4242,
  networkName: 'examplenet',
  address: address(1),
  proxyAddress: address(0),
  factoryByteCodeHash: '',
  implementationHash: hash(1),
  deploymentArgs: ['1', [2, { deep: true }]],
  timestamp: 1754079530056,
};
const tokenFields = {
  proxy: address(0),
  implementation: address(1),
  implementationHash: hash(1),
  deploymentArgs: ['1', [2, { deep: true }]],
  timestamp: 1754079530056,
};

describe('a source beside the state it became', () => {
  it('matches where every field has its value, whatever each side spells in its own way', () => {
    const report = reportOf([{ ...token, address: address(1).toLowerCase() }], fileWith(record('Token', tokenFields)));
    assert.equal(report.isComplete, true);
    assert.deepEqual([report.sourceCount, report.targetCount, report.matches], [1, 1, 1]);
    assert.deepEqual(report.quality, { score: 100, held: 6, values: 6 });
  });

  it('names each field that differs, with both values, down to the item', () => {
    const target = fileWith(
      record('Token', { ...tokenFields, timestamp: 5, deploymentArgs: ['1', [2, { deep: false }]] }),
    );
    const report = reportOf([token], target);
    assert.equal(report.isComplete, false);
    assert.deepEqual(report.mismatches, [
      {
        network: 'examplenet',
        contractName: 'Token',
        key: '4242-Token',
        address: address(0),
        differences: [
          { path: '/deploymentArgs/1/1/deep', before: true, after: false },
          { path: '/timestamp', before: 1754079530056, after: 5 },
        ],
      },
    ]);
    assert.deepEqual(report.quality, { score: 66.66, held: 4, values: 6 });
  });

  it('counts what only the target has as a difference, unless the record says where it is from', () => {
    const withoutArguments = without(token, 'deploymentArgs');
    const invented = reportOf([withoutArguments], fileWith(record('Token', tokenFields)));
    assert.deepEqual(
      invented.mismatches.map(({ differences }) => differences.map(({ path }) => path)),
      [['/deploymentArgs']],
    );
    assert.equal(invented.quality.score, 83.33);
    const marked = { kind: 'leveldb', key: '4242-Token', recovered: { deploymentArgs: { file: '000005.ldb' } } };
    const recovered = reportOf([withoutArguments], fileWith(record('Token', { ...tokenFields, source: marked })));
    assert.equal(recovered.isComplete, true);
    assert.deepEqual(recovered.added, [
      { network: 'examplenet', contractName: 'Token', fields: ['deploymentArgs', 'source'] },
    ]);
  });

  it('takes what state alone knows for added', () => {
    const more = {
      aliases: ['OldToken'],
      hashScheme: 'creation-nometa',
      firstDeployedAt: 1754079530000,
      upgrades: [{ implementation: address(9), timestamp: 1 }],
      source: { kind: 'leveldb', key: '4242-Token' },
    };
    const report = reportOf([token], fileWith(record('Token', { ...tokenFields, ...more })));
    assert.equal(report.isComplete, true);
    assert.deepEqual(report.added[0]?.fields, ['aliases', 'firstDeployedAt', 'hashScheme', 'source', 'upgrades']);
  });

  it('finds a contract under an alias and under its fully-qualified name', () => {
    const target = fileWith(
      record('Token', { ...tokenFields, source: { contractName: 'contracts/Token.sol:Token' } }),
      record('Vault', { implementation: address(7), aliases: ['OldVault'] }),
    );
    const sources = [
      { ...token, contractName: 'contracts/Token.sol:Token' },
      { contractName: 'OldVault', chainId: 4242, address: address(7) },
    ];
    const report = reportOf(sources, target);
    assert.deepEqual([report.isComplete, report.matches, report.extra], [true, 2, []]);
  });

  it('reports what is in the target alone, and does not fail for it', () => {
    const target = fileWith(record('Token', tokenFields), record('New', { implementation: address(8) }));
    const report = reportOf([token], target);
    assert.equal(report.isComplete, true);
    assert.deepEqual(report.extra, [{ network: 'examplenet', contractName: 'New', address: address(8) }]);
  });

  it('takes an entry that quarantine keeps for kept, and any other for missing', () => {
    const bad = { ...token, contractName: 'Bad', address: address(3) };
    const keptIn: KeptIn = (key) => (key === '4242-Bad' ? 'deployments/quarantine/4242.json' : null);
    const kept = reportOf([token, bad], fileWith(record('Token', tokenFields)), keptIn);
    assert.equal(kept.isComplete, true);
    assert.deepEqual(kept.quarantined, [{ key: '4242-Bad', file: 'deployments/quarantine/4242.json' }]);
    assert.deepEqual([kept.sourceCount, kept.quality.score], [1, 100]);
    const lost = reportOf([token, bad], fileWith(record('Token', tokenFields)));
    assert.deepEqual([lost.isComplete, lost.missing.map(({ key }) => key)], [false, ['4242-Bad']]);
    assert.deepEqual(lost.quality, { score: 50, held: 6, values: 12 });
  });

  it('believes what a value says of its own place only where it is right', () => {
    const target = fileWith(record('Token', tokenFields));
    assert.equal(reportOf([{ ...token, network: 'examplenet', category: 'core' }], target).isComplete, true);
    assert.deepEqual(
      reportOf([{ ...token, category: 'protocol' }], target).mismatches[0]?.differences.map(({ path }) => path),
      ['/category'],
    );
  });

  it('keeps apart where sources disagree and the target holds what all of them come to', () => {
    const target = fileWith(record('Token', { ...tokenFields, timestamp: 7 }));
    const settled = reportOf([token], target, never, fileWith(record('Token', { ...tokenFields, timestamp: 7 })));
    assert.equal(settled.isComplete, true);
    assert.deepEqual(settled.settled[0]?.differences, [{ path: '/timestamp', before: 1754079530056, after: 7 }]);
    assert.deepEqual(settled.quality, { score: 100, held: 5, values: 5 });
    const untimed = fileWith(record('Token', without(tokenFields, 'timestamp')));
    const lost = reportOf([token], untimed, never, untimed);
    assert.deepEqual([lost.isComplete, lost.settled], [false, []]);
  });
});

describe('any contracts', () => {
  it('that are imported match in every field, or are rejected by the import', () => {
    fc.assert(
      fc.property(arbitraryContracts(), (contracts) => {
        const { file, rejected } = imported(contracts);
        const report = reportOf(contracts, file, keeps(rejected));
        assert.deepEqual(report.mismatches, []);
        assert.deepEqual(report.missing, []);
        assert.equal(report.quality.score, 100);
        assert.equal(report.matches + report.quarantined.length, contracts.length);
      }),
      { numRuns: 60 },
    );
  });

  it('show every value of a source that is changed after the import, at its place', () => {
    fc.assert(
      fc.property(arbitraryContracts(), fc.nat(), fc.nat(), (contracts, which, where) => {
        const { file } = imported(contracts);
        const held = contracts.filter((contract) => isHeld(file, contract));
        fc.pre(held.length > 0);
        const chosen = held[which % held.length] ?? {};
        const changed = withAnother(chosen, where);
        const report = reportOf(
          contracts.map((contract) => (contract === chosen ? changed : contract)),
          file,
        );
        const key = `4242-${nameOf(chosen)}`;
        const named = [...report.mismatches, ...report.missing].map((one) => one.key);
        assert.ok(named.includes(key), key);
        assert.ok(report.quality.score < 100);
      }),
      { numRuns: 60 },
    );
  });

  it('show every record that is gone', () => {
    fc.assert(
      fc.property(arbitraryContracts(), fc.nat(), (contracts, which) => {
        const { file } = imported(contracts);
        const held = contracts.filter((contract) => isHeld(file, contract));
        fc.pre(held.length > 0);
        const chosen = nameOf(held[which % held.length] ?? {});
        const name = recordNamed(file, chosen) === null ? chosen.slice(chosen.lastIndexOf(':') + 1) : chosen;
        const report = reportOf(contracts, withoutRecord(file, name));
        assert.ok(report.missing.some(({ key }) => key === `4242-${chosen}`));
      }),
      { numRuns: 60 },
    );
  });
});

function reportOf(
  contracts: readonly JsonObject[],
  target: NetworkFile,
  keptIn: KeptIn = never,
  together: NetworkFile | null = null,
) {
  const { networks, rejects } = storeContracts(entries(contracts), { files: [target], config });
  const compared: NetworkComparison[] = (
    networks.length === 0 ? [{ network: 'examplenet', chainId: 4242, contracts: [] }] : networks
  ).map((network) => compareNetwork(network, target, { keptIn, together }));
  // What no network can be said of is compared by the command; here it is in quarantine or a mistake of the test.
  for (const { key, raw } of rejects) assert.notEqual(keptIn(key, raw), null, key);
  const report = migrationReport(compared);
  return { ...report, quarantined: [...report.quarantined, ...rejects.map(({ key }) => ({ key, file: '' }))] };
}

function entries(contracts: readonly JsonObject[]): LegacyEntry[] {
  return entriesOf(Object.fromEntries(contracts.map((contract) => [`4242-${nameOf(contract)}`, contract])));
}

function imported(contracts: readonly JsonObject[]): { file: NetworkFile; rejected: ReadonlySet<string> } {
  const read = entries(contracts).map(readEntry);
  const records = read.flatMap((one) => (isReject(one) ? [] : [one]));
  const settled = settleNetwork(
    'deployments/unified/examplenet.unified.json',
    emptyNetworkFile({ network: 'examplenet', chainId: 4242 }),
    records,
    config,
  );
  const rejects = [...read.flatMap((one) => (isReject(one) ? [one] : [])), ...settled.rejects];
  return { file: settled.file, rejected: new Set(rejects.map(({ key }) => key)) };
}

function keeps(rejected: ReadonlySet<string>): KeptIn {
  return (key) => (rejected.has(key) ? 'deployments/quarantine/4242.json' : null);
}

function nameOf(contract: JsonObject): string {
  const name = contract['contractName'];
  return typeof name === 'string' ? name : '';
}

function isHeld(file: NetworkFile, contract: JsonObject): boolean {
  const report = reportOf([contract], file, () => '');
  return report.matches === 1;
}

/** The contract with another value in one of the fields that it has; every one has an address. */
function withAnother(contract: JsonObject, where: number): JsonObject {
  const said = Object.entries(contract).filter(
    ([field, value]) => !['contractName', 'chainId', 'name'].includes(field) && value !== '' && value !== null,
  );
  const [field] = said[where % said.length] ?? ['address'];
  return { ...contract, [field]: another(field) };
}

function without(object: JsonObject, field: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== field));
}

function another(field: string): Json {
  if (field === 'address' || field === 'proxyAddress') return address(77);
  if (field === 'factoryByteCodeHash' || field === 'implementationHash') return hash(77);
  if (field === 'timestamp') return 1754079599999;
  if (field === 'deploymentArgs') return ['another'];
  return 'another';
}
