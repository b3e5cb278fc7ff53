import type { BenchBackend, BenchMode, Operation } from './plan.js';
import type { Summary } from './summary.js';

/** Of the process that held one backend, in bytes. */
export type MemoryUse = {
  /** The most that was resident at any time. */
  readonly peak: number;
  /** What the heap held more than before the backend was opened, collected. */
  readonly retained: number;
};

export type BackendResult = {
  readonly backend: BenchBackend;
  readonly operations: Readonly<Partial<Record<Operation, Summary>>>;
  readonly memory: MemoryUse | null;
};

/** What one run measured; `--save` keeps it. */
export type BenchResult = {
  readonly mode: BenchMode;
  readonly records: number;
  readonly machine: {
    readonly node: string;
    readonly platform: string;
    readonly cpus: number;
    /** Whether the disk is one: in memory nothing is slow. */
    readonly temporaryFolder: 'disk' | 'memory';
  };
  readonly backends: readonly BackendResult[];
  /** What the run took of the machine, children apart: CPU in ms, reads and writes of the disk in blocks. */
  readonly resources: {
    readonly userMs: number;
    readonly systemMs: number;
    readonly blocksRead: number;
    readonly blocksWritten: number;
  };
};
