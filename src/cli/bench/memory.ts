import { execFile } from 'node:child_process';
import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isObject, type Json, member } from '../../core/json.js';
import { StateManagerError } from '../../errors.js';
import { installedProgram } from '../installation.js';
import type { BenchData } from './bench-data.js';
import type { BenchBackend } from './plan.js';
import type { MemoryUse } from './result.js';
import { openSubject } from './subject.js';

/** Of this process, with one backend in it: open, everything listed and read once, still open. */
export async function measureMemory(backend: BenchBackend, folder: string, data: BenchData): Promise<MemoryUse> {
  const before = collectedHeap();
  await data.fill(backend, folder);
  const subject = await openSubject(backend, folder);
  try {
    for (const chainId of new Set(data.contracts.map((contract) => contract.chainId))) await subject.query(chainId);
    for (const { chainId, contractName } of data.contracts) await subject.read(chainId, contractName);
    const retained = Math.max(0, collectedHeap() - before);
    // The system counts in KiB.
    return { peak: process.resourceUsage().maxRSS * 1024, retained };
  } finally {
    await subject.close();
  }
}

/** The same in a process of its own: what other backends took is not counted, and can be given back by nobody. */
export async function measureMemoryApart(backend: BenchBackend, records: number): Promise<MemoryUse> {
  const args = [installedProgram(), 'bench', 'memory', '--backend', backend, '--records', String(records), '--json'];
  const answer = await output(args);
  const memory = answeredMemory(answer);
  if (memory === null) {
    throw new StateManagerError('FILE_FAILED', `The process that measures the memory of ${backend} gave no figure.`, {
      hint: `stateroot bench memory --backend ${backend}`,
    });
  }
  return memory;
}

function collectedHeap(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') (collect as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function output(args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    // What went wrong is in the document, or there is none.
    execFile(process.execPath, args, { maxBuffer: 2 ** 24, windowsHide: true }, (_, stdout) => {
      resolve(stdout);
    });
  });
}

function answeredMemory(text: string): MemoryUse | null {
  const backends = at(at(at(parsed(text), 'data'), 'result'), 'backends');
  const memory = at(Array.isArray(backends) ? (backends as readonly Json[])[0] : undefined, 'memory');
  const [peak, retained] = [at(memory, 'peak'), at(memory, 'retained')];
  return typeof peak === 'number' && typeof retained === 'number' ? { peak, retained } : null;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function at(value: Json | undefined, key: string): Json | undefined {
  return value !== undefined && isObject(value) ? member(value, key) : undefined;
}
