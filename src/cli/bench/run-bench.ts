import { mkdir, statfs } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { inTemporaryFolder } from '../demo/temporary-folder.js';
import { type BenchData } from './bench-data.js';
import { measureMemory, measureMemoryApart } from './memory.js';
import type { BenchBackend, BenchPlan } from './plan.js';
import type { BenchResult, MemoryUse } from './result.js';
import { type Place, runOperations, stepsOf, type Timings } from './run-operations.js';

/** Measures as planned, in temporary folders that are gone afterwards. */
export function runBench(
  plan: BenchPlan,
  data: BenchData,
  progress: (total: number) => { step(done: number, item: string): void; done(): void },
): Promise<BenchResult> {
  return inTemporaryFolder(async (folder) => {
    const before = process.resourceUsage();
    const shown = progress(stepsOf(plan.backends.length, plan.counts));
    try {
      const timings = await timed(plan, data, folder, (done, what) => {
        shown.step(done, what);
      });
      const memory = plan.memory ? await memoryOf(plan, data, folder) : new Map<BenchBackend, MemoryUse>();
      return {
        mode: plan.mode,
        records: data.contracts.length,
        machine: {
          node: process.versions.node,
          platform: `${process.platform} ${process.arch}`,
          cpus: availableParallelism(),
          temporaryFolder: await kindOf(tmpdir()),
        },
        backends: plan.backends.map((backend) => ({
          backend,
          operations: timings.get(backend) ?? {},
          memory: memory.get(backend) ?? null,
        })),
        resources: spentSince(before),
      };
    } finally {
      shown.done();
    }
  }, 'bench');
}

async function timed(
  { backends, counts }: BenchPlan,
  data: BenchData,
  folder: string,
  step: (done: number, what: string) => void,
): Promise<ReadonlyMap<BenchBackend, Timings>> {
  if (stepsOf(backends.length, counts) === 0) return new Map();
  const places: Place[] = [];
  for (const backend of backends) {
    const place = { backend, folder: join(folder, backend) };
    await mkdir(place.folder);
    await data.fill(backend, place.folder);
    places.push(place);
  }
  return runOperations(places, data.contracts, counts, step);
}

/** Alone in this process where it is the only thing asked for; otherwise each backend in one of its own. */
async function memoryOf({ backends, mode, records }: BenchPlan, data: BenchData, folder: string) {
  const memory = new Map<BenchBackend, MemoryUse>();
  const [only, ...more] = backends;
  if (mode === 'memory' && only !== undefined && more.length === 0) {
    const place = join(folder, 'memory');
    await mkdir(place);
    return memory.set(only, await measureMemory(only, place, data));
  }
  for (const backend of backends) memory.set(backend, await measureMemoryApart(backend, records));
  return memory;
}

/** By the numbers of Linux's tmpfs and ramfs. */
async function kindOf(folder: string): Promise<'disk' | 'memory'> {
  const { type } = await statfs(folder);
  return type === 0x01021994 || type === 0x858458f6 ? 'memory' : 'disk';
}

function spentSince(before: NodeJS.ResourceUsage): BenchResult['resources'] {
  const now = process.resourceUsage();
  return {
    userMs: Math.round((now.userCPUTime - before.userCPUTime) / 1000),
    systemMs: Math.round((now.systemCPUTime - before.systemCPUTime) / 1000),
    blocksRead: now.fsRead - before.fsRead,
    blocksWritten: now.fsWrite - before.fsWrite,
  };
}
