import { createHash } from 'node:crypto';
import { recased } from '../../../src/core/values/address.js';

/** What a script takes from its chain: addresses in EIP-55 form, each time the same for the same code and time. */
export function deployProxy(contractName: string, implementationHash: string, time: string) {
  return { proxyAddress: address('proxy', contractName, time), ...upgradeProxy(contractName, implementationHash) };
}

export function upgradeProxy(contractName: string, implementationHash: string) {
  return { implementationAddress: address('implementation', contractName, implementationHash) };
}

function address(...parts: readonly string[]): string {
  return recased(`0x${createHash('sha256').update(parts.join(' ')).digest('hex').slice(0, 40)}`);
}
