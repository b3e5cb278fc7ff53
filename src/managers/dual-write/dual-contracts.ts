import { Mutex } from 'async-mutex';
import { compareText } from '../../core/equal.js';
import { StateManagerError } from '../../errors.js';
import { contractKey } from '../../core/compare/contract-key.js';
import { changeKey } from '../contract-key.js';
import type { ContractStore, Scope, StoreProblem } from '../contract-store.js';
import { type DualWarning, type Pair, type Side, sidesOf, type WriteOutcome } from './pair.js';
import { readEither } from './read-either.js';
import { messageOf } from './refusal.js';
import { type Repaired, repairPair } from './repair.js';
import type { RepairQueue } from './repair-queue.js';
import { writeBoth, writePrimary } from './write-both.js';

export type DualOptions = {
  readonly primary: ContractStore;
  readonly secondary: ContractStore;
  readonly queue: RepairQueue;
  /** Under which the queue knows primary and secondary; default their types, which then have to differ. */
  readonly names?: readonly [string, string] | undefined;
  readonly onWarning: (warning: DualWarning) => void;
  /** Default true: reads may be answered by the secondary. */
  readonly enableFallback?: boolean | undefined;
  /** Default true; false writes to the primary only. */
  readonly dualWriteEnabled?: boolean | undefined;
  /** A write that one side did not take rejects (DUAL_WRITE_FAILED), and is queued all the same. */
  readonly strict?: boolean | undefined;
};

/** A write that one backend lacks. */
export type PendingRepair = {
  readonly backend: string;
  /** `<chainId>-<contractName>`. */
  readonly keys: readonly string[];
  readonly reason: string;
  /** That backend does not take the data: it stays queued until a newer write of the same contracts. */
  readonly refused: boolean;
  /** ISO 8601. */
  readonly since: string;
};

export type RepairReport = { readonly repaired: number; readonly left: readonly PendingRepair[] };

export type DualContracts = ContractStore & {
  /** Of the last write that was made here; null before the first. */
  lastOutcome(): WriteOutcome | null;
  pendingRepairs(): Promise<readonly PendingRepair[]>;
  repair(): Promise<RepairReport>;
  /** With nobody else writing, after a repair. Throws BACKEND_UNAVAILABLE where `complete` lacks queued writes. */
  exclusively<Result>(complete: ContractStore, run: () => Promise<Result>): Promise<Result>;
};

/** Two stores that hold the same (R049–R052): both are written, one is read. Throws BAD_USAGE for two of one name. */
export function dualContracts(options: DualOptions): DualContracts {
  const pair = pairOf(options);
  const { dualWriteEnabled = true, enableFallback: fallback = true, strict = false } = options;
  const mutex = new Mutex();
  let last: WriteOutcome | null = null;
  const alone = <Result>(run: () => Promise<Result>) => mutex.runExclusive(() => pair.queue.underLock(run));
  const read = <Result>(
    scope: Scope | undefined,
    call: (store: ContractStore) => Promise<Result>,
    isNothing: (result: Result) => boolean = () => false,
  ) => readEither(pair, { scope, fallback, call, isNothing });
  return {
    type: 'dual-write',
    open: () => openBoth(pair),
    chainOf: (network) => read(undefined, (store) => store.chainOf(network)),
    read: (scope, name) =>
      read(
        scope,
        (store) => store.read(scope, name),
        (found) => found === null,
      ),
    list: (scope) => read(scope, (store) => store.list(scope)),
    apply: (changes) =>
      alone(async () => {
        const { outcome, changed } = await (dualWriteEnabled ? writeBoth : writePrimary)(pair, changes);
        last = outcome;
        if (changed === null) throw bothFailed(outcome, changes.map(changeKey));
        if (strict && outcome.queued) throw strictly(outcome, changes.map(changeKey));
        return changed;
      }),
    inspect: () => inspectBoth(pair),
    version: () => versionOf(pair),
    async close() {
      await mutex.runExclusive(() => closeAll(pair));
    },
    lastOutcome: () => last,
    pendingRepairs: async () => pendingOf(await pair.queue.read()),
    repair: () =>
      alone(async () => {
        const { repaired, left } = await repairPair(pair);
        return { repaired, left: pendingOf(left) };
      }),
    exclusively: (complete, run) =>
      alone(async () => {
        refuseIncomplete(pair, complete, await repairPair(pair));
        return run();
      }),
  };
}

function pairOf({ primary, secondary, queue, onWarning, names }: DualOptions): Pair {
  const [first, second] = names ?? [primary.type, secondary.type];
  if (first === second) {
    throw new StateManagerError('BAD_USAGE', `Both backends are called ${first}, so a queued write names neither`, {
      hint: 'pass names',
    });
  }
  return {
    primary: { name: first, store: primary },
    secondary: { name: second, store: secondary },
    queue,
    warn: onWarning,
  };
}

async function openBoth(pair: Pair): Promise<void> {
  const failures: unknown[] = [];
  for (const { name, store } of sidesOf(pair)) {
    try {
      await store.open();
    } catch (cause) {
      failures.push(cause);
      pair.warn({ kind: 'not-opened', backend: name, message: `${name} cannot be opened: ${messageOf(cause)}`, cause });
    }
  }
  if (failures.length < 2) return;
  throw new StateManagerError('BACKEND_UNAVAILABLE', `Neither backend opens: ${failures.map(messageOf).join('; ')}`, {
    cause: new AggregateError(failures),
    hint: 'see what both say',
  });
}

async function inspectBoth(pair: Pair): Promise<readonly StoreProblem[]> {
  const inspected = await Promise.all(sidesOf(pair).map(inspectSide));
  if (inspected.every(({ failure }) => failure !== undefined)) throw inspected[0]?.failure;
  const waiting = pendingOf(await pair.queue.read()).flatMap(({ backend, keys, reason }) =>
    keys.map((key): StoreProblem => ({ severity: 'warning', key, message: `queued for ${backend}: ${reason}` })),
  );
  const missing = await missingInPrimary(pair, new Set(waiting.map(({ key }) => key)));
  const problems = [...inspected.flatMap((side) => side.problems), ...waiting, ...missing];
  return problems.sort(
    (a, b) => compareText(a.severity, b.severity) || compareText(a.key, b.key) || compareText(a.message, b.message),
  );
}

/** Who deploys what only the secondary knows deploys it again: before `performBulkMigration` the primary may hold nothing. */
async function missingInPrimary({ primary, secondary }: Pair, queued: ReadonlySet<string>): Promise<StoreProblem[]> {
  const [here, there] = await Promise.allSettled([primary.store.list(), secondary.store.list()]);
  // A side that cannot be read is a problem of its own already.
  if (here.status === 'rejected' || there.status === 'rejected') return [];
  const known = new Set(here.value.map(contractKey));
  return there.value
    .map(contractKey)
    .filter((key) => !known.has(key) && !queued.has(key))
    .map((key) => {
      return {
        severity: 'warning',
        key,
        message: `${secondary.name} has it, and ${primary.name}, which is read, does not`,
      };
    });
}

async function inspectSide({ name, store }: Side): Promise<{ problems: readonly StoreProblem[]; failure?: unknown }> {
  try {
    const problems = await store.inspect();
    return { problems: problems.map((problem) => ({ ...problem, message: `${name}: ${problem.message}` })) };
  } catch (failure) {
    const message = `cannot be read: ${messageOf(failure)}`;
    return { failure, problems: [{ severity: 'error', key: name, message }] };
  }
}

async function versionOf(pair: Pair): Promise<string | null> {
  const asked = await Promise.allSettled(sidesOf(pair).map(({ store }) => store.version()));
  const versions = asked.map((answer) => (answer.status === 'fulfilled' ? answer.value : null));
  return versions.includes(null) ? null : JSON.stringify(versions);
}

async function closeAll(pair: Pair): Promise<void> {
  const closed = await Promise.allSettled([...sidesOf(pair).map(({ store }) => store.close()), pair.queue.close()]);
  const failed = closed.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

function pendingOf(entries: Repaired['left']): PendingRepair[] {
  return entries.flatMap((entry) => {
    if (entry.state !== 'queued') return [];
    const { to: backend, reason, refused, at: since } = entry;
    return [{ backend, keys: entry.changes.map(changeKey), reason, refused, since }];
  });
}

function refuseIncomplete(pair: Pair, complete: ContractStore, { left }: Repaired): void {
  const side = sidesOf(pair).find(({ store }) => store === complete);
  const lacking = pendingOf(left).filter(({ backend }) => backend === side?.name);
  if (lacking.length === 0) return;
  throw new StateManagerError('BACKEND_UNAVAILABLE', `${side?.name ?? ''} lacks writes that are queued for it`, {
    hint: 'call repair(), and see what it says',
    details: { pending: lacking },
  });
}

function bothFailed({ primary, secondary }: WriteOutcome, keys: readonly string[]): StateManagerError {
  const [first, second] = [primary, secondary];
  return new StateManagerError(
    'DUAL_WRITE_FAILED',
    `Neither backend took ${keys.join(', ')}. ${first.backend}: ${messageOf(first.error)}; ${second.backend}: ${messageOf(second.error)}`,
    {
      cause: new AggregateError([first.error, second.error]),
      hint: 'see what both say, and write again',
      details: { keys, written: [], failed: [first.backend, second.backend], queued: false },
    },
  );
}

function strictly({ primary, secondary }: WriteOutcome, keys: readonly string[]): StateManagerError {
  const [has, lacks] = primary.result === 'written' ? [primary, secondary] : [secondary, primary];
  return new StateManagerError(
    'DUAL_WRITE_FAILED',
    `${has.backend} has ${keys.join(', ')}, ${lacks.backend} does not: ${messageOf(lacks.error)}. It is queued for repair`,
    {
      cause: lacks.error,
      hint: 'call repair() when that backend is well again',
      details: { keys, written: [has.backend], failed: [lacks.backend], queued: true },
    },
  );
}
