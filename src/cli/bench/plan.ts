import { StateManagerError } from '../../errors.js';

export const benchModes = ['quick', 'full', 'read', 'write', 'memory', 'production', 'dual-write', 'validate'] as const;

export type BenchMode = (typeof benchModes)[number];

/** `leveldb-unsynced` is `level` as deploy scripts of old call it: a put that is not on disk when it resolves. */
export const benchBackends = ['leveldb-unsynced', 'leveldb', 'json', 'unified', 'dual-write'] as const;

export type BenchBackend = (typeof benchBackends)[number];

/** `first`: opened and one contract read, as a script starts. `bulkRead`, `bulkWrite`: 50 together. `query`: all of one chain. */
export const operations = ['first', 'read', 'bulkRead', 'query', 'write', 'bulkWrite'] as const;

export type Operation = (typeof operations)[number];

export const bulkSize = 50;

/** What one run does: how often each operation, on each backend. */
export type BenchPlan = {
  readonly mode: BenchMode;
  readonly records: number;
  readonly backends: readonly BenchBackend[];
  readonly counts: Readonly<Partial<Record<Operation, number>>>;
  readonly memory: boolean;
};

type Counts = Readonly<Record<Operation, number>>;

const few: Counts = { first: 3, read: 150, bulkRead: 4, query: 12, write: 6, bulkWrite: 3 };
const many: Counts = { first: 6, read: 1000, bulkRead: 12, query: 60, write: 40, bulkWrite: 12 };
const reading = ['first', 'read', 'bulkRead', 'query'] as const;
const writing = ['write', 'bulkWrite'] as const;

/** Bounded by counts, never by time. Throws BAD_USAGE for records that are no number from 50 to 100,000. */
export function planBench(
  mode: BenchMode,
  asked: { readonly records: string | undefined; readonly backends: readonly string[] },
): BenchPlan {
  const named = benchBackends.filter((name) => asked.backends.includes(name));
  const usual = mode === 'dual-write' ? benchBackends.filter((name) => name !== 'json') : benchBackends;
  return {
    mode,
    records: asked.records === undefined ? (mode === 'full' ? 500 : 100) : recordsOf(asked.records),
    backends: named.length > 0 ? named : usual,
    counts: countsOf(mode),
    memory: mode === 'quick' || mode === 'full' || mode === 'memory',
  };
}

function countsOf(mode: BenchMode): BenchPlan['counts'] {
  switch (mode) {
    case 'quick':
      return few;
    case 'full':
      return many;
    case 'read':
    case 'production':
      return picked(many, reading);
    case 'write':
      return picked(many, writing);
    case 'dual-write':
      return picked(many, ['read', ...writing]);
    default:
      return {};
  }
}

function picked(counts: Counts, names: readonly Operation[]): BenchPlan['counts'] {
  return Object.fromEntries(names.map((name) => [name, counts[name]]));
}

function recordsOf(text: string): number {
  const records = /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 0;
  if (records >= bulkSize && records <= 100_000) return records;
  throw new StateManagerError('BAD_USAGE', `--records ${text} is no number from ${bulkSize} to 100000.`, {
    hint: 'stateroot bench quick --records 500',
  });
}
