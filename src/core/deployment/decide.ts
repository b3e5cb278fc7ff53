import { type ErrorCode, StateManagerError } from '../../errors.js';
import type { Manifest } from '../consistency/state/manifest.js';
import type { ContractType } from '../model/contract-type.js';
import { shown } from '../shown.js';
import { chainWarnings, requireTier } from './chain-claims.js';
import { compareCode } from './compare-code.js';
import type { ContractDeployment, DeploymentArgs } from './contract-deployment.js';
import { contractAddresses } from './contract-addresses.js';
import { findContract } from './find-contract.js';
import { hashEvidence } from './hash-evidence.js';
import { problemsOf, type StateProblem } from './problems-of.js';

/** State as it was read, whole: where reading failed there is no such thing. */
export type DeploymentState = {
  readonly chainId: number;
  readonly network: string;
  /** By the store's own lookup. */
  readonly found: ContractType | null;
  /** Everything on the chain. */
  readonly contracts: readonly ContractType[];
  /** Everything wrong in the store. */
  readonly problems: readonly StateProblem[];
  readonly manifests: readonly Manifest[];
  /** Whether the store holds nothing at all, of no chain. */
  readonly isEmpty: boolean;
};

/**
 * Deploy, upgrade or neither (reference data §4.2). `args` come from `readDeploymentArgs`. Never throws for what state
 * says: it is `blocked` then, with the reason as an error.
 */
export function decideDeployment(args: DeploymentArgs, state: DeploymentState): ContractDeployment {
  try {
    requireTier(state);
    const contract = recordedContract(args.contractName, state);
    return contract === null ? newDeployment(args, state) : existingDeployment(args, state, contract);
  } catch (error) {
    if (error instanceof StateManagerError) return blockedDeployment(args, state, error);
    throw error;
  }
}

/** The decision where nothing can be decided. */
export function blockedDeployment(
  args: DeploymentArgs,
  place: { readonly chainId: number | null; readonly network: string | null },
  error: StateManagerError,
  known: Partial<ContractDeployment> = {},
): ContractDeployment {
  return {
    ...decided('blocked', args, place, [error.hint === undefined ? error.message : `${error.message}; ${error.hint}`]),
    ...known,
    error,
  };
}

function recordedContract(name: string, { found, contracts, network }: DeploymentState): ContractType | null {
  if (found !== null) return found;
  const looked = findContract(contracts, name);
  if (looked.kind === 'none') return null;
  if (looked.kind === 'one') return looked.contract;
  const names = looked.names.map(shown).join(' and ');
  const means = looked.kind === 'several' ? 'means' : 'may be';
  throw refused('NAME_AMBIGUOUS', `${shown(name)} on ${shown(network)} ${means} ${names}`, {
    hint: 'pass the name of the one that is meant; for another contract, record it under its own name first',
    details: { candidates: looked.names },
  });
}

/** Only what was read whole can say that there is no such contract. */
function newDeployment(args: DeploymentArgs, state: DeploymentState): ContractDeployment {
  const { chain, own, mentions } = problemsOf(args.contractName, state);
  const errors = [...own, ...chain];
  if (errors.length > 0) {
    const [first] = errors;
    throw refused(
      'STATE_INVALID',
      `${shown(args.contractName)} is not among what could be read, but state has ${errors.length === 1 ? 'an error' : `${errors.length} errors`}: ${first?.key ?? ''}: ${first?.message ?? ''}`,
      { hint: 'repair state first; validateIntegrity() lists what is wrong', details: { problems: errors } },
    );
  }
  const [mention] = mentions;
  if (mention !== undefined) {
    throw refused(
      'STATE_INVALID',
      `${shown(args.contractName)} is not recorded, but state knows of it: ${mention.key}: ${mention.message}`,
      { hint: 'bring it in first: performBulkMigration(), or repair()', details: { problems: mentions } },
    );
  }
  const reasons = [`no contract ${shown(args.contractName)} is recorded on ${place(state)}`];
  return { ...decided('deploy', args, state, reasons), warnings: [...emptyWarnings(state), ...passedOver(state)] };
}

/** A store that is not where the script looks for it is empty as well. */
function emptyWarnings({ isEmpty, contracts, chainId, manifests }: DeploymentState): string[] {
  const proxies = manifests.flatMap((manifest) => (manifest.chainId === chainId ? [...manifest.proxies.keys()] : []));
  return [
    ...(isEmpty ? ['state holds no contract at all: is it looked for in the right folder?'] : []),
    ...(contracts.length === 0 && proxies.length > 0
      ? [
          `nothing is recorded on the chain, but the manifest of OpenZeppelin has ${proxies.length} of its proxies: import state first`,
        ]
      : []),
  ];
}

function passedOver({ manifests }: DeploymentState): string[] {
  return manifests.flatMap(({ path, problem }) => (problem === null ? [] : [`${path} is passed over: ${problem}`]));
}

function existingDeployment(args: DeploymentArgs, state: DeploymentState, contract: ContractType): ContractDeployment {
  const { contractName, chainId } = contract;
  if (chainId !== state.chainId) {
    throw refused(
      'CHAIN_ID_MISMATCH',
      `${shown(contractName)} is recorded for chain ${chainId}, not ${state.chainId}`,
      {
        hint: 'correct the record, or ask for its chain',
        details: { expected: state.chainId, actual: chainId },
      },
    );
  }
  const { own, chain } = problemsOf(contractName, state);
  const [problem] = own;
  if (problem !== undefined) {
    throw refused('STATE_INVALID', `The record of ${shown(contractName)} is not valid: ${problem.message}`, {
      hint: 'repair the record first; validateIntegrity() lists what is wrong',
      details: { problems: own },
    });
  }
  const addresses = contractAddresses(contract);
  const evidence = hashEvidence(state.manifests, state.chainId, addresses.implementationAddress ?? null);
  const compared = compareCode(contract, args, evidence);
  const warnings = [
    ...chainWarnings(contract, state),
    ...chain.map(({ key, message }) => `state has another error, ${key}: ${message}`),
    ...passedOver(state),
    ...compared.warnings,
  ];
  const { currentHash, hashScheme, matchedBy, reason } = compared;
  const known = { ...addresses, ...present({ currentHash, hashScheme, matchedBy }), warnings };
  if (compared.result === 'equal') return { ...decided('unchanged', args, state, [reason]), ...known };
  if (args.skipUpgradeCheck === true) {
    const skipped = `not upgraded although asked about other code: ${reason}`;
    const reasons = [`${shown(contractName)} is recorded, and skipUpgradeCheck leaves it as it is`];
    return { ...decided('skipped', args, state, reasons), ...known, warnings: [...warnings, skipped] };
  }
  if (compared.result === 'different') return { ...decided('upgrade', args, state, [reason]), ...known };
  const error = refused('HASH_INCOMPARABLE', `${shown(contractName)} on ${place(state)}: ${reason}`, {
    ...present({ hint: compared.hint }),
    details: present({ currentHash, newHash: args.implementationHash, hashScheme: args.hashScheme }),
  });
  return blockedDeployment(args, state, error, known);
}

function decided(
  action: ContractDeployment['action'],
  args: DeploymentArgs,
  { chainId, network }: { readonly chainId: number | null; readonly network: string | null },
  reasons: readonly string[],
): ContractDeployment {
  const { contractName, implementationHash, hashScheme, constructorArgs } = args;
  const given = present({ hashScheme, constructorArgs });
  return { action, contractName, chainId, network, newHash: implementationHash, reasons, warnings: [], ...given };
}

/** Without the members that are undefined. */
function present<Members extends object>(members: Members): Partial<Members> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Partial<Members>;
}

function place({ network, chainId }: DeploymentState): string {
  return `${shown(network)} (chain ${chainId})`;
}

function refused(
  code: ErrorCode,
  message: string,
  options: { hint?: string; details: Readonly<Record<string, unknown>> },
): StateManagerError {
  return new StateManagerError(code, message, options);
}
