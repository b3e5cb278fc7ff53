/** What two spellings of a network have in common: `BSC Testnet`, `bsc-testnet` and `bscTestnet` are one. */
export function foldSpelling(spelling: string): string {
  return spelling.toLowerCase().replace(/[\s_-]/g, '');
}
