import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkConsistency } from '../../../src/core/consistency/check.js';
import { type Example, exampleState } from '../../../src/core/consistency/example.js';
import type { Finding } from '../../../src/core/finding.js';
import type { JsonObject } from '../../../src/core/json.js';
import { address, codeHash } from '../../support/deployments.js';

const celer = { metadata: { protocolsEnabled: ['celer'] } };
const connected = (...peers: JsonObject[]) => ({ topology: { connectedChains: peers } });

describe('rules about networks', () => {
  it('of two files of one chain the one that is called otherwise is shown', () => {
    const found = of('network/', { networks: { sapphiremainnet: { chainId: 23295 }, sapphiretestnet: {} } });
    assert.deepEqual(found.map(placeOf), [
      'sapphiremainnet network/chain-mismatch /chainId',
      'sapphiremainnet network/chain-twice /chainId',
    ]);
    assert.deepEqual(
      found.at(-1)?.related?.map(({ network, path }) => `${network} ${path}`),
      ['sapphiretestnet /chainId'],
    );
  });

  it('another name for a chain id nobody else claims is fine, by alias, environment or choice', () => {
    const networks = {
      bsc: { chainId: 56 },
      'bsctestnet.staging': { chainId: 97, environment: 'staging' },
      ours: { chainId: 1 },
    };
    assert.deepEqual(of('network/', { networks }), []);
  });

  it('the configuration may give a name another chain', () => {
    const config = { networks: [{ chainId: 777, name: 'bscmainnet' }] };
    assert.deepEqual(of('network/', { config, networks: { bscmainnet: { chainId: 777 } } }), []);
  });
});

describe('rules about protocols', () => {
  it('enabled, deployed and configured are three lists, each compared with what is there', () => {
    const metadata = {
      protocolsConfigured: ['layerZero'],
      protocolsDeployed: ['layerZero'],
      protocolsEnabled: ['hyperlane'],
    };
    const contracts = { core: { LayerZeroModule: { implementation: address('module') } } };
    const found = of('protocol/', { networks: { optimismsepolia: { contracts, metadata } } });
    assert.deepEqual(found.map(placeOf), [
      'optimismsepolia protocol/lists-differ /metadata/protocolsConfigured',
      'optimismsepolia protocol/not-deployed /metadata/protocolsEnabled',
      'optimismsepolia protocol/not-enabled /contracts/core/LayerZeroModule',
    ]);
  });

  it('what document 002 has under metadata.protocols is enabled, unless the list of later files is there', () => {
    const found = (metadata: JsonObject) =>
      of('protocol/', { networks: { bscmainnet: { configuration: { protocols: { celer: {} } }, metadata } } }).map(
        placeOf,
      );
    const missing = ['bscmainnet protocol/not-configured /configuration/protocols/celer/messageBus'];
    assert.deepEqual(found({ protocols: { celer: { enabled: true } } }), missing);
    assert.deepEqual(found({ protocols: { celer: {} }, protocolsEnabled: [] }), []);
  });

  it('verifiers are read in both spellings: each once, and no more asked for than there are', () => {
    const [a, b] = [address('one'), address('two')];
    const found = (layerZero: JsonObject) =>
      of('protocol/', { networks: { basesepolia: { configuration: { protocols: { layerZero } } } } }).map(placeOf);
    const at = 'basesepolia protocol/verifiers /configuration/protocols/layerZero';
    assert.deepEqual(found({ dvnConfig: { optionalDVNs: [b], requiredDVNs: [a], threshold: 2 } }), []);
    assert.deepEqual(found({ dvnConfig: { requiredDVNs: [a, a], threshold: 2 } }), [
      `${at}/dvnConfig/requiredDVNs/1`,
      `${at}/dvnConfig/threshold`,
    ]);
    assert.deepEqual(found({ dvnConfig: { requiredDVNs: [a], threshold: 0 } }), [`${at}/dvnConfig/threshold`]);
    assert.deepEqual(found({ dvnConfigs: [{ dvn: a, gas: '1', optionType: 3 }, { dvn: b }] }), []);
    assert.deepEqual(found({ dvnConfigs: [{ dvn: a }, { dvn: a.toLowerCase() }] }), [`${at}/dvnConfigs/1/dvn`]);
  });

  it('fees are read in both spellings: shares of 10,000, and the smallest not above the largest', () => {
    const found = (celer: JsonObject) =>
      of('protocol/', { networks: { sapphiretestnet: { configuration: { protocols: { celer } } } } }).map(placeOf);
    const at = 'sapphiretestnet protocol/fees /configuration/protocols/celer';
    const fees = {
      bridgeFeeBasisPoints: 50,
      maxBridgeFee: '1000000000000000000000',
      minBridgeFee: '10000000000000000000',
    };
    assert.deepEqual(found({ feeStructure: fees }), []);
    assert.deepEqual(found({ feeStructure: { ...fees, maxBridgeFee: 5 } }), [`${at}/feeStructure/minBridgeFee`]);
    assert.deepEqual(
      found({ feeConfig: { baseFeeRate: 50, feeBps: 10_001, maxFee: { _type: 'bigint', _value: '2' }, minFee: 3 } }),
      [`${at}/feeConfig/feeBps`, `${at}/feeConfig/minFee`],
    );
  });

  it('a chain id under LayerZero may be its endpoint id, as document 000 has it', () => {
    const own = (chainId: number) =>
      of('protocol/own-chain', {
        networks: { bscmainnet: { configuration: { protocols: { layerZero: { chainId } } } } },
      });
    assert.deepEqual([own(102), own(30_102), own(56)], [[], [], []]);
    assert.equal(own(97).length, 1);
  });

  it('a protocol that a list names twice is judged once', () => {
    const networks = { bscmainnet: { metadata: { protocolsEnabled: ['celer', 'celer'], protocolsDeployed: [] } } };
    assert.equal(of('protocol/not-deployed', { networks }).length, 1);
  });
});

describe('tiers and chains of the configuration', () => {
  it('count for a network that it names without a chain id', () => {
    const networks = {
      mynet: { chainId: 777, ...connected({ chainId: 97 }) },
      other: { chainId: 778, ...connected({ chainId: 777, network: 'ours' }) },
    };
    const config = {
      networks: [
        { aliases: ['ours'], name: 'mynet', tier: 'mainnet' },
        { name: 'other', tier: 'mainnet' },
      ],
    };
    assert.deepEqual(of('topology/', { config, networks }).map(placeOf), [
      'mynet topology/cross-tier /topology/connectedChains/0/chainId',
      'other topology/one-way /topology/connectedChains/0/chainId',
    ]);
  });
});

describe('rules about addresses and hashes', () => {
  it('an address in a section is judged once, by the one rule it breaks', () => {
    const good = address('vault');
    const vaults = [
      good,
      good.toLowerCase(),
      good.replace(/.$/, ''),
      `${good}00`,
      '0x0',
      `0x${'0'.repeat(40)}`,
      codeHash('vault'),
    ];
    const rules = vaults.map((vault) =>
      of('address/', { networks: { bsctestnet: { configuration: { governance: { vault } } } } })
        .map(({ rule }) => rule)
        .join(),
    );
    assert.deepEqual(rules, [
      '',
      'address/case',
      'address/malformed',
      'address/malformed',
      'address/zero',
      'address/zero',
      'address/is-hash',
    ]);
  });

  it('arguments, unknown sections and x- members are nobody’s business', () => {
    const networks = {
      bsctestnet: {
        contracts: { core: { A: { implementation: address('A') } } },
        extended_A: { deploymentArgs: [address('b').toLowerCase(), '0x0'] },
        configuration: { 'x-owner': '0x0', note: 'deployer' },
        ours: { owner: '0x0' },
      },
    };
    assert.deepEqual(of('address/', { networks }), []);
  });

  it('a plain contract and a proxy at one address are two records of one contract', () => {
    const core = { A: { implementation: address('x') }, B: { proxy: address('x'), implementation: address('y') } };
    assert.deepEqual(of('address/', { networks: { bsctestnet: { contracts: { core } } } }).map(placeOf), [
      'bsctestnet address/reused /contracts/core/B/proxy',
    ]);
  });

  it('drift counts codes, not networks, and never compares two schemes', () => {
    const running = (seed: string, version: number, hashScheme?: string) => ({
      contracts: { core: { A: { implementation: address(seed) } } },
      extended_A: {
        deploymentArgs: [],
        implementationHash: codeHash(version),
        ...(hashScheme === undefined ? {} : { hashScheme }),
      },
    });
    const networks = {
      n1: running('1', 1),
      n2: running('2', 1),
      n3: running('3', 2),
      n4: running('4', 2),
      n5: running('5', 1),
    };
    const [finding, ...others] = of('hash/', { networks });
    assert.deepEqual([finding?.network, finding?.severity, finding?.related?.length, others], ['n3', 'info', 1, []]);
    assert.deepEqual(
      of('hash/', { networks: { n1: running('1', 1, 'a'), n2: running('2', 2, 'b'), n3: running('3', 3) } }),
      [],
    );
    const [same] = of('hash/', { networks: { n1: running('1', 1, 'a'), n2: running('2', 2, 'a') } });
    assert.equal(same?.severity, 'warning');
  });

  it('one chain in two files cannot run two codes at one address', () => {
    const running = (version: number) => ({
      chainId: 23295,
      contracts: { core: { A: { implementation: address('A') } } },
      extended_A: { implementationHash: codeHash(version) },
    });
    const found = of('hash/two', { networks: { sapphiremainnet: running(1), sapphiretestnet: running(2) } });
    assert.deepEqual(found.map(placeOf), ['sapphiretestnet hash/two-for-one /extended_A/implementationHash']);
  });
});

describe('rules about peers and protocols', () => {
  it('a pair that is not connected is shown once, at the end with fewer connections', () => {
    const networks = {
      basesepolia: { ...celer, ...connected({ chainId: 97 }) },
      bsctestnet: { ...celer, ...connected({ chainId: 84532 }) },
      sapphiretestnet: celer,
    };
    const [finding, ...others] = of('topology/missing', { networks });
    assert.deepEqual([finding?.network, finding?.path, others], ['sapphiretestnet', '/metadata/protocolsEnabled', []]);
    assert.match(finding?.message ?? '', /^sapphiretestnet and basesepolia both enable celer .* 1 more$/);
  });

  it('a remote counts as a connection of its protocol only, also by endpoint id', () => {
    const remotes = (protocol: string, chainId: number) => ({
      ...celer,
      configuration: { protocols: { [protocol]: { remotes: [{ chainId }] } } },
    });
    const missing = (networks: Example['networks']) => of('topology/missing', { networks: networks ?? {} }).length;
    assert.equal(missing({ basesepolia: remotes('celer', 97), bsctestnet: celer }), 0);
    assert.equal(missing({ basesepolia: remotes('celer', 40102), bsctestnet: celer }), 0);
    assert.equal(missing({ basesepolia: remotes('layerZero', 97), bsctestnet: celer }), 1);
  });

  it('an endpoint id still means its network to the other rules', () => {
    const peer = { chainId: 40102, protocols: [{ lookCoin: address('other'), name: 'layerZero' }] };
    const networks = {
      basesepolia: connected(peer),
      bsctestnet: { contracts: { core: { LookCoin: { proxy: address('LookCoin') } } } },
    };
    assert.deepEqual(of('topology/', { networks }).map(placeOf), [
      'basesepolia topology/endpoint-as-chain /topology/connectedChains/0/chainId',
      'basesepolia topology/one-way /topology/connectedChains/0/chainId',
      'basesepolia topology/peer-contract /topology/connectedChains/0/protocols/0/lookCoin',
    ]);
  });

  it('every peer of another tier is shown, and none where it is allowed', () => {
    const peers = [97, 84532, 8453].map((chainId) => ({ chainId }));
    assert.deepEqual(of('topology/cross', { networks: { bscmainnet: connected(...peers) } }).map(placeOf), [
      'bscmainnet topology/cross-tier /topology/connectedChains/0/chainId',
      'bscmainnet topology/cross-tier /topology/connectedChains/1/chainId',
    ]);
    const topology = { connectedChains: peers, tierValidation: { crossTierAllowed: true } };
    assert.deepEqual(of('topology/cross', { networks: { bscmainnet: { topology } } }), []);
  });

  it('both ends are compared once: protocols and plain settings, not what tells them apart', () => {
    const end = (chainId: number, more: JsonObject, ...names: string[]) =>
      connected({
        chainId,
        protocols: names.map((name) => ({ lookCoin: address(chainId), lzChainId: chainId, name, ...more })),
      });
    const differ = (a: JsonObject, b: JsonObject) =>
      of('protocol/settings', { networks: { basesepolia: a, bsctestnet: b } }).map(placeOf);
    assert.deepEqual(differ(end(97, { fee: 1 }, 'celer'), end(84532, { fee: 1 }, 'celer')), []);
    assert.deepEqual(differ(end(97, { fee: 1 }, 'celer'), end(84532, { fee: 2 }, 'celer')), [
      'bsctestnet protocol/settings-differ /topology/connectedChains/0/protocols/0/fee',
    ]);
    assert.deepEqual(differ(end(97, {}, 'celer', 'layerZero'), end(84532, {}, 'celer')), [
      'bsctestnet protocol/settings-differ /topology/connectedChains/0/protocols',
    ]);
  });

  it('a zero address beside the endpoint of an enabled protocol is one of its own', () => {
    const protocols = { celer: { gateway: '0x0', messageBus: address('bus') } };
    assert.deepEqual(of('', { networks: { bsctestnet: { ...celer, configuration: { protocols } } } }).map(placeOf), [
      'bsctestnet address/zero /configuration/protocols/celer/gateway',
    ]);
  });

  it('an enabled protocol without endpoint is one finding, whatever stands in its place', () => {
    for (const settings of [{}, { messageBus: '0x0' }, { messageBus: `0x${'0'.repeat(40)}` }, { messageBus: '' }]) {
      const networks = { bsctestnet: { ...celer, configuration: { protocols: { celer: settings } } } };
      assert.deepEqual(of('', { networks }).map(placeOf), [
        'bsctestnet protocol/not-configured /configuration/protocols/celer/messageBus',
      ]);
    }
  });
});

/** Findings of the rules whose id begins so. */
function of(prefix: string, example: Example): Finding[] {
  const { snapshot, options } = exampleState(example);
  return checkConsistency(snapshot, options).filter(({ rule }) => rule.startsWith(prefix));
}

function placeOf({ network, rule, path }: Finding): string {
  return `${network} ${rule} ${path}`;
}
