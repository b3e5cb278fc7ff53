import assert from 'node:assert/strict';
import { test } from 'node:test';
import { knownChains } from '../../../src/core/config/chains.js';
import { type Config, defaultConfig } from '../../../src/core/config/config.js';
import { networkOfChainId, networkOfName, tierOf } from '../../../src/core/config/resolve-network.js';
import { foldSpelling } from '../../../src/core/config/spelling.js';
import { networkNameProblem } from '../../../src/core/model/names.js';
import { emptyNetworkFile } from '../../../src/core/model/network-file.js';

const none = { files: [], config: defaultConfig };
const file = (network: string, chainId: number, environment?: string) =>
  emptyNetworkFile({ network, chainId, ...(environment === undefined ? {} : { environment }) });
const configured = (...networks: Config['networks']) => ({ files: [], config: { ...defaultConfig, networks } });

test('known chains have valid names, and no spelling or chain id twice', () => {
  const spellings = knownChains.flatMap(({ name, aliases }) => [name, ...aliases].map(foldSpelling));
  assert.deepEqual(
    spellings.filter((spelling, i) => spellings.indexOf(spelling) !== i),
    [],
  );
  assert.equal(new Set(knownChains.map(({ chainId }) => chainId)).size, knownChains.length);
  for (const { name } of knownChains) assert.equal(networkNameProblem(name), null, name);
});

test('the usual spellings of a network are one network', () => {
  const expected: Record<string, string[]> = {
    bscmainnet: ['bsc', 'BSC', 'bscMainnet', 'bsc-mainnet', 'BSC Mainnet'],
    bsctestnet: ['bscTestnet', 'bsc-testnet', 'bsc_testnet', 'BSC Testnet'],
    basesepolia: ['baseSepolia', 'base-sepolia'],
    optimismsepolia: ['opSepolia', 'op-sepolia', 'optimism-sepolia'],
    sapphiretestnet: ['sapphireTestnet', 'sapphire-testnet'],
    sapphiremainnet: ['sapphire', 'sapphireMainnet'],
  };
  for (const [network, spellings] of Object.entries(expected)) {
    for (const spelling of spellings) assert.equal(networkOfName(spelling, none).network, network, spelling);
  }
  assert.deepEqual(networkOfName('BSC Testnet', none), { network: 'bsctestnet', chainId: 97 });
});

test('a file comes before configuration, configuration before known chains', () => {
  const config = { ...defaultConfig, networks: [{ name: 'binance', chainId: 56, aliases: ['bsc', 'bsctestnet'] }] };
  const files = [file('bsctestnet', 97), file('base-sepolia', 84532)];
  assert.deepEqual(networkOfName('bsctestnet', { files, config }), { network: 'bsctestnet', chainId: 97 });
  assert.deepEqual(networkOfName('BSC', { files, config }), { network: 'binance', chainId: 56 });
  assert.deepEqual(networkOfName('baseSepolia', { files, config }), { network: 'base-sepolia', chainId: 84532 });
  assert.deepEqual(networkOfName('bscTestnet', { files: [], config }), { network: 'binance', chainId: 56 });
});

test('a name nobody knows is itself, or refused', () => {
  assert.deepEqual(networkOfName('my-net', none), { network: 'my-net', chainId: null });
  for (const name of ['MyNet', '../x', 'a\0', '__proto__', 'x'.repeat(300), 'constructor!']) {
    assert.throws(() => networkOfName(name, none), { code: 'NETWORK_NAME_INVALID' }, name);
  }
});

test('the network of a chain id: file, configuration, known chains, commonest spelling, the number', () => {
  const spellings = ['Foo', 'foo', 'bar', 'bar', 'no good'];
  const files = [file('here', 97)];
  const of = (chainId: number, sources: typeof none | ReturnType<typeof configured>) =>
    networkOfChainId(chainId, { ...sources, spellings }).network;
  assert.equal(
    of(97, { files: files as never[], config: configured({ name: 'conf', chainId: 97, aliases: [] }).config }),
    'here',
  );
  assert.equal(of(97, configured({ name: 'conf', chainId: 97, aliases: [] })), 'conf');
  assert.equal(of(97, none), 'bsctestnet');
  assert.equal(of(424242, none), 'bar');
  assert.equal(networkOfChainId(424242, { ...none, spellings: ['Foo', 'foo', 'bar'] }).network, 'foo');
  assert.equal(networkOfChainId(424242, { ...none, spellings: ['no good', ''] }).network, 'chain-424242');
});

test('another environment is not the network of its chain unless it is alone', () => {
  const spellings: string[] = [];
  const staging = file('bsc.staging', 56, 'staging');
  const other = file('bsc.other', 56, 'other');
  const choose = (...files: ReturnType<typeof file>[]) =>
    networkOfChainId(56, { files, config: defaultConfig, spellings }).network;
  assert.equal(choose(staging, file('bsc', 56)), 'bsc');
  assert.equal(choose(staging), 'bsc.staging');
  assert.equal(choose(staging, other), 'bscmainnet');
});

test('a name that another chain has here is passed over', () => {
  const files = [file('bsctestnet', 9797)];
  assert.equal(networkOfChainId(97, { files, config: defaultConfig, spellings: ['bsctestnet'] }).network, 'chain-97');
});

test('spellings that disagree are told, commonest first', () => {
  const of = (chainId: number, ...spellings: string[]) => networkOfChainId(chainId, { ...none, spellings });
  assert.deepEqual(of(56, 'bscmainnet', 'bsc', 'bsc'), {
    network: 'bscmainnet',
    ambiguous: {
      spellings: [
        { spelling: 'bsc', count: 2 },
        { spelling: 'bscmainnet', count: 1 },
      ],
    },
  });
  assert.deepEqual(of(23295, 'sapphiremainnet', 'sapphiremainnet'), {
    network: 'sapphiretestnet',
    ambiguous: { spellings: [{ spelling: 'sapphiremainnet', count: 2 }] },
  });
  assert.deepEqual(of(97, 'bscTestnet', 'bscTestnet'), { network: 'bsctestnet' });
});

test('a tier comes from configuration, else from known chains', () => {
  assert.equal(tierOf('bscmainnet', 56, defaultConfig), 'mainnet');
  assert.equal(tierOf('x', 56, configured({ name: 'x', tier: 'dev', aliases: [] }).config), 'dev');
  assert.equal(tierOf('x', 424242, defaultConfig), undefined);
});
