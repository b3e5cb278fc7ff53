import { compareText } from '../../core/equal.js';
import { type JsonObject, member } from '../../core/json.js';
import type { ContractType } from '../../core/model/contract-type.js';
import { shown } from '../../core/shown.js';
import { StateManagerError } from '../../errors.js';
import { contractKey } from '../../core/compare/contract-key.js';
import type { ContractStore, StoreChange, StoreLayer, StoreProblem } from '../contract-store.js';
import { delegating } from '../each-call.js';
import { contractChecksum } from './contract-checksum.js';

export type ChecksumOptions = {
  /** The field the checksum is kept in; default `checksum`. */
  readonly field?: string | undefined;
  /** Whether a contract without checksum is refused; default false: it was written by somebody else. */
  readonly required?: boolean | undefined;
};

/**
 * Each contract is written with its checksum and given back without it, if it still holds; otherwise CHECKSUM_MISMATCH.
 * It catches accidents and edits under the store; it is no signature. A caller's own checksum has to hold too (FORMAT §8).
 * Throws BACKEND_INVALID for a unified store, which seals its records in the field `checksum` itself: name another one
 * there.
 */
export function checksummed({ field = 'checksum', required = false }: ChecksumOptions = {}): StoreLayer {
  return (store) => {
    if (store.type === 'unified' && field === 'checksum') throw sealedAlready();
    const opened = (contract: ContractType): ContractType => {
      const problem = problemOf(contract, field, required);
      if (problem !== null) throw mismatch([problem]);
      return without(contract, field);
    };
    return {
      ...delegating(store),
      async read(scope, contractName) {
        const contract = await store.read(scope, contractName);
        return contract === null ? null : opened(contract);
      },
      async list(scope) {
        const contracts = await store.list(scope);
        const problems = contracts.flatMap((contract) => problemOf(contract, field, required) ?? []);
        if (problems.length > 0) throw mismatch(problems);
        return contracts.map((contract) => without(contract, field));
      },
      apply: async (changes) => store.apply(changes.map((change) => sealed(change, field))),
      inspect: () => inspected(store, field, required),
    };
  };
}

function sealed(change: StoreChange, field: string): StoreChange {
  if (change.kind === 'delete') return change;
  const contract = { ...change.contract, chainId: change.scope.chainId };
  const checksum = contractChecksum(contract, field);
  const given = checksumOf(contract, field);
  if (given !== undefined && given !== checksum) {
    const key = contractKey(contract);
    throw new StateManagerError('CHECKSUM_MISMATCH', `${shown(key)} is put with a ${field} that is not its own`, {
      hint: `leave ${field} out: it is made for what is written`,
      details: { keys: [key], field, expected: checksum, actual: given, written: false },
    });
  }
  return { ...change, contract: { ...change.contract, [field]: checksum } };
}

async function inspected(store: ContractStore, field: string, required: boolean): Promise<readonly StoreProblem[]> {
  const problems = await store.inspect();
  // A store that says itself what it cannot read need not be listed.
  if (problems.some(({ severity }) => severity === 'error')) return problems;
  const own = (await store.list()).flatMap((contract) => problemOf(contract, field, required) ?? []);
  return [...own, ...problems].sort(
    (a, b) => compareText(a.severity, b.severity) || compareText(a.key, b.key) || compareText(a.message, b.message),
  );
}

function problemOf(contract: ContractType, field: string, required: boolean): StoreProblem | null {
  const kept = checksumOf(contract, field);
  if (kept === undefined ? !required : kept === contractChecksum(contract, field)) return null;
  const message = kept === undefined ? `has no ${field}` : `is not what was written: its ${field} does not hold`;
  return { severity: 'error', key: contractKey(contract), message };
}

/** Undefined where there is none: absent, null or "". */
function checksumOf(contract: ContractType, field: string): unknown {
  const kept: unknown = member(contract as JsonObject, field);
  return kept === null || kept === '' ? undefined : kept;
}

function without(contract: ContractType, field: string): ContractType {
  return Object.fromEntries(Object.entries(contract).filter(([key]) => key !== field)) as ContractType;
}

function mismatch(problems: readonly StoreProblem[]): StateManagerError {
  const texts = problems.map(({ key, message }) => `${shown(key)} ${message}`);
  return new StateManagerError('CHECKSUM_MISMATCH', texts.join('; '), {
    hint: 'compare it with a backup or the chain; put it again once it is known to be right',
    details: { keys: problems.map(({ key }) => key) },
  });
}

function sealedAlready(): StateManagerError {
  return new StateManagerError('BACKEND_INVALID', 'A unified store keeps a checksum of its own in the field checksum', {
    hint: 'leave checksummed out, or give it another field',
  });
}
