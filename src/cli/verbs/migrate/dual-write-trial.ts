import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DualWriteTrial } from '../../../core/migration/note.js';
import type { ContractType } from '../../../core/model/contract-type.js';
import { StateManagerError } from '../../../errors.js';
import { initScratch } from '../../../git/scratch-repository.js';
import { copyStore } from '../../../leveldb/copy-store.js';
import type { ContractStore } from '../../../managers/contract-store.js';
import { sameContract } from '../../../core/compare/comparable.js';
import { dualContracts } from '../../../managers/dual-write/dual-contracts.js';
import { openRepairQueue } from '../../../managers/dual-write/repair-queue.js';
import { levelContracts } from '../../../managers/leveldb/level-contracts.js';
import { unifiedContracts } from '../../../managers/unified/unified-contracts.js';
import type { Context } from '../../command.js';

/** Of so many writes the median counts. */
const writes = 3;

/**
 * Writes records to a copy of the LevelDB, to a repository of its own, and to both at once, reads them back from both sides and answers
 * what a write took, in ms. Nothing of it is left. Throws DUAL_WRITE_FAILED.
 */
export async function tryDualWrite(context: Context, leveldb: string): Promise<DualWriteTrial> {
  const scratch = await mkdtemp(join(tmpdir(), 'stateroot-dual-write-'));
  try {
    return await tryIn(scratch, context, leveldb);
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function tryIn(scratch: string, { environment }: Context, leveldb: string): Promise<DualWriteTrial> {
  const [store, repository] = [join(scratch, 'leveldb'), join(scratch, 'repository')];
  await copyStore(leveldb, store);
  await mkdir(repository);
  const primary = levelContracts({ path: store });
  const secondary = unifiedContracts({ cwd: repository, env: await initScratch(repository, environment) });
  const dual = dualContracts({
    primary,
    secondary,
    queue: openRepairQueue(() => Promise.resolve(join(scratch, 'queue', 'dual-write.jsonl'))),
    onWarning: ({ message }) => {
      throw failed(message);
    },
    strict: true,
  });
  try {
    const trial = {
      leveldb: await medianOf(primary, 'LevelDb'),
      git: await medianOf(secondary, 'Git'),
      both: await medianOf(dual, 'Both'),
    };
    for (let i = 0; i <= writes; i += 1) {
      const contract = contractNamed(`Both${i}`);
      for (const side of [primary, secondary]) {
        const read = await side.read({ chainId, network: 'hardhat' }, contract.contractName);
        if (!sameContract(read, contract)) throw failed(`${side.type} gives back ${contract.contractName} otherwise`);
      }
    }
    return trial;
  } finally {
    await dual.close();
    await primary.close();
    await secondary.close();
  }
}

/** The first write opens what is closed and does not count. */
async function medianOf(store: ContractStore, name: string): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i <= writes; i += 1) {
    const contract = contractNamed(`${name}${i}`);
    const started = performance.now();
    await store.apply([{ kind: 'put', scope: { chainId, network: 'hardhat' }, contract }]);
    if (i > 0) times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

const chainId = 31337;

function contractNamed(name: string): ContractType {
  const digits = Buffer.from(name).toString('hex');
  return {
    contractName: `StaterootTrial${name}`,
    chainId,
    networkName: 'hardhat',
    address: `0x${digits.padStart(40, '0')}`,
    proxyAddress: `0x${digits.padStart(40, '1')}`,
    factoryByteCodeHash: `0x${digits.padStart(64, '0')}`,
    implementationHash: `0x${digits.padStart(64, '0')}`,
    deploymentArgs: [10n ** 27n, name],
    timestamp: 1_755_000_000_000,
  };
}

function failed(message: string): StateManagerError {
  return new StateManagerError('DUAL_WRITE_FAILED', `A dual write was tried on copies and failed: ${message}`, {
    hint: 'see whether both sides work: stateroot doctor; or migrate without it: --no-dual-write',
    details: { reference: 'MIGRATION-002' },
  });
}
