import { performance } from 'node:perf_hooks';
import { StateManagerError } from '../../errors.js';
import { tagBigints } from '../../core/values/bigint.js';
import { changeKey } from '../contract-key.js';
import type { ContractStore, StoreLayer } from '../contract-store.js';
import { aroundEach, type StoreCall } from '../each-call.js';
import { isFailure } from '../is-failure.js';
import { type LogRequest, type LogTopic, logTopics } from './log-topics.js';
import { type LogDestination, openLog } from './open-log.js';

export type LogOptions = (
  | LogRequest
  /** The variables of `logTopics`. */
  | { readonly env: Readonly<Record<string, string | undefined>> }
) & {
  /** Default stderr. */
  readonly destination?: LogDestination | undefined;
};

/** The topics that each kind of store belongs to; `state-manager` has every call of all, `deployment` every write. */
const topicsOfTypes: Readonly<Record<string, readonly LogTopic[]>> = {
  json: ['json'],
  unified: ['json'],
  leveldb: ['leveldb'],
  'dual-write': ['dual-write', 'migration'],
};

/**
 * A line for each call that was asked for: topic, store, operation, keys, milliseconds, result. Never what contracts hold,
 * unless `verbose`. Where nothing is asked for it is the store itself, and pino is not loaded.
 */
export function logged(options: LogOptions): StoreLayer {
  const { topics, verbose } = 'env' in options ? logTopics(options.env) : options;
  return (store) => {
    const own = topicsOf(store, topics);
    if (own.every === undefined && own.writes === undefined) return store;
    const log = openLog(options.destination);
    return aroundEach(store, async (call, work) => {
      const topic = own.every ?? (call.operation === 'apply' ? own.writes : undefined);
      if (topic === undefined || call.operation === 'version') return work();
      const start = performance.now();
      const base = () => ({ topic, store: store.type, ...shownCall(call, verbose), ms: performance.now() - start });
      try {
        const result = await work();
        await log({ level: 'debug', ...base(), ...shownResult(result) });
        return result;
      } catch (error) {
        const code = error instanceof StateManagerError ? error.code : undefined;
        const message = error instanceof Error ? error.message : String(error);
        await log({ level: isFailure(error) ? 'error' : 'warn', ...base(), code, message });
        throw error;
      }
    });
  };
}

function topicsOf(
  { type }: ContractStore,
  topics: ReadonlySet<LogTopic>,
): { readonly every: LogTopic | undefined; readonly writes: LogTopic | undefined } {
  const own = Object.hasOwn(topicsOfTypes, type) ? (topicsOfTypes[type] ?? []) : [];
  const every = [...own, 'state-manager' as const].find((topic) => topics.has(topic));
  return { every, writes: topics.has('deployment') ? 'deployment' : undefined };
}

function shownCall(call: StoreCall, verbose: boolean): object {
  const { operation } = call;
  switch (call.operation) {
    case 'chainOf':
      return { operation, network: call.network };
    case 'read':
      return { operation, ...call.scope, contractName: call.contractName };
    case 'list':
      return { operation, ...call.scope };
    case 'apply':
      return {
        operation,
        changes: call.changes.map((change) => `${change.kind} ${changeKey(change)}`),
        ...(verbose
          ? { contracts: call.changes.flatMap((each) => (each.kind === 'put' ? writable(each.contract) : [])) }
          : {}),
      };
    default:
      return { operation };
  }
}

/** What cannot be JSON is refused by the store; here it must not be an error before that. */
function writable(contract: object): unknown {
  try {
    return tagBigints(contract);
  } catch (error) {
    return `not shown: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function shownResult(result: unknown): object {
  if (Array.isArray(result) && result.every((each) => typeof each === 'boolean')) return { changed: result };
  if (Array.isArray(result)) return { count: result.length };
  return result === undefined ? {} : { found: result !== null };
}
