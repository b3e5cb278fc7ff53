/** The day before which a chain cannot hold a contract, UTC; public genesis dates. Every other chain is younger than Ethereum. */
const firstDays: readonly (readonly [number, string])[] = [
  [10, '2021-01-14'],
  [56, '2020-04-20'],
  [97, '2020-04-20'],
  [100, '2018-10-08'],
  [137, '2020-05-30'],
  [324, '2023-02-14'],
  [8453, '2023-06-15'],
  [42161, '2021-05-28'],
  [43114, '2020-09-23'],
  [59144, '2023-07-06'],
  [81457, '2024-02-24'],
  [84532, '2023-09-26'],
  [534352, '2023-10-10'],
  [11155111, '2021-10-03'],
  [11155420, '2023-08-11'],
];
const ethereum = Date.parse('2015-07-30T00:00:00Z');
const times: ReadonlyMap<number, number> = new Map(
  firstDays.map(([chainId, day]) => [chainId, Date.parse(`${day}T00:00:00Z`)]),
);

/** ms since 1970. */
export function firstBlockTime(chainId: number): number {
  return times.get(chainId) ?? ethereum;
}
