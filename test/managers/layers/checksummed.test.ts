import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ContractType } from '../../../src/core/model/contract-type.js';
import type { ContractStore, Scope } from '../../../src/managers/contract-store.js';
import { delegating } from '../../../src/managers/each-call.js';
import { checksummed } from '../../../src/managers/layers/checksummed.js';
import { contractChecksum } from '../../../src/managers/layers/contract-checksum.js';
import { refuses, sampleContract } from '../../support/contracts.js';
import { emptyPlace, memoryContracts } from '../../support/memory-contracts.js';

const scope: Scope = { chainId: 97, network: 'bsctestnet' };
const contract = sampleContract('LookCoin', 97, { deploymentArgs: [5n, { cap: '1' }] });

async function stored(changes: object = {}) {
  const place = emptyPlace();
  const bare = memoryContracts(place);
  await checksummed()(bare).apply([{ kind: 'put', scope, contract }]);
  const kept = await bare.read(scope, 'LookCoin');
  assert.ok(kept !== null);
  await bare.apply([{ kind: 'put', scope, contract: { ...kept, ...changes } }]);
  return bare;
}

describe('checksums', () => {
  it('stand beside what was put, and are not part of the answer', async () => {
    const bare = await stored();
    assert.match(String((await bare.read(scope, 'LookCoin'))?.['checksum']), /^sha256:[0-9a-f]{64}$/);
    const guarded = checksummed({ required: true })(bare);
    assert.deepEqual(await guarded.read(scope, 'LookCoin'), contract);
    assert.deepEqual(await guarded.list(), [contract]);
    assert.deepEqual(await guarded.inspect(), []);
  });

  for (const [what, changes] of Object.entries({
    'another implementation': { address: `0x${'11'.repeat(20)}` },
    'another proxy': { proxyAddress: `0x${'11'.repeat(20)}` },
    'another hash': { implementationHash: `0x${'11'.repeat(32)}` },
    'other arguments': { deploymentArgs: [6n, { cap: '1' }] },
    'arguments of another type': { deploymentArgs: ['5', { cap: '1' }] },
    'no arguments': { deploymentArgs: undefined },
    'a field more': { 'x-new': 1 },
    'another checksum': { checksum: `sha256:${'0'.repeat(64)}` },
    'a checksum that is none': { checksum: 7 },
  })) {
    it(`find ${what} under the store`, async () => {
      const guarded = checksummed()(await stored(changes));
      await refuses(['CHECKSUM_MISMATCH'], guarded.read(scope, 'LookCoin'));
      await refuses(['CHECKSUM_MISMATCH'], guarded.list());
      const problems = await guarded.inspect();
      assert.deepEqual(
        problems.map(({ severity, key }) => [severity, key]),
        [['error', '97-LookCoin']],
      );
    });
  }

  it('hold through what a store may change: case, unknown as absent, its own name of the network', () => {
    const lower = '0x6ca5a425d66b30c84cca43af03c3762c2c927746';
    const given: ContractType = {
      contractName: 'LookCoin',
      chainId: 97,
      proxyAddress: lower,
      address: null,
      factoryByteCodeHash: '',
      implementationHash: `0x${'AB'.repeat(32)}`,
    };
    const kept: ContractType = {
      contractName: 'LookCoin',
      chainId: 97,
      networkName: 'bsctestnet',
      proxyAddress: '0x6cA5a425D66B30C84Cca43Af03C3762c2c927746',
      address: '0x6cA5a425D66B30C84Cca43Af03C3762c2c927746',
      implementationHash: `0x${'ab'.repeat(32)}`,
    };
    assert.equal(contractChecksum(given), contractChecksum(kept));
  });

  it('are of one chain and one name', () => {
    const own = contractChecksum(contract);
    assert.notEqual(contractChecksum({ ...contract, chainId: 56 }), own);
    assert.notEqual(contractChecksum({ ...contract, contractName: 'Other' }), own);
  });

  it('cover fields that are called as the file calls a place', () => {
    const own = contractChecksum(contract);
    for (const field of ['category', 'network', 'name', 'section', 'constructor']) {
      assert.notEqual(contractChecksum({ ...contract, [field]: 'x' }), own);
    }
  });

  it('are not asked of what somebody else wrote, unless they are required', async () => {
    const bare = await stored({ checksum: undefined });
    assert.deepEqual(await checksummed()(bare).read(scope, 'LookCoin'), contract);
    const strict = checksummed({ required: true })(bare);
    await refuses(['CHECKSUM_MISMATCH'], strict.read(scope, 'LookCoin'));
    assert.equal((await strict.inspect()).length, 1);
  });

  it('of the caller have to hold, and nothing is written otherwise', async () => {
    const bare = memoryContracts();
    const guarded = checksummed()(bare);
    const wrong = { ...contract, checksum: 'sha256:0' };
    await refuses(['CHECKSUM_MISMATCH'], guarded.apply([{ kind: 'put', scope, contract: wrong }]));
    assert.deepEqual(await bare.list(), []);
    const right = { ...contract, checksum: contractChecksum(contract) };
    assert.deepEqual(await guarded.apply([{ kind: 'put', scope, contract: right }]), [true]);
  });

  it('are not laid over the seal of a unified store, but beside it', async () => {
    const unified: ContractStore = { ...delegating(memoryContracts()), type: 'unified' };
    assert.throws(() => checksummed()(unified), { code: 'BACKEND_INVALID' });
    const guarded = checksummed({ field: 'contentChecksum' })(unified);
    await guarded.apply([{ kind: 'put', scope, contract }]);
    assert.deepEqual(await guarded.read(scope, 'LookCoin'), contract);
    assert.match(String((await unified.read(scope, 'LookCoin'))?.['contentChecksum']), /^sha256:/);
  });

  it('leave what the store itself finds wrong to the store', async () => {
    const broken: ContractStore = {
      ...delegating(memoryContracts()),
      inspect: () => Promise.resolve([{ severity: 'error', key: '97-A', message: 'half' }]),
      list: () => Promise.reject(new Error('not asked')),
    };
    assert.equal((await checksummed()(broken).inspect()).length, 1);
  });
});
