import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Json, JsonObject } from '../../../src/core/json.js';
import { isObject } from '../../../src/core/json.js';
import { inspectPlain } from '../../../src/core/plain/inspect-plain.js';
import { deletePlain, findPlain, plainContracts, putPlain } from '../../../src/core/plain/plain-contracts.js';
import { emptyPlainFile, type PlainFile, plainFile, plainText } from '../../../src/core/plain/plain-file.js';
import { readValue } from '../../../src/core/text/read.js';
import { StateManagerError } from '../../../src/errors.js';
import { arbitraryContracts } from '../../support/arbitrary-contract.js';
import { address, hash } from '../../support/arbitrary-state.js';

const forms = ['v1', 'v2'] as const;
const place = { network: 'examplenet', chainId: 4242, timestamp: '2025-08-01T20:18:50.056Z' };

for (const form of forms) {
  describe(`a contract put into a ${form} file`, () => {
    it('is read from its text as it was put, whatever was there', () => {
      fc.assert(
        fc.property(arbitraryContracts(), arbitraryContracts(), (first, second) => {
          const file = putAll(emptyPlainFile(form, place), [...first, ...second]);
          const wanted = new Map([...first, ...second].map((each) => [each['contractName'], each]));
          const read = plainContracts(reread(file));
          assert.deepEqual(read.problems, []);
          assert.deepEqual(new Map(read.contracts.map(({ name, contract }) => [name, contract])), wanted);
        }),
      );
    });

    it('changes nothing when it is put again', () => {
      fc.assert(
        fc.property(arbitraryContracts(), (contracts) => {
          const file = putAll(emptyPlainFile(form, place), contracts);
          assert.equal(plainText(putAll(file, contracts)), plainText(file));
          const read = plainContracts(file).contracts.map(({ contract }) => contract);
          assert.equal(plainText(putAll(file, read)), plainText(file));
        }),
      );
    });

    it('leaves nothing behind when it is deleted', () => {
      fc.assert(
        fc.property(arbitraryContracts(), (contracts) => {
          const empty = emptyPlainFile(form, place);
          const file = putAll(empty, contracts);
          const left = contracts.reduce<PlainFile>((each, contract) => deletePlain(each, nameOf(contract)), file);
          assert.deepEqual(left.root, empty.root);
        }),
      );
    });

    it('is refused without an address, with a bad one, or with a bad name', () => {
      const empty = emptyPlainFile(form, place);
      refuses(() => putPlain(empty, { contractName: 'A', chainId: 4242 }), 'RECORD_INVALID');
      refuses(() => putPlain(empty, { contractName: 'A', address: '0xefgh' }), 'RECORD_INVALID');
      refuses(() => putPlain(empty, { contractName: 'constructor', address: address(1) }), 'RECORD_NAME_INVALID');
      refuses(() => putPlain(empty, { address: address(1) }), 'RECORD_NAME_INVALID');
    });
  });
}

describe('a v1 file', () => {
  const root: JsonObject = {
    network: 'BSC Testnet',
    chainId: 97,
    deployer: address(9),
    timestamp: '2025-07-23T11:00:00.000Z',
    contracts: {
      Zed: { implementation: address(1), proxy: address(2), verified: true, deployedAt: '2025-07-23T10:00:00.000Z' },
      Plain: { proxy: address(3), implementation: address(3) },
      Pending: { proxy: address(4), implementation: address(5) },
      'contracts/x/Router.sol:Router': { proxy: address(6), implementation: address(7) },
    },
    config: { anything: [1, null] },
    implementationHashes: { Zed: hash(1), Pending: 'pending', Plain: '' },
    lastDeployed: '2025-07-23T12:00:00.000Z',
    infrastructureContracts: { feeManager: address(8), router: address(6) },
  };

  it('is read as document 001 says, and what has no time of its own has a marked one', () => {
    const file = fileOf(root);
    const derived = { timestamp: Date.parse('2025-07-23T12:00:00.000Z'), timestampDerivedFrom: 'lastDeployed' };
    const at = { chainId: 97, networkName: 'BSC Testnet' };
    assert.deepEqual(findPlain(file, 'Zed')?.contract, {
      ...at,
      contractName: 'Zed',
      address: address(1),
      proxyAddress: address(2),
      factoryByteCodeHash: hash(1),
      implementationHash: hash(1),
      timestamp: Date.parse('2025-07-23T10:00:00.000Z'),
      deployedAt: '2025-07-23T10:00:00.000Z',
      verified: true,
    });
    assert.deepEqual(findPlain(file, 'Plain')?.contract, {
      ...at,
      contractName: 'Plain',
      address: address(3),
      factoryByteCodeHash: '',
      ...derived,
    });
    assert.equal(findPlain(file, 'Pending')?.contract['implementationHash'], undefined);
  });

  it('has the contracts whose proxies stand beside its contracts only', () => {
    const file = fileOf(root);
    assert.equal(findPlain(file, 'FeeManager')?.contract['proxyAddress'], address(8));
    assert.equal(findPlain(file, 'Router'), null);
    const left = deletePlain(file, 'FeeManager');
    assert.equal(findPlain(left, 'FeeManager'), null);
    assert.deepEqual(left.root['infrastructureContracts'], { router: address(6) });
    const named = putPlain(file, { contractName: 'FeeManager', address: address(20), proxyAddress: address(8) });
    assert.equal(findPlain(deletePlain(named, 'FeeManager'), 'FeeManager'), null);
  });

  it('keeps every member that a write is not about, in its place', () => {
    const next = putPlain(fileOf(root), { contractName: 'Zed', address: address(30), proxyAddress: address(2) });
    assert.deepEqual(Object.keys(next.root), [...Object.keys(root), 'contractDetails']);
    const { contracts, implementationHashes, contractDetails, ...others } = next.root;
    const { contracts: before, implementationHashes: hashesBefore, ...othersBefore } = root;
    assert.deepEqual(others, othersBefore);
    assert.deepEqual(implementationHashes, { Pending: 'pending', Plain: '' });
    assert.ok(isObject(hashesBefore) && isObject(contractDetails));
    assert.ok(isObject(before));
    assert.deepEqual(contracts, {
      ...before,
      Zed: { implementation: address(30), proxy: address(2), verified: true },
    });
    assert.deepEqual(findPlain(next, 'Zed')?.contract, {
      contractName: 'Zed',
      chainId: 97,
      address: address(30),
      proxyAddress: address(2),
    });
  });

  it('does not give the code of an older implementation to one that an old script wrote over it', () => {
    const contract = {
      contractName: 'A',
      address: address(1),
      proxyAddress: address(2),
      factoryByteCodeHash: hash(1),
      implementationHash: hash(2),
      deploymentArgs: ['a'],
      note: 1,
    };
    const written = putPlain(fileOf(root), contract).root;
    const upgraded = {
      ...written,
      contracts: {
        ...(isObject(written['contracts'] ?? null) ? (written['contracts'] as JsonObject) : {}),
        A: { proxy: address(2), implementation: address(40) },
      },
      implementationHashes: { A: hash(3) },
    };
    const read = findPlain(fileOf(upgraded), 'A')?.contract ?? {};
    assert.equal(read['factoryByteCodeHash'], hash(3));
    assert.equal(read['implementationHash'], hash(3));
    assert.equal(read['deploymentArgs'], undefined);
    assert.equal(read['note'], 1);
    const found = inspectPlain(fileOf(upgraded)).filter(({ name }) => name === 'A');
    assert.deepEqual(
      found.map(({ severity }) => severity),
      ['warning'],
    );
  });

  it('lets a derived time go when the contract gets one of its own', () => {
    const file = fileOf(root);
    const read = findPlain(file, 'Plain')?.contract ?? {};
    assert.equal(putPlain(file, read).root['contractDetails'], undefined);
    const later = findPlain(putPlain(file, { ...read, timestamp: 1754079530056 }), 'Plain')?.contract ?? {};
    assert.equal(later['timestamp'], 1754079530056);
    assert.equal(later['timestampDerivedFrom'], undefined);
  });
});

describe('a v2 file', () => {
  const proxy = address(2);
  const info = {
    name: 'LookCoin',
    address: proxy,
    deployedAt: '1723456789123456789',
    implementationHash: hash(1),
    constructorArgs: ['LOOK', { _type: 'bigint', _value: '7' }],
    proxy: { proxyAddress: proxy, implementationAddress: address(3), admin: 'somebody' },
    metadata: { upgradeable: true },
    audited: { by: 'x' },
  };
  const root = {
    version: '2.0.0',
    network: 'BSC Mainnet',
    chainId: 56,
    timestamp: '2025-08-12T10:30:00.000Z',
    contracts: { [proxy]: info },
  };

  it('is read as document 000 has it, with nanoseconds as text', () => {
    assert.deepEqual(findPlain(fileOf(root), 'LookCoin')?.contract, {
      contractName: 'LookCoin',
      chainId: 56,
      networkName: 'BSC Mainnet',
      address: address(3),
      proxyAddress: proxy,
      factoryByteCodeHash: '',
      implementationHash: hash(1),
      deploymentArgs: ['LOOK', { _type: 'bigint', _value: '7' }],
      timestamp: 1723456789123,
      deployedAt: '1723456789123456789',
      metadata: { upgradeable: true },
      'x-proxy': { admin: 'somebody' },
      audited: { by: 'x' },
    });
  });

  it('keeps what others wrote into an entry that is replaced', () => {
    const next = putPlain(fileOf(root), { contractName: 'LookCoin', address: address(4), proxyAddress: proxy });
    const contracts = next.root['contracts'];
    const entry = isObject(contracts ?? null) ? (contracts as Record<string, JsonObject>)[proxy] : undefined;
    assert.deepEqual(entry?.['audited'], { by: 'x' });
    assert.equal(findPlain(next, 'LookCoin')?.contract['audited'], undefined);
  });

  it('says which names and addresses stand in each other’s way', () => {
    const twice = fileOf({
      ...root,
      contracts: { [proxy]: info, [address(5)]: { name: 'LookCoin', address: address(5) } },
    });
    refuses(() => findPlain(twice, 'LookCoin'), 'NAME_AMBIGUOUS');
    refuses(() => putPlain(fileOf(root), { contractName: 'Other', address: proxy }), 'ADDRESS_AMBIGUOUS');
    const second = putPlain(fileOf(root), { contractName: 'Other', address: address(9), proxyAddress: proxy });
    assert.equal(findPlain(second, 'Other')?.contract['proxyAddress'], proxy);
  });

  it('reports entries that are no contracts and reads the others', () => {
    const read = plainContracts(
      fileOf({ ...root, contracts: { [proxy]: info, x: {}, [address(5)]: { address: address(5) }, [address(6)]: 7 } }),
    );
    assert.deepEqual(
      read.problems.map(({ path }) => path),
      ['/contracts/x', `/contracts/${address(5)}`, `/contracts/${address(6)}`],
    );
    assert.equal(read.contracts.length, 1);
  });
});

describe('an enhanced file', () => {
  const root = {
    schemaVersion: '2.0.0',
    network: 'bscmainnet',
    chainId: 56,
    metadata: { timestamp: '2025-07-25T11:11:18.006Z' },
    contracts: {
      core: { LookCoin: { proxy: address(1), implementation: address(2) } },
      protocol: { LayerZeroModule: { address: address(3) } },
      infrastructure: { FeeManager: { proxy: address(4), implementation: `0x${'0'.repeat(40)}` } },
    },
    verification: {
      implementationHashes: { LookCoin: hash(1) },
      constructorArgs: { LookCoin: [{ type: 'BigInt', value: '5000000000000000000000000000' }] },
    },
  };

  it('is read by category, a zero address is none, and it is never written', () => {
    const file = fileOf(root);
    assert.equal(findPlain(file, 'LookCoin')?.contract['implementationHash'], hash(1));
    assert.deepEqual(findPlain(file, 'LookCoin')?.contract['deploymentArgs'], [
      { _type: 'bigint', _value: '5000000000000000000000000000' },
    ]);
    assert.equal(findPlain(file, 'LayerZeroModule')?.contract['address'], address(3));
    assert.equal(findPlain(file, 'FeeManager')?.contract['address'], address(4));
    refuses(() => putPlain(file, { contractName: 'A', address: address(5) }), 'BAD_INPUT');
  });
});

describe('what is no plain file', () => {
  it('says where', () => {
    const cases: [Json, string][] = [
      [[], ''],
      [{ network: 'a', chainId: 1 }, '/contracts'],
      [{ network: 'a', chainId: '1', contracts: {} }, '/chainId'],
      [{ chainId: 1, contracts: {} }, '/network'],
      [{ schemaVersion: '3.0.0', network: 'a', chainId: 1, contracts: {} }, '/schemaVersion'],
      [{ version: 2, network: 'a', chainId: 1, contracts: {} }, '/version'],
    ];
    for (const [root, path] of cases) {
      const read = plainFile(root);
      assert.equal('message' in read ? read.path : 'a file', path);
    }
  });
});

function nameOf(contract: JsonObject): string {
  const name = contract['contractName'];
  assert.ok(typeof name === 'string');
  return name;
}

function putAll(file: PlainFile, contracts: readonly JsonObject[]): PlainFile {
  return contracts.reduce<PlainFile>((each, contract) => putPlain(each, contract), file);
}

function reread(file: PlainFile): PlainFile {
  return fileOf(JSON.parse(plainText(file)) as Json);
}

function fileOf(root: unknown): PlainFile {
  const read = readValue(Buffer.from(JSON.stringify(root)), { foreign: true });
  assert.ok(read.ok);
  const file = plainFile(read.value);
  assert.ok('form' in file);
  return file;
}

function refuses(act: () => unknown, code: string): void {
  assert.throws(act, (error) => error instanceof StateManagerError && error.code === code);
}
