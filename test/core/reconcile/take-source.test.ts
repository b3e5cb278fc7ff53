import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { compareNetwork } from '../../../src/core/compare/compare-network.js';
import { storeContracts } from '../../../src/core/compare/source-contracts.js';
import { readConfig } from '../../../src/core/config/config.js';
import { inspectFile } from '../../../src/core/inspect/inspect.js';
import type { JsonObject } from '../../../src/core/json.js';
import { member } from '../../../src/core/json.js';
import { recordChecksum } from '../../../src/core/model/checksum.js';
import {
  emptyNetworkFile,
  type NetworkFile,
  networkFileText,
  recordNamed,
  withRecord,
} from '../../../src/core/model/network-file.js';
import { discrepanciesOf } from '../../../src/core/reconcile/discrepancy.js';
import { takeContract, takeFields } from '../../../src/core/reconcile/take-source.js';
import { arbitraryContracts } from '../../support/arbitrary-contract.js';
import { address, fileWith, hash, record } from '../../support/arbitrary-state.js';
import { entriesOf } from '../../support/leveldb-store.js';

const config = readConfig(null);
const token = {
  contractName: 'Token',
  chainId: 4242,
  proxyAddress: address(0),
  address: address(1),
  implementationHash: hash(1),
  timestamp: 1754079530056,
};

describe('taking what the LevelDB says', () => {
  it('takes the code as one: what Git has besides belongs to other code', () => {
    const held = {
      proxy: address(0),
      implementation: address(2),
      implementationHash: hash(1),
      hashScheme: 'creation-nometa',
      deploymentArgs: [1],
      timestamp: 1754079530056,
      note: 'stays',
      source: { kind: 'leveldb', key: '4242-Token', recovered: { deploymentArgs: { file: '000005.ldb' } } },
    };
    const after = settle([token], fileWith(record('Token', held)));
    const fields = recordNamed(after, 'Token')?.fields ?? {};
    assert.equal(member(fields, 'implementation'), address(1));
    assert.equal(member(fields, 'hashScheme'), undefined);
    assert.equal(member(fields, 'deploymentArgs'), undefined);
    assert.deepEqual(member(fields, 'source'), { kind: 'leveldb', key: '4242-Token' });
  });

  it('keeps recovered arguments where the code stays what it was', () => {
    const held = {
      proxy: address(0),
      implementation: address(1),
      implementationHash: hash(1),
      deploymentArgs: [1],
      timestamp: 5,
      source: { kind: 'leveldb', key: '4242-Token', recovered: { deploymentArgs: { file: '000005.ldb' } } },
    };
    const fields = recordNamed(settle([token], fileWith(record('Token', held))), 'Token')?.fields ?? {};
    assert.equal(member(fields, 'timestamp'), 1754079530056);
    assert.deepEqual(member(fields, 'deploymentArgs'), [1]);
    assert.deepEqual(member(fields, 'source'), held.source);
  });

  it('makes a record that says where it came from, in the category of its name', () => {
    const after = settle([{ ...token, contractName: 'contracts/FeeManager.sol:FeeManager' }], empty());
    const made = recordNamed(after, 'FeeManager');
    assert.ok(made !== null);
    assert.equal(made.category, 'infrastructure');
    assert.deepEqual(made.fields['source'], {
      contractName: 'contracts/FeeManager.sol:FeeManager',
      key: '4242-contracts/FeeManager.sol:FeeManager',
      kind: 'leveldb',
    });
  });

  it('of any contracts leaves nothing that differs, in sealed records that pass the gate', () => {
    fc.assert(
      fc.property(arbitraryContracts(), arbitraryContracts(), (before, after) => {
        const file = settle(after.map(readable), settle(before.map(readable), empty()));
        assert.deepEqual(
          open(after.map(readable), file).filter(({ kind }) => kind !== 'only-git'),
          [],
        );
        const text = networkFileText(file);
        const path = 'deployments/unified/examplenet.unified.json';
        const findings = inspectFile({ path, mode: '100644', bytes: Buffer.from(text) });
        assert.deepEqual(
          findings.filter(({ severity }) => severity === 'error'),
          [],
        );
      }),
      { numRuns: 60 },
    );
  });
});

/** Contracts that a record can be made of: without the values that an import would send to quarantine. */
function readable(contract: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(contract).filter(([field]) => field !== 'proxy' && field !== 'name'));
}

function empty(): NetworkFile {
  return emptyNetworkFile({ network: 'examplenet', chainId: 4242 });
}

function open(contracts: readonly JsonObject[], file: NetworkFile) {
  const entries = entriesOf(Object.fromEntries(contracts.map((contract) => [keyOf(contract), contract])));
  const { networks, rejects } = storeContracts(entries, { files: [file], config });
  assert.deepEqual(rejects, []);
  return discrepanciesOf(networks.map((network) => compareNetwork(network, file, { keptIn: () => null })));
}

function keyOf(contract: JsonObject): string {
  const name = member(contract, 'contractName');
  return `4242-${typeof name === 'string' ? name : ''}`;
}

/** Everything from the LevelDB. */
function settle(contracts: readonly JsonObject[], file: NetworkFile): NetworkFile {
  let after = file;
  for (const { source, record: held, fields } of open(contracts, file)) {
    if (source === null) continue;
    const current = held === null ? null : recordNamed(after, held.name);
    const made = current === null ? takeContract(after, source, config) : takeFields(after, current, source, fields);
    assert.equal(member(made.fields, 'checksum'), recordChecksum(made));
    after = withRecord(after, made);
  }
  return after;
}
