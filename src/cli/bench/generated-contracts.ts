import { createHash } from 'node:crypto';
import type { ContractType } from '../../core/model/contract-type.js';

const networks = [
  { chainId: 56, networkName: 'bscmainnet' },
  { chainId: 97, networkName: 'bsctestnet' },
  { chainId: 84532, networkName: 'basesepolia' },
  { chainId: 11155420, networkName: 'optimismsepolia' },
] as const;

/** Contracts of nobody, spread over four networks; the same for the same count. */
export function generatedContracts(count: number): ContractType[] {
  return Array.from({ length: count }, (_, i) => {
    const network = networks[i % networks.length] ?? networks[0];
    const hash = (what: string): string => createHash('sha256').update(`${what} ${i}`).digest('hex');
    return {
      contractName: `Contract${i}`,
      ...network,
      address: `0x${hash('implementation').slice(0, 40)}`,
      proxyAddress: `0x${hash('proxy').slice(0, 40)}`,
      factoryByteCodeHash: `0x${hash('code')}`,
      implementationHash: `0x${hash('code')}`,
      deploymentArgs: [`0x${hash('owner').slice(0, 40)}`, 18, hash('salt')],
      timestamp: 1_754_079_530_056,
    };
  });
}
