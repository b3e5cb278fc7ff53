import type { ContractType } from '../model/contract-type.js';
import { hashProblem, lowerHash } from '../values/hash.js';
import type { DeploymentArgs } from './contract-deployment.js';
import type { HashEvidence } from './hash-evidence.js';
import { knownScheme } from './read-args.js';

/** Whether the new code is the recorded one; `incomparable` says why nobody can tell, and what would help. */
export type CodeComparison = {
  readonly result: 'equal' | 'different' | 'incomparable';
  readonly currentHash?: string | undefined;
  readonly hashScheme?: string | undefined;
  readonly matchedBy?: 'implementationHash' | 'factoryByteCodeHash' | 'manifest';
  readonly reason: string;
  readonly hint?: string;
  readonly warnings: readonly string[];
};

type RecordedHash = { readonly field: 'implementationHash' | 'factoryByteCodeHash'; readonly hash: string };

/**
 * Compares hashes within one scheme. Equal hashes are equal code whatever the scheme, as two schemes hash different bytes.
 * `args` come from `readDeploymentArgs`.
 */
export function compareCode(contract: ContractType, args: DeploymentArgs, evidence: HashEvidence): CodeComparison {
  const recorded = recordedHashes(contract);
  const fresh = args.implementationHash;
  const equal = recorded.find(({ hash }) => hash === fresh);
  const old = recordScheme(contract, recorded, evidence);
  if (equal !== undefined) return sameHash(equal, old.scheme, args.hashScheme, old.warnings);
  const byManifest = old.scheme === 'creation-nometa' ? null : evidence.implementationHash;
  if (byManifest === fresh) return sameInManifest(fresh, args.hashScheme);
  const scheme = args.hashScheme ?? (evidence.isCreationHash(fresh) ? 'creation-nometa' : undefined);
  if (scheme === 'creation-nometa' && byManifest !== null) {
    const reason = `the manifest of OpenZeppelin has the implementation under ${byManifest} (creation-nometa), the new code has ${fresh}`;
    return { result: 'different', currentHash: byManifest, hashScheme: scheme, reason, warnings: [] };
  }
  const [current] = recorded;
  if (current === undefined) return withoutHash(scheme);
  return differentHash(current, old, { fresh, scheme, given: args.hashScheme !== undefined });
}

function recordedHashes(contract: ContractType): RecordedHash[] {
  return (['implementationHash', 'factoryByteCodeHash'] as const).flatMap((field) => {
    const hash = contract[field];
    return typeof hash !== 'string' || hashProblem(hash) === 'hash-format' ? [] : [{ field, hash: lowerHash(hash) }];
  });
}

/** `deduced`: the manifests only prove which scheme it is not. */
type RecordScheme = {
  readonly scheme: string | undefined;
  readonly deduced?: boolean;
  readonly warnings: readonly string[];
};

/** What the record says; else what the manifests prove, or leave as the only other scheme that deploy scripts used. */
function recordScheme(
  contract: ContractType,
  [current]: readonly RecordedHash[],
  evidence: HashEvidence,
): RecordScheme {
  const said = knownScheme(contract['hashScheme']);
  const atImplementation = evidence.implementationHash;
  if (current === undefined) return { scheme: said, warnings: [] };
  const isCreation = said === 'creation-nometa' || (said === undefined && evidence.isCreationHash(current.hash));
  if (isCreation) {
    const elsewhere = evidence.addressesOf(current.hash).join(' and ');
    const contradicted = atImplementation !== null && atImplementation !== current.hash;
    const warning = `the manifest of OpenZeppelin has the recorded implementation under ${atImplementation ?? ''}, not ${current.hash}${elsewhere === '' ? '' : `, which it has at ${elsewhere}`}: compare the record with the chain`;
    return { scheme: 'creation-nometa', warnings: contradicted ? [warning] : [] };
  }
  if (said !== undefined) return { scheme: said, warnings: [] };
  if (atImplementation === null) return { scheme: undefined, warnings: [] };
  return { scheme: 'runtime-nometa', deduced: true, warnings: [] };
}

function sameHash(
  { field, hash }: RecordedHash,
  old: string | undefined,
  fresh: string | undefined,
  warnings: readonly string[],
): CodeComparison {
  const names = [...new Set([old, fresh].filter((scheme) => scheme !== undefined))];
  const [hashScheme] = names;
  return {
    result: 'equal',
    currentHash: hash,
    hashScheme,
    matchedBy: field,
    reason: `${field} is ${hash} too${hashScheme === undefined ? '; how it was made is not recorded, and equal hashes are of equal code under any scheme' : ` (${hashScheme})`}`,
    warnings:
      names.length < 2
        ? warnings
        : [...warnings, `one hash under two schemes, ${names.join(' and ')}: one of the names is wrong`],
  };
}

function sameInManifest(hash: string, given: string | undefined): CodeComparison {
  const wrong = given !== undefined && given !== 'creation-nometa';
  return {
    result: 'equal',
    currentHash: hash,
    hashScheme: 'creation-nometa',
    matchedBy: 'manifest',
    reason: `the manifest of OpenZeppelin has the recorded implementation under ${hash} (creation-nometa); the record's own hash is of another scheme`,
    warnings: wrong ? [`the new hash is passed as ${given}, and is creation-nometa`] : [],
  };
}

function withoutHash(scheme: string | undefined): CodeComparison {
  return {
    result: 'incomparable',
    hashScheme: scheme,
    reason: 'the record has no code hash, so nobody can say whether the code differs',
    hint: 'put the hash of the deployed code into the record, as implementationHash with its hashScheme; or attach with skipUpgradeCheck',
    warnings: [],
  };
}

function differentHash(
  { field, hash }: RecordedHash,
  old: RecordScheme,
  { fresh, scheme, given }: { readonly fresh: string; readonly scheme: string | undefined; readonly given: boolean },
): CodeComparison {
  const { scheme: recorded, warnings } = old;
  const both = `${field} is ${hash}, the new code has ${fresh}`;
  const deduced =
    'the recorded hash is not creation-nometa by the manifest of OpenZeppelin, and is taken for runtime-nometa: put hashScheme into the record';
  const compared = {
    currentHash: hash,
    hashScheme: recorded ?? scheme,
    warnings: old.deduced === true ? [...warnings, deduced] : warnings,
  };
  if (scheme === recorded && scheme !== undefined) {
    return { ...compared, result: 'different', reason: `${both} (both ${scheme})` };
  }
  if (scheme !== undefined && recorded !== undefined) {
    return {
      ...compared,
      hashScheme: undefined,
      result: 'incomparable',
      reason: `${both}, but the one is ${recorded} and the other ${scheme}: such hashes always differ`,
      hint: `pass the ${recorded} hash of the new code with hashScheme: '${recorded}'`,
    };
  }
  if (given && scheme !== undefined) {
    return {
      ...compared,
      hashScheme: undefined,
      result: 'incomparable',
      reason: `${both} (${scheme}), but nothing says how the recorded one was made`,
      hint: `put hashScheme into the record, keep the manifests of OpenZeppelin (.openzeppelin/) beside it, or leave hashScheme out where the record was written by the same script`,
    };
  }
  const assumed = `which scheme the ${recorded === undefined ? 'recorded' : 'new'} hash is of is not said; ${recorded ?? scheme ?? 'one and the same'} is assumed: pass hashScheme`;
  return { ...compared, result: 'different', reason: both, warnings: [...compared.warnings, assumed] };
}
