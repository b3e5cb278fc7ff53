import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Json, JsonObject } from '../../../src/core/json.js';
import { migrateForm } from '../../../src/core/plain/migrate-form.js';
import { plainContracts, putPlain } from '../../../src/core/plain/plain-contracts.js';
import { emptyPlainFile, type PlainFile, plainFile } from '../../../src/core/plain/plain-file.js';
import { arbitraryContracts } from '../../support/arbitrary-contract.js';
import { address, hash } from '../../support/arbitrary-state.js';
import { sharedData } from '../../support/shared-data.js';

describe('a v1 file as v2', () => {
  it('has the same contracts, whatever they hold', () => {
    fc.assert(
      fc.property(arbitraryContracts(), (contracts) => {
        const empty = emptyPlainFile('v1', {
          network: 'examplenet',
          chainId: 4242,
          timestamp: '2025-08-01T20:18:50.056Z',
        });
        const file = contracts.reduce<PlainFile>((next, contract) => putPlain(next, contract), empty);
        assert.deepEqual(viewsOf(reread(migrateForm(file))), viewsOf(file));
      }),
    );
  });

  it('keeps every other member, and word for word what no contract carries', () => {
    const root = {
      network: 'BSC Testnet',
      chainId: 97,
      deployer: address(9),
      timestamp: '2025-07-23T11:00:00.000Z',
      contracts: {
        A: { proxy: address(1), implementation: address(2), verified: true },
        Bad: 'text',
        Empty: {},
        Malformed: { proxy: '0xefgh', implementation: address(3) },
      },
      implementationHashes: { A: 'pending', Gone: hash(1) },
      contractDetails: { Gone: { fields: { x: 1 } } },
      config: { layerZeroEndpoint: address(5), celerMessageBus: `0x${'0'.repeat(40)}`, other: 1 },
      lastDeployed: '2025-07-23T12:00:00.000Z',
      infrastructureContracts: { feeManager: address(8) },
      'x-own': [null],
    };
    const { contracts, ...others } = migrateForm(fileOf(root)).root;
    assert.deepEqual(others, {
      version: '2.0.0',
      network: 'BSC Testnet',
      chainId: 97,
      timestamp: root.timestamp,
      protocols: { layerZero: { endpoint: address(5) } },
      deployer: root.deployer,
      config: root.config,
      lastDeployed: root.lastDeployed,
      infrastructureContracts: root.infrastructureContracts,
      'x-own': [null],
      migratedFrom: {
        contracts: root.contracts,
        implementationHashes: root.implementationHashes,
        contractDetails: root.contractDetails,
      },
    });
    assert.deepEqual(Object.keys(contracts as JsonObject), [address(1), address(8)]);
  });

  it('has the contracts of the real files', (t) => {
    const data = sharedData('lookcoin', 'legacy-json');
    if (data === null) {
      t.skip('shared data is not here');
      return;
    }
    for (const name of ['bscmainnet', 'bsctestnet', 'basesepolia', 'optimismsepolia', 'sapphiretestnet']) {
      const file = fileOf(JSON.parse(readFileSync(join(data, `${name}.json`), 'utf8')));
      const migrated = reread(migrateForm(file));
      assert.deepEqual(viewsOf(migrated), viewsOf(file), name);
      const kept = Object.keys(file.root).filter((key) => key !== 'contracts' && key !== 'implementationHashes');
      for (const key of kept) assert.deepEqual(migrated.root[key], file.root[key], `${name} ${key}`);
      assert.equal(migrated.root['migratedFrom'], undefined);
    }
  });
});

function viewsOf(file: PlainFile): Map<string, JsonObject> {
  return new Map(plainContracts(file).contracts.map(({ name, contract }) => [name, contract]));
}

function reread(file: PlainFile): PlainFile {
  return fileOf(JSON.parse(JSON.stringify(file.root)));
}

function fileOf(root: unknown): PlainFile {
  const file = plainFile(root as Json);
  assert.ok('form' in file);
  return file;
}
