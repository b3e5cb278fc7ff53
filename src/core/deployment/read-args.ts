import { StateManagerError } from '../../errors.js';
import { recordNameProblem } from '../model/names.js';
import { shown } from '../shown.js';
import { hashProblem, lowerHash } from '../values/hash.js';
import type { DeploymentArgs } from './contract-deployment.js';

/** The arguments of a script, checked; the hash in lower case, a scheme that says nothing left out. Throws BAD_INPUT. */
export function readDeploymentArgs(args: DeploymentArgs): DeploymentArgs {
  const given: Record<keyof DeploymentArgs, unknown> = {
    ...{ hashScheme: undefined, constructorArgs: undefined, chainId: undefined, skipUpgradeCheck: undefined },
    ...args,
  };
  const { contractName, implementationHash, hashScheme, constructorArgs, chainId, skipUpgradeCheck } = given;
  const problem = typeof contractName === 'string' ? recordNameProblem(contractName) : 'it is no text';
  if (problem !== null) throw refused('contractName', contractName, problem, 'pass the name of the contract');
  if (hashProblem(implementationHash) === 'hash-format') {
    const hint = 'pass bytecodeHash(bytecode, scheme) of the code that would be deployed';
    throw refused('implementationHash', implementationHash, 'a code hash is 0x and 64 hexadecimal digits', hint);
  }
  if (hashScheme !== undefined && typeof hashScheme !== 'string') {
    throw refused('hashScheme', hashScheme, 'it is no text', 'pass creation-nometa or runtime-nometa, or leave it out');
  }
  if (constructorArgs !== undefined && !Array.isArray(constructorArgs)) {
    throw refused(
      'constructorArgs',
      constructorArgs,
      'it is no list',
      'pass the arguments as a list, or leave them out',
    );
  }
  if (chainId !== undefined && (!Number.isSafeInteger(chainId) || Number(chainId) < 1)) {
    throw refused('chainId', chainId, 'chain ids are 1 to 2^53-1', 'pass a number, or leave it out');
  }
  if (skipUpgradeCheck !== undefined && typeof skipUpgradeCheck !== 'boolean') {
    throw refused('skipUpgradeCheck', skipUpgradeCheck, 'it is neither true nor false', 'pass true or false');
  }
  return { ...args, implementationHash: lowerHash(args.implementationHash), hashScheme: knownScheme(hashScheme) };
}

/** `''` and `unknown` say as much as nothing. */
export function knownScheme(scheme: unknown): string | undefined {
  return typeof scheme === 'string' && scheme !== '' && scheme !== 'unknown' ? scheme : undefined;
}

function refused(field: string, value: unknown, why: string, hint: string): StateManagerError {
  const said = typeof value === 'string' ? shown(value) : typeof value;
  return new StateManagerError('BAD_INPUT', `${field} is ${said}: ${why}`, { hint, details: { field } });
}
