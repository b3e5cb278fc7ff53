import process from 'node:process';
import { UnifiedJSONStateManager } from '../../../src/managers/unified/unified-state-manager.js';

// One of two processes: puts as many contracts as it is told to, all at once.
const [cwd, prefix, count] = process.argv.slice(2);
const manager = new UnifiedJSONStateManager('bsctestnet', { cwd });
const puts = Array.from({ length: Number(count) }, (_, i) =>
  manager.putContract(97, {
    contractName: `${prefix ?? ''}${i}`,
    chainId: 97,
    address: `0x${String(i + 1).padStart(40, prefix === 'A' ? '1' : '2')}`,
  }),
);
await Promise.all(puts);
await manager.close();
