import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultConfig } from '../../../src/core/config/config.js';
import { chainBook } from '../../../src/core/consistency/state/chain-book.js';
import { readManifest } from '../../../src/core/consistency/state/manifest.js';
import type { DeploymentArgs } from '../../../src/core/deployment/contract-deployment.js';
import { decideDeployment, type DeploymentState } from '../../../src/core/deployment/decide.js';
import { readDeploymentArgs } from '../../../src/core/deployment/read-args.js';
import type { ContractType } from '../../../src/core/model/contract-type.js';
import { type ErrorCode, StateManagerError } from '../../../src/errors.js';

const proxyAddress = '0xF936F96de720753D01B27C8Bb4805bE9714D612e';
const address = '0xbCb0a67E981490dDb8833D2F1B33A9dBB1a7A0f4';
const elsewhere = '0xE6285525A8756b0cEd73E673902A017BEf5154BD';
const hashOf = (digit: string) => `0x${digit.repeat(64)}`;
const [recorded, other, creation] = [hashOf('a'), hashOf('b'), hashOf('c')];

const token: ContractType = {
  contractName: 'Token',
  chainId: 97,
  networkName: 'bsctestnet',
  address,
  proxyAddress,
  implementationHash: recorded,
  factoryByteCodeHash: recorded,
};

function manifest(hashes: Readonly<Record<string, string>>, name = 'bsc-testnet') {
  const impls = Object.fromEntries(Object.entries(hashes).map(([hash, at]) => [hash.slice(2), { address: at }]));
  const text = JSON.stringify({ manifestVersion: '3.2', proxies: [], impls });
  return readManifest(`.openzeppelin/${name}.json`, Buffer.from(text), chainBook(new Map(), defaultConfig, null));
}

type Asked = Partial<DeploymentArgs> & { readonly state?: Partial<DeploymentState> };

function decide(contract: ContractType | null, { state = {}, ...args }: Asked = {}) {
  const asked = readDeploymentArgs({ contractName: 'Token', implementationHash: other, ...args });
  const contracts = contract === null ? [] : [contract];
  return decideDeployment(asked, {
    chainId: 97,
    network: 'bsctestnet',
    found: contracts.find(({ contractName }) => contractName === asked.contractName) ?? null,
    contracts,
    problems: [],
    manifests: [],
    isEmpty: false,
    ...state,
  });
}

/** The code of a blocked decision; fails for any other. */
function blockedBy(...asked: Parameters<typeof decide>): ErrorCode | undefined {
  const decision = decide(...asked);
  assert.equal(decision.action, 'blocked', JSON.stringify(decision));
  assert.ok(decision.error instanceof StateManagerError);
  assert.notEqual(decision.error.hint, undefined);
  assert.equal(decision.reasons.length, 1);
  return decision.error.code;
}

describe('the decision to deploy', () => {
  it('is deploy only where nothing of that name is recorded', () => {
    const decision = decide(null, { constructorArgs: ['LOOK', 1n] });
    assert.equal(decision.action, 'deploy');
    assert.deepEqual(decision.constructorArgs, ['LOOK', 1n]);
    assert.deepEqual([decision.network, decision.chainId, decision.newHash], ['bsctestnet', 97, other]);
    assert.equal(decision.proxyAddress, undefined);
    assert.equal(decide({ ...token, contractName: 'Vault' }).action, 'deploy');
  });

  it('warns of a store that holds nothing, and of proxies that only the manifest knows', () => {
    assert.deepEqual(decide(null).warnings, []);
    assert.equal(decide(null, { state: { isEmpty: true } }).warnings.length, 1);
    const text = JSON.stringify({ proxies: [{ address: proxyAddress, kind: 'uups' }], impls: {} });
    const chains = chainBook(new Map(), defaultConfig, null);
    const known = readManifest('.openzeppelin/bsc-testnet.json', Buffer.from(text), chains);
    const decision = decide(null, { state: { manifests: [known] } });
    assert.deepEqual([decision.action, decision.warnings.length], ['deploy', 1]);
  });

  it('is unchanged for the recorded hash, in any case, by either field', () => {
    const same = decide(token, { implementationHash: recorded.toUpperCase().replace('0X', '0x') });
    assert.deepEqual([same.action, same.matchedBy], ['unchanged', 'implementationHash']);
    assert.deepEqual([same.proxyAddress, same.implementationAddress], [proxyAddress, address]);
    const factory = decide({ ...token, factoryByteCodeHash: other });
    assert.deepEqual([factory.action, factory.matchedBy], ['unchanged', 'factoryByteCodeHash']);
  });

  it('is upgrade for another hash, with a warning where no scheme is said', () => {
    const decision = decide(token);
    assert.equal(decision.action, 'upgrade');
    assert.deepEqual([decision.proxyAddress, decision.currentHash, decision.newHash], [proxyAddress, recorded, other]);
    assert.equal(decision.warnings.length, 1);
    const said = decide({ ...token, hashScheme: 'creation-nometa' }, { hashScheme: 'creation-nometa' });
    assert.deepEqual([said.action, said.hashScheme, said.warnings], ['upgrade', 'creation-nometa', []]);
  });

  it('skips an upgrade on request, and says what was skipped; equal code stays unchanged', () => {
    const decision = decide(token, { skipUpgradeCheck: true });
    assert.equal(decision.action, 'skipped');
    assert.equal(decision.proxyAddress, proxyAddress);
    assert.ok(decision.warnings.some((warning) => warning.includes(other)));
    assert.equal(decide(token, { skipUpgradeCheck: true, implementationHash: recorded }).action, 'unchanged');
    assert.equal(decide(null, { skipUpgradeCheck: true }).action, 'deploy');
    assert.equal(decide({ ...token, proxyAddress: '' }, { skipUpgradeCheck: true }).action, 'blocked');
  });

  it('is blocked by a record without a usable proxy', () => {
    const zero = `0x${'0'.repeat(40)}`;
    assert.equal(
      blockedBy(JSON.parse(JSON.stringify({ ...token, proxyAddress: 7 })) as ContractType),
      'RECORD_INVALID',
    );
    for (const wrong of [undefined, null, '', zero, '0x1234', '0xefgh1234567890123456789012345678901234567890']) {
      assert.equal(blockedBy({ ...token, proxyAddress: wrong }), 'RECORD_INVALID');
      assert.equal(blockedBy({ ...token, proxyAddress: wrong }, { implementationHash: recorded }), 'RECORD_INVALID');
    }
    assert.equal(blockedBy({ ...token, address: '0x1234' }), 'RECORD_INVALID');
  });

  it('knows a proxy whose implementation is not known', () => {
    for (const unknown of [undefined, '', proxyAddress]) {
      const decision = decide({ ...token, address: unknown });
      assert.deepEqual([decision.action, decision.implementationAddress], ['upgrade', undefined]);
    }
  });

  it('is blocked where the record has no hash, and skipped on request', () => {
    for (const none of [undefined, '', 'pending']) {
      const bare = { ...token, implementationHash: none, factoryByteCodeHash: '' };
      assert.equal(blockedBy(bare), 'HASH_INCOMPARABLE');
      assert.equal(decide(bare, { skipUpgradeCheck: true }).action, 'skipped');
    }
  });
});

describe('hashes in a decision', () => {
  it('block where they differ under two schemes, or only the new one says its own', () => {
    const said = { ...token, hashScheme: 'runtime-nometa' };
    assert.equal(blockedBy(said, { hashScheme: 'creation-nometa' }), 'HASH_INCOMPARABLE');
    assert.equal(blockedBy(token, { hashScheme: 'creation-nometa' }), 'HASH_INCOMPARABLE');
    assert.equal(blockedBy({ ...token, hashScheme: 'unknown' }, { hashScheme: 'runtime' }), 'HASH_INCOMPARABLE');
  });

  it('are of equal code when equal, whatever the schemes', () => {
    const decision = decide(
      { ...token, hashScheme: 'runtime-nometa' },
      { implementationHash: recorded, hashScheme: 'creation-nometa' },
    );
    assert.equal(decision.action, 'unchanged');
    assert.equal(decision.warnings.length, 1);
    assert.deepEqual(decide(token, { implementationHash: recorded, hashScheme: 'runtime' }).warnings, []);
  });

  it('take the scheme of the record from the manifest that has its hash', () => {
    const state = { manifests: [manifest({ [recorded]: address })] };
    const decision = decide(token, { hashScheme: 'creation-nometa', state });
    assert.deepEqual([decision.action, decision.hashScheme, decision.warnings], ['upgrade', 'creation-nometa', []]);
    assert.equal(blockedBy(token, { hashScheme: 'runtime-nometa', state }), 'HASH_INCOMPARABLE');
  });

  it('of another scheme than the manifest are taken for runtime, and said to be', () => {
    const state = { manifests: [manifest({ [creation]: address })] };
    const decision = decide(token, { hashScheme: 'runtime-nometa', state });
    assert.deepEqual([decision.action, decision.hashScheme], ['upgrade', 'runtime-nometa']);
    assert.equal(decision.warnings.length, 1);
    assert.equal(blockedBy(token, { hashScheme: 'creation', state }), 'HASH_INCOMPARABLE');
    const docs = decide(token, { state });
    assert.deepEqual([docs.action, docs.currentHash], ['upgrade', recorded]);
  });

  it('are compared with the manifest where the record has them in another scheme', () => {
    const state = { manifests: [manifest({ [creation]: address, [other]: elsewhere })] };
    for (const hashScheme of ['creation-nometa', undefined]) {
      const same = decide(token, { implementationHash: creation, hashScheme, state });
      assert.deepEqual([same.action, same.matchedBy], ['unchanged', 'manifest']);
      const changed = decide(token, { implementationHash: other, hashScheme, state });
      assert.deepEqual([changed.action, changed.currentHash, changed.warnings], ['upgrade', creation, []]);
    }
  });

  it('fall back on the manifest where the record has none', () => {
    const bare = { ...token, implementationHash: undefined, factoryByteCodeHash: '' };
    const state = { manifests: [manifest({ [creation]: address })] };
    assert.equal(decide(bare, { implementationHash: creation, state }).action, 'unchanged');
    assert.equal(decide(bare, { hashScheme: 'creation-nometa', state }).action, 'upgrade');
    assert.equal(blockedBy(bare, { state }), 'HASH_INCOMPARABLE');
  });

  it('learn nothing about an address from the manifest of another chain', () => {
    const state = { manifests: [manifest({ [creation]: address }, 'bsc')] };
    assert.equal(blockedBy(token, { hashScheme: 'runtime-nometa', state }), 'HASH_INCOMPARABLE');
    assert.equal(decide(token, { implementationHash: creation, state }).action, 'upgrade');
  });

  it('that the manifest has at another address are warned about', () => {
    const state = { manifests: [manifest({ [creation]: address, [recorded]: elsewhere })] };
    const decision = decide(token, { hashScheme: 'creation-nometa', state });
    assert.equal(decision.action, 'upgrade');
    assert.ok(decision.warnings.some((warning) => warning.includes(elsewhere.toLowerCase())));
    assert.equal(decide(token, { implementationHash: recorded, state }).action, 'unchanged');
  });

  it('pass over a manifest that cannot be read, and say so', () => {
    const broken = readManifest(
      '.openzeppelin/bsc-testnet.json',
      Buffer.from('{'),
      chainBook(new Map(), defaultConfig, null),
    );
    const decision = decide(token, { implementationHash: recorded, state: { manifests: [broken] } });
    assert.equal(decision.action, 'unchanged');
    assert.ok(decision.warnings.some((warning) => warning.includes('bsc-testnet.json')));
  });
});

describe('names in a decision', () => {
  const router: ContractType = { ...token, contractName: 'contracts/xchain/Router.sol:Router' };

  it('find a qualified contract by its short name', () => {
    const decision = decide(router, { contractName: 'Router', implementationHash: recorded });
    assert.deepEqual([decision.action, decision.contractName], ['unchanged', 'Router']);
  });

  it('find a contract by its alias', () => {
    assert.equal(decide({ ...token, aliases: ['Coin'] }, { contractName: 'Coin' }).action, 'upgrade');
  });

  it('block where several contracts have the short name', () => {
    const contracts = [router, { ...router, contractName: 'contracts/old/Router.sol:Router' }];
    assert.equal(blockedBy(null, { contractName: 'Router', state: { contracts } }), 'NAME_AMBIGUOUS');
  });

  it('block where the contract may be there under its short name or in another case', () => {
    assert.equal(blockedBy(token, { contractName: 'contracts/Token.sol:Token' }), 'NAME_AMBIGUOUS');
    assert.equal(blockedBy(token, { contractName: 'token' }), 'NAME_AMBIGUOUS');
  });

  it('deploy another artefact of that short name', () => {
    assert.equal(decide(router, { contractName: 'contracts/other/Router.sol:Router' }).action, 'deploy');
  });
});

describe('what is wrong in state', () => {
  const problem = (key: string, severity: 'error' | 'warning' = 'error') => ({
    severity,
    key,
    message: 'half a record',
  });

  it('blocks a first deployment wherever the contract might be in what is broken', () => {
    for (const key of ['97-Token', '97-Vault', '97-', 'bsctestnet.json', 'bsctestnet:0x1234', 'bsc-testnet']) {
      assert.equal(blockedBy(null, { state: { problems: [problem(key)] } }), 'STATE_INVALID', key);
    }
    assert.equal(decide(null, { state: { problems: [problem('31337-Token')] } }).action, 'deploy');
    assert.equal(decide(null, { state: { problems: [problem('97-Vault', 'warning')] } }).action, 'deploy');
  });

  it('blocks by an error of the record itself, and warns of others on the chain', () => {
    assert.equal(blockedBy(token, { state: { problems: [problem('97-Token')] } }), 'STATE_INVALID');
    const decision = decide(token, { implementationHash: recorded, state: { problems: [problem('97-Vault')] } });
    assert.equal(decision.action, 'unchanged');
    assert.equal(decision.warnings.length, 1);
  });

  it('blocks a record of another chain, and a network of another tier', () => {
    const found = { ...token, chainId: 56 };
    assert.equal(blockedBy(null, { state: { found, contracts: [found] } }), 'CHAIN_ID_MISMATCH');
    assert.equal(blockedBy(token, { state: { network: 'bscmainnet' } }), 'CHAIN_ID_MISMATCH');
    assert.equal(blockedBy(null, { state: { network: 'bscmainnet' } }), 'CHAIN_ID_MISMATCH');
  });

  it('warns of a record whose word for the network means another chain', () => {
    const decision = decide({ ...token, networkName: 'bscmainnet' }, { implementationHash: recorded });
    assert.equal(decision.action, 'unchanged');
    assert.equal(decision.warnings.length, 1);
  });
});

describe('arguments of a decision', () => {
  const valid: DeploymentArgs = { contractName: 'Token', implementationHash: recorded };

  it('are refused where they say nothing, so that nothing is decided by them', () => {
    const wrong: readonly object[] = [
      { contractName: '' },
      { contractName: undefined },
      { implementationHash: '0x123' },
      { implementationHash: undefined },
      { hashScheme: 3 },
      { chainId: 0 },
      { chainId: '97' },
      { constructorArgs: 'LOOK' },
      { skipUpgradeCheck: 'true' },
    ];
    for (const part of wrong) {
      const refuses = (error: unknown) => error instanceof StateManagerError && error.code === 'BAD_INPUT';
      assert.throws(() => readDeploymentArgs({ ...valid, ...part }), refuses, JSON.stringify(part));
    }
  });

  it('may name a scheme that says nothing', () => {
    assert.equal(readDeploymentArgs({ ...valid, hashScheme: 'unknown' }).hashScheme, undefined);
    assert.equal(readDeploymentArgs({ ...valid, hashScheme: 'runtime' }).hashScheme, 'runtime');
  });
});
