import type { ContractType } from '../../core/model/contract-type.js';
import type { ContractStore, StoreChange, StoreProblem } from '../contract-store.js';
import { exportText, importChanges } from '../exchange.js';
import type { IStateManager } from '../istate-manager.js';
import { StateManager } from '../state-manager.js';
import { sameContract } from '../../core/compare/comparable.js';
import { nameOf } from './pair.js';

/** The store of a manager: its own where it is one of ours, else one that does everything by the documents' interface. */
export function storeOf(manager: IStateManager): ContractStore {
  return manager instanceof StateManager ? manager.store : managerContracts(manager);
}

/**
 * Any state manager as a store. Several puts are one `importAll`; with deletes among them the interface offers nothing
 * that is all or nothing, so what was done is taken back where a later change fails.
 */
function managerContracts(manager: IStateManager): ContractStore {
  const store: ContractStore = {
    type: manager.getBackendType(),
    open: () => manager.initialize(),
    chainOf: () => Promise.resolve(null),
    read: ({ chainId }, contractName) => manager.getContract(chainId, contractName),
    list: async (scope) =>
      scope === undefined
        ? importChanges(await manager.exportAll(), [], true).flatMap((change) =>
            change.kind === 'put' ? [change.contract] : [],
          )
        : manager.getAllContracts(scope.chainId),
    async apply(changes) {
      const before = await Promise.all(changes.map((change) => store.read(change.scope, nameOf(change))));
      if (changes.length > 1 && changes.every(({ kind }) => kind === 'put')) {
        await manager.importAll(exportText(changes.flatMap(contractsOf), store.type, {}), true);
      } else {
        await oneByOne(manager, changes, before);
      }
      return changes.map((change, i) =>
        change.kind === 'put' ? !sameContract(change.contract, before[i] ?? null) : before[i] !== null,
      );
    },
    async inspect() {
      const { errors, warnings } = await manager.validateIntegrity();
      const problemOf = (severity: StoreProblem['severity']) => (message: string) => ({
        severity,
        key: store.type,
        message,
      });
      return [...errors.map(problemOf('error')), ...warnings.map(problemOf('warning'))];
    },
    version: () => Promise.resolve(null),
    close: () => manager.close(),
  };
  return store;
}

async function oneByOne(
  manager: IStateManager,
  changes: readonly StoreChange[],
  before: readonly (ContractType | null)[],
): Promise<void> {
  let done = 0;
  try {
    for (const change of changes) {
      await applyOne(manager, change);
      done += 1;
    }
  } catch (cause) {
    for (let index = done - 1; index >= 0; index -= 1) await takeBack(manager, changes[index], before[index] ?? null);
    throw cause;
  }
}

async function applyOne(manager: IStateManager, change: StoreChange): Promise<void> {
  const { chainId } = change.scope;
  if (change.kind === 'put') await manager.putContract(chainId, change.contract);
  else await manager.deleteContract(chainId, change.contractName);
}

async function takeBack(
  manager: IStateManager,
  change: StoreChange | undefined,
  before: ContractType | null,
): Promise<void> {
  if (change === undefined) return;
  if (before === null) await manager.deleteContract(change.scope.chainId, nameOf(change));
  else await manager.putContract(change.scope.chainId, before);
}

function contractsOf(change: StoreChange): ContractType[] {
  return change.kind === 'put' ? [{ ...change.contract, chainId: change.scope.chainId }] : [];
}
