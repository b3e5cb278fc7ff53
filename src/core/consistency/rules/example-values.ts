/** Invented addresses and hashes for the examples of rules. */
export const [A, B, C, D] = [
  '0x4d9F4B3cb406F74854625B45065023decD4B71E9',
  '0x420BE4FFA4A84022fdb38AE42E8E472e88eb69f7',
  '0xC9bcB74aa9A21fe52D9af4Db731F31b57aaE947a',
  '0x3E4dcd46Bf8E5F1CA70F7cE2694B08adAfD2AFb9',
] as const;

export const [hashOne, hashTwo] = [`0x${'1'.repeat(64)}`, `0x${'2'.repeat(64)}`] as const;

/** `contracts` with plain records in core. */
export function plain(addresses: Readonly<Record<string, string>>) {
  return {
    core: Object.fromEntries(Object.entries(addresses).map(([name, implementation]) => [name, { implementation }])),
  };
}
