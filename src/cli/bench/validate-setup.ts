import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Check } from '../../commands/doctor/check.js';
import { orRefused } from '../../commands/health/refused-check.js';
import { inTemporaryFolder } from '../demo/temporary-folder.js';
import { generatedData } from './bench-data.js';
import { bulkSize, type BenchBackend } from './plan.js';
import { openSubject } from './subject.js';

/** Can each backend be measured on this machine: filled, opened, read, listed and written once. No time is taken. */
export function validateSetup(backends: readonly BenchBackend[]): Promise<readonly Check[]> {
  return inTemporaryFolder(async (folder) => {
    const checks: Check[] = [];
    for (const backend of backends)
      checks.push(...(await orRefused(backend, () => tried(backend, join(folder, backend)))));
    return checks;
  }, 'bench');
}

async function tried(backend: BenchBackend, folder: string): Promise<Check[]> {
  const data = generatedData(bulkSize);
  const [contract] = data.contracts;
  if (contract === undefined) throw new RangeError('no contracts were generated');
  await mkdir(folder);
  await data.fill(backend, folder);
  const subject = await openSubject(backend, folder);
  try {
    await subject.write({ ...contract, timestamp: 1_755_000_000_000 });
    const read = await subject.read(contract.chainId, contract.contractName);
    const { length } = await subject.query(contract.chainId);
    const isRight = read?.timestamp === 1_755_000_000_000 && length > 1;
    return [
      isRight
        ? { check: backend, severity: 'ok', message: `${backend} can be measured` }
        : { check: backend, severity: 'error', message: `${backend} does not answer what was written to it` },
    ];
  } finally {
    await subject.close();
  }
}
