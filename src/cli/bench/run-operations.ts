import { performance } from 'node:perf_hooks';
import type { ContractType } from '../../core/model/contract-type.js';
import { type BenchBackend, bulkSize, type Operation, operations } from './plan.js';
import { openSubject, type Subject } from './subject.js';
import { type Summary, summarize } from './summary.js';

export type Place = { readonly backend: BenchBackend; readonly folder: string };

export type Timings = Readonly<Partial<Record<Operation, Summary>>>;

/** How many turns the repetitions of an operation are spread over: whatever slows the machine meets all backends. */
const rounds = 3;

/**
 * Each operation as often as `counts` says, on each backend in turn; contracts are taken in order, so that every run does the
 * same. Writes change a contract that is there. What a backend refuses is thrown: a number of it would be none.
 */
export async function runOperations(
  places: readonly Place[],
  contracts: readonly ContractType[],
  counts: Readonly<Partial<Record<Operation, number>>>,
  step: (done: number, what: string) => void,
): Promise<ReadonlyMap<BenchBackend, Timings>> {
  const samples = new Map(places.map(({ backend }) => [backend, new Map<Operation, number[]>()]));
  const open = new Map<BenchBackend, Subject>();
  let done = 0;
  try {
    for (const operation of operations.filter((name) => (counts[name] ?? 0) > 0)) {
      const each = Math.ceil((counts[operation] ?? 0) / rounds);
      for (let round = 0; round < rounds; round += 1) {
        for (const { backend, folder } of places) {
          step((done += 1), `${operation} ${backend}`);
          const took =
            operation === 'first'
              ? await repeated(each, (i) => timeFirst({ backend, folder }, pick(contracts, round * each + i)))
              : await timeOpen(operation, await opened(open, { backend, folder }), { contracts, each, round });
          const own = samples.get(backend);
          own?.set(operation, [...(own.get(operation) ?? []), ...took]);
        }
      }
    }
  } finally {
    for (const subject of open.values()) await subject.close();
  }
  return new Map([...samples].map(([backend, own]) => [backend, summaries(own)]));
}

/** How many steps `runOperations` tells of. */
export function stepsOf(places: number, counts: Readonly<Partial<Record<Operation, number>>>): number {
  return operations.filter((name) => (counts[name] ?? 0) > 0).length * rounds * places;
}

async function opened(open: Map<BenchBackend, Subject>, { backend, folder }: Place): Promise<Subject> {
  const subject = open.get(backend) ?? (await openSubject(backend, folder));
  open.set(backend, subject);
  return subject;
}

async function timeFirst({ backend, folder }: Place, { chainId, contractName }: ContractType): Promise<number> {
  const start = performance.now();
  const subject = await openSubject(backend, folder);
  try {
    await subject.read(chainId, contractName);
    return performance.now() - start;
  } finally {
    await subject.close();
  }
}

type Turn = { readonly contracts: readonly ContractType[]; readonly each: number; readonly round: number };

function timeOpen(
  operation: Exclude<Operation, 'first'>,
  subject: Subject,
  { contracts, each, round }: Turn,
): Promise<number[]> {
  const from = round * each;
  const bulk = (i: number): ContractType[] =>
    Array.from({ length: Math.min(bulkSize, contracts.length) }, (_, k) => pick(contracts, (from + i) * bulkSize + k));
  const work: Readonly<Record<typeof operation, (i: number) => Promise<unknown>>> = {
    read: (i) => readThere(subject, pick(contracts, from + i)),
    bulkRead: (i) => Promise.all(bulk(i).map((contract) => readThere(subject, contract))),
    query: (i) => subject.query(pick(contracts, from + i).chainId),
    write: (i) => subject.write(changed(pick(contracts, from + i), from + i)),
    bulkWrite: (i) => subject.writeAll(bulk(i).map((contract) => changed(contract, 1_000_000 + from + i))),
  };
  return repeated(each, async (i) => {
    const start = performance.now();
    await work[operation](i);
    return performance.now() - start;
  });
}

async function readThere(subject: Subject, { chainId, contractName }: ContractType): Promise<void> {
  if ((await subject.read(chainId, contractName)) === null) throw new Error(`${chainId}-${contractName} is not there`);
}

/** Another one than any write before it, so that no backend finds nothing to do. */
function changed(contract: ContractType, write: number): ContractType {
  return { ...contract, timestamp: 1_755_000_000_000 + write };
}

async function repeated(times: number, work: (i: number) => Promise<number>): Promise<number[]> {
  const took: number[] = [];
  for (let i = 0; i < times; i += 1) took.push(await work(i));
  return took;
}

function pick(contracts: readonly ContractType[], index: number): ContractType {
  const found = contracts[index % contracts.length];
  if (found === undefined) throw new RangeError('there is no contract to measure with');
  return found;
}

function summaries(samples: ReadonlyMap<Operation, readonly number[]>): Timings {
  return Object.fromEntries([...samples].map(([operation, took]) => [operation, summarize(took)]));
}
