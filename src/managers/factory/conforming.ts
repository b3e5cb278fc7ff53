import { compareText } from '../../core/equal.js';
import { isObject, member } from '../../core/json.js';
import { shown } from '../../core/shown.js';
import { StateManagerError } from '../../errors.js';
import type { ContractStore, Scope } from '../contract-store.js';
import { aroundEach, type StoreCall } from '../each-call.js';

const operations = ['open', 'chainOf', 'read', 'list', 'apply', 'inspect', 'version', 'close'] as const;

/**
 * What a plug-in opened, as a store that keeps the contract: answers are looked at, and what is thrown is a
 * StateManagerError. Throws BACKEND_INVALID, at once for an operation that is missing, later for a wrong answer;
 * BACKEND_UNAVAILABLE for an error of the plug-in that is none of ours.
 */
export function conforming(name: string, opened: unknown): ContractStore {
  if (typeof opened !== 'object' || opened === null)
    throw invalid(name, `open answered ${kindOf(opened)}, not a store`);
  const missing = operations.filter((operation) => typeof Reflect.get(opened, operation) !== 'function');
  if (missing.length > 0) throw invalid(name, `it lacks ${missing.join(', ')}`);
  const store = opened as ContractStore;
  if (typeof store.type !== 'string' || !/^[a-z][a-z0-9-]*$/.test(store.type)) {
    throw invalid(name, 'its type must be a lower-case word, such as "redis"');
  }
  return aroundEach(store, async (call, work) => {
    // Awaited inside: an operation of a script in plain JavaScript may throw, or answer, at once.
    let answer: Awaited<ReturnType<typeof work>>;
    try {
      answer = await work();
    } catch (cause) {
      throw thrownBy(name, call, cause);
    }
    const problem = problemOf(call, answer);
    if (problem !== null) throw invalid(name, `${call.operation} answered ${problem}`);
    return answer;
  });
}

export function invalid(name: string, what: string, cause?: unknown): StateManagerError {
  return new StateManagerError('BACKEND_INVALID', `The backend ${shown(name)} breaks the contract of stores: ${what}`, {
    cause,
    hint: 'see docs/backends.md, and run the suite of stores against it',
    details: { backend: name, problem: what },
  });
}

function thrownBy(name: string, { operation }: StoreCall, cause: unknown): StateManagerError {
  if (cause instanceof StateManagerError) return cause;
  if (!(cause instanceof Error)) return invalid(name, `${operation} threw ${kindOf(cause)}, which is no error`, cause);
  return new StateManagerError('BACKEND_UNAVAILABLE', `The backend ${shown(name)} failed: ${cause.message}`, {
    cause,
    hint: 'see what it needs to work',
    details: { backend: name, operation },
  });
}

/** What is wrong with an answer, null for nothing. */
function problemOf(call: StoreCall, answer: unknown): string | null {
  switch (call.operation) {
    case 'chainOf':
      return answer === null || isChainId(answer) ? null : `${kindOf(answer)}, not a chain id or null`;
    case 'read':
      return answer === null ? null : contractProblem(answer, call.scope, call.contractName);
    case 'list':
      return listProblem(answer, call.scope);
    case 'apply':
      return isListOf(answer, (each) => typeof each === 'boolean') && answer.length === call.changes.length
        ? null
        : `${kindOf(answer)}, not one boolean for each of ${call.changes.length} changes`;
    case 'inspect':
      return isListOf(answer, isProblem) ? null : `${kindOf(answer)}, not a list of {severity, key, message}`;
    case 'version':
      return answer === null || typeof answer === 'string' ? null : `${kindOf(answer)}, not a text or null`;
    case 'open':
    case 'close':
      return null;
  }
}

function listProblem(answer: unknown, scope: Scope | undefined): string | null {
  if (!Array.isArray(answer)) return `${kindOf(answer)}, not a list`;
  let before: readonly [number, string] | null = null;
  for (const item of answer as readonly unknown[]) {
    const problem = contractProblem(item, scope, undefined);
    if (problem !== null) return `a list with ${problem}`;
    const { chainId, contractName } = item as { chainId: number; contractName: string };
    const isAfter =
      before === null || before[0] < chainId || (before[0] === chainId && compareText(before[1], contractName) < 0);
    if (!isAfter) return `a list that is not ascending by chain id and name, at ${chainId}-${contractName}`;
    before = [chainId, contractName];
  }
  return null;
}

function contractProblem(value: unknown, scope: Scope | undefined, name: string | undefined): string | null {
  if (!isObject(value)) return `${kindOf(value)}, not a contract`;
  const [chainId, contractName] = [member(value, 'chainId'), member(value, 'contractName')];
  if (typeof contractName !== 'string' || contractName === '') return 'a contract without a contractName';
  if (!isChainId(chainId)) return `a contract without a chainId, ${shown(contractName)}`;
  if (scope !== undefined && chainId !== scope.chainId)
    return `a contract of chain ${chainId} for chain ${scope.chainId}`;
  if (name !== undefined && contractName !== name) return `${shown(contractName)} for ${shown(name)}`;
  return null;
}

function isProblem(value: unknown): boolean {
  if (!isObject(value)) return false;
  const severity = member(value, 'severity');
  const isSeverity = severity === 'error' || severity === 'warning';
  return isSeverity && typeof member(value, 'key') === 'string' && typeof member(value, 'message') === 'string';
}

function isChainId(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): value is readonly unknown[] {
  return Array.isArray(value) && value.every(isItem);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return value === undefined ? 'nothing' : `a value of type ${typeof value}`;
}
