import { isAddressText } from '../values/address-text.js';

/** Where a chain is looked up, by chain id; an address stands below `/address/`. A chain without one gets no link. */
export const explorers: ReadonlyMap<number, string> = new Map([
  [1, 'https://etherscan.io'],
  [10, 'https://optimistic.etherscan.io'],
  [14, 'https://flare-explorer.flare.network'],
  [25, 'https://explorer.cronos.org'],
  [30, 'https://explorer.rootstock.io'],
  [56, 'https://bscscan.com'],
  [97, 'https://testnet.bscscan.com'],
  [100, 'https://gnosisscan.io'],
  [130, 'https://uniscan.xyz'],
  [137, 'https://polygonscan.com'],
  [146, 'https://sonicscan.org'],
  [252, 'https://fraxscan.com'],
  [300, 'https://sepolia.explorer.zksync.io'],
  [324, 'https://explorer.zksync.io'],
  [480, 'https://worldscan.org'],
  [919, 'https://sepolia.explorer.mode.network'],
  [1088, 'https://andromeda-explorer.metis.io'],
  [1101, 'https://zkevm.polygonscan.com'],
  [1135, 'https://blockscout.lisk.com'],
  [1284, 'https://moonbeam.moonscan.io'],
  [1285, 'https://moonriver.moonscan.io'],
  [1287, 'https://moonbase.moonscan.io'],
  [5000, 'https://mantlescan.xyz'],
  [5003, 'https://sepolia.mantlescan.xyz'],
  [8453, 'https://basescan.org'],
  [10200, 'https://gnosis-chiado.blockscout.com'],
  [17000, 'https://holesky.etherscan.io'],
  [23294, 'https://explorer.oasis.io/mainnet/sapphire'],
  [23295, 'https://explorer.oasis.io/testnet/sapphire'],
  [34443, 'https://explorer.mode.network'],
  [42161, 'https://arbiscan.io'],
  [42170, 'https://nova.arbiscan.io'],
  [42220, 'https://celoscan.io'],
  [43113, 'https://testnet.snowtrace.io'],
  [43114, 'https://snowtrace.io'],
  [44787, 'https://alfajores.celoscan.io'],
  [59141, 'https://sepolia.lineascan.build'],
  [59144, 'https://lineascan.build'],
  [80002, 'https://amoy.polygonscan.com'],
  [80094, 'https://berascan.com'],
  [81457, 'https://blastscan.io'],
  [84532, 'https://sepolia.basescan.org'],
  [421614, 'https://sepolia.arbiscan.io'],
  [534351, 'https://sepolia.scrollscan.com'],
  [534352, 'https://scrollscan.com'],
  [560048, 'https://hoodi.etherscan.io'],
  [11155111, 'https://sepolia.etherscan.io'],
  [11155420, 'https://sepolia-optimism.etherscan.io'],
]);

/** The page of an address, null for a chain without an explorer and for a text that is no address. */
export function explorerPage(chainId: number, address: string): string | null {
  const explorer = explorers.get(chainId);
  return explorer === undefined || !isAddressText(address) ? null : `${explorer}/address/${address}`;
}
