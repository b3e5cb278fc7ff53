/** What a network is for: real money, a public rehearsal, or one machine. */
type Tier = 'mainnet' | 'testnet' | 'dev';

export type KnownChain = {
  readonly chainId: number;
  /** How this project names the network, and its file. */
  readonly name: string;
  readonly tier: Tier;
  /** Other spellings; compared without case, blanks, `-` and `_`, so one of `opSepolia` and `op-sepolia` is enough. */
  readonly aliases: readonly string[];
};

/** Chains that need no configuration, by chain id. No two share a folded spelling. */
export const knownChains: readonly KnownChain[] = [
  chain(1, 'mainnet', 'mainnet', 'ethereum', 'ethereumMainnet', 'ethMainnet', 'eth', 'homestead'),
  chain(10, 'optimismmainnet', 'mainnet', 'optimism', 'op', 'opMainnet', 'optimisticEthereum'),
  chain(14, 'flaremainnet', 'mainnet', 'flare'),
  chain(25, 'cronosmainnet', 'mainnet', 'cronos'),
  chain(30, 'rootstockmainnet', 'mainnet', 'rootstock', 'rsk', 'rskMainnet'),
  chain(56, 'bscmainnet', 'mainnet', 'bsc', 'bnb', 'bnbMainnet', 'bnbSmartChain', 'binanceSmartChain'),
  chain(97, 'bsctestnet', 'testnet', 'bnbTestnet', 'bnbSmartChainTestnet', 'bscChapel', 'chapel'),
  chain(100, 'gnosismainnet', 'mainnet', 'gnosis', 'xdai'),
  chain(130, 'unichainmainnet', 'mainnet', 'unichain'),
  chain(137, 'polygonmainnet', 'mainnet', 'polygon', 'matic', 'maticMainnet'),
  chain(146, 'sonicmainnet', 'mainnet', 'sonic'),
  chain(250, 'fantommainnet', 'mainnet', 'fantom', 'ftm', 'opera'),
  chain(252, 'fraxtalmainnet', 'mainnet', 'fraxtal'),
  chain(300, 'zksyncsepolia', 'testnet', 'zksyncSepoliaTestnet', 'zksyncTestnet'),
  chain(324, 'zksyncmainnet', 'mainnet', 'zksync', 'zksyncEra'),
  chain(480, 'worldchainmainnet', 'mainnet', 'worldchain'),
  chain(919, 'modesepolia', 'testnet', 'modeTestnet'),
  chain(1088, 'metismainnet', 'mainnet', 'metis', 'metisAndromeda'),
  chain(1101, 'polygonzkevmmainnet', 'mainnet', 'polygonZkEvm', 'zkevm'),
  chain(1135, 'liskmainnet', 'mainnet', 'lisk'),
  chain(1284, 'moonbeammainnet', 'mainnet', 'moonbeam'),
  chain(1285, 'moonrivermainnet', 'mainnet', 'moonriver'),
  chain(1287, 'moonbasetestnet', 'testnet', 'moonbase', 'moonbaseAlpha'),
  chain(1329, 'seimainnet', 'mainnet', 'sei'),
  chain(1337, 'localhost', 'dev', 'local', 'ganache', 'geth'),
  chain(5000, 'mantlemainnet', 'mainnet', 'mantle'),
  chain(5003, 'mantlesepolia', 'testnet', 'mantleTestnet'),
  chain(8453, 'basemainnet', 'mainnet', 'base'),
  chain(10200, 'gnosischiado', 'testnet', 'chiado', 'gnosisTestnet'),
  chain(17000, 'holesky', 'testnet', 'ethereumHolesky', 'ethHolesky'),
  chain(23294, 'sapphiremainnet', 'mainnet', 'sapphire', 'oasisSapphire', 'oasisSapphireMainnet'),
  chain(23295, 'sapphiretestnet', 'testnet', 'oasisSapphireTestnet'),
  chain(31337, 'hardhat', 'dev', 'anvil', 'foundry'),
  chain(34443, 'modemainnet', 'mainnet', 'mode'),
  chain(42161, 'arbitrummainnet', 'mainnet', 'arbitrum', 'arbitrumOne', 'arb', 'arb1', 'arbMainnet'),
  chain(42170, 'arbitrumnova', 'mainnet', 'nova', 'arbNova'),
  chain(42220, 'celomainnet', 'mainnet', 'celo'),
  chain(43113, 'avalanchefuji', 'testnet', 'fuji', 'avalancheTestnet', 'avaxFuji', 'avalancheFujiTestnet'),
  chain(43114, 'avalanchemainnet', 'mainnet', 'avalanche', 'avax', 'avaxMainnet'),
  chain(44787, 'celoalfajores', 'testnet', 'alfajores', 'celoTestnet'),
  chain(59141, 'lineasepolia', 'testnet', 'lineaTestnet'),
  chain(59144, 'lineamainnet', 'mainnet', 'linea'),
  chain(80002, 'polygonamoy', 'testnet', 'amoy', 'polygonTestnet', 'maticAmoy'),
  chain(80094, 'berachainmainnet', 'mainnet', 'berachain', 'bera'),
  chain(81457, 'blastmainnet', 'mainnet', 'blast'),
  chain(84532, 'basesepolia', 'testnet', 'baseTestnet', 'baseSepoliaTestnet'),
  chain(421614, 'arbitrumsepolia', 'testnet', 'arbSepolia', 'arbitrumTestnet', 'arbitrumSepoliaTestnet'),
  chain(534351, 'scrollsepolia', 'testnet', 'scrollTestnet'),
  chain(534352, 'scrollmainnet', 'mainnet', 'scroll'),
  chain(560048, 'hoodi', 'testnet', 'ethereumHoodi', 'ethHoodi'),
  chain(11155111, 'sepolia', 'testnet', 'ethereumSepolia', 'ethSepolia', 'sepoliaTestnet'),
  chain(11155420, 'optimismsepolia', 'testnet', 'opSepolia', 'optimismTestnet', 'optimismSepoliaTestnet'),
];

function chain(chainId: number, name: string, tier: Tier, ...aliases: string[]): KnownChain {
  return { chainId, name, tier, aliases };
}
