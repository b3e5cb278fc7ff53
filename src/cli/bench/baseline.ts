import { isObject, type Json, type JsonObject, member } from '../../core/json.js';
import { readText } from '../../core/text/read.js';
import { StateManagerError } from '../../errors.js';
import { thresholds } from '../../managers/thresholds.js';
import { type BenchBackend, benchBackends, type Operation, operations } from './plan.js';
import type { BenchResult } from './result.js';

/** A figure of a saved run beside the same of a new one. */
export type ComparedFigure = {
  readonly backend: BenchBackend;
  /** Medians in ms; of `memory` the peak in bytes. */
  readonly figure: Operation | 'memory';
  readonly before: number;
  readonly after: number;
  /** 0.25 is a quarter slower, or more memory. */
  readonly change: number;
  /** By documents 002 and 003: more than 20 %, more than 50 %. */
  readonly alert: 'warning' | 'critical' | null;
};

/** Below this, in ms, two medians of one machine differ by themselves. */
const noise = 0.1;

const limits = new Map(thresholds.map(({ id, limit }) => [id, limit]));

export function baselineText(result: BenchResult): string {
  return `${JSON.stringify({ kind: 'stateroot-bench', version: 1, ...result }, null, 2)}\n`;
}

/** What both runs measured. Throws BAD_INPUT for a file that is no saved run, or one of another kind or size. */
export function compareBaseline(file: string, bytes: Uint8Array, now: BenchResult): ComparedFigure[] {
  const saved = savedRun(file, bytes);
  for (const [key, value] of [
    ['mode', now.mode],
    ['records', now.records],
  ] as const) {
    const before = member(saved, key);
    if (before === value) continue;
    throw new StateManagerError(
      'BAD_INPUT',
      `${file} measured ${key} ${JSON.stringify(before)}, this run ${JSON.stringify(value)}: nothing of them compares.`,
      { hint: key === 'records' ? `add --records ${JSON.stringify(before)}` : 'run the same mode', details: { file } },
    );
  }
  return now.backends.flatMap(({ backend, operations: timings, memory }) => {
    const old = backendOf(saved, backend);
    const times = operations.flatMap((name) =>
      compared(backend, name, numberAt(objectAt(objectAt(old, 'operations'), name), 'p50'), timings[name]?.p50),
    );
    return [...times, ...compared(backend, 'memory', numberAt(objectAt(old, 'memory'), 'peak'), memory?.peak)];
  });
}

function compared(
  backend: BenchBackend,
  figure: ComparedFigure['figure'],
  before: number | null,
  after: number | undefined,
): ComparedFigure[] {
  if (before === null || before <= 0 || after === undefined) return [];
  const isNoise = figure !== 'memory' && Math.abs(after - before) < noise;
  return [
    { backend, figure, before, after, change: after / before - 1, alert: isNoise ? null : alertOf(after / before) },
  ];
}

function alertOf(ratio: number): ComparedFigure['alert'] {
  if (ratio > (limits.get('degradation-rollback') ?? 1.5)) return 'critical';
  return ratio > (limits.get('degradation-alert') ?? 1.2) ? 'warning' : null;
}

function savedRun(file: string, bytes: Uint8Array): JsonObject {
  const read = readText(bytes);
  const value = read.ok ? read.value : null;
  if (value !== null && member(value, 'kind') === 'stateroot-bench' && member(value, 'version') === 1) return value;
  throw new StateManagerError('BAD_INPUT', `${file} is no saved run of bench.`, {
    hint: 'stateroot bench quick --save baseline.json makes one',
    details: { file },
  });
}

function backendOf(saved: JsonObject, backend: BenchBackend): Json | undefined {
  const all = member(saved, 'backends');
  if (!Array.isArray(all) || !benchBackends.includes(backend)) return undefined;
  return (all as readonly Json[]).find((one) => isObject(one) && member(one, 'backend') === backend);
}

function objectAt(value: Json | undefined, key: string): Json | undefined {
  return value !== undefined && isObject(value) ? member(value, key) : undefined;
}

function numberAt(value: Json | undefined, key: string): number | null {
  const found = objectAt(value, key);
  return typeof found === 'number' ? found : null;
}
