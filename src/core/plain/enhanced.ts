import { isObject, member } from '../json.js';
import { objectMembers } from '../model/placed-record.js';
import { pointer } from '../text/pointer.js';
import { contractOfEntry } from './by-name.js';
import { objectIn } from './members.js';
import type { PlainContract, PlainContracts } from './plain-contract.js';
import type { PlainFile, PlainProblem } from './plain-file.js';
import { derivedTime, hashIn } from './plain-values.js';

/**
 * The contracts of every category; hashes and constructor arguments stand in `verification`. Arguments are as the file has
 * them, which for the one real file is not what was deployed.
 */
export function readEnhanced(file: PlainFile): PlainContracts {
  const problems: PlainProblem[] = [];
  const contracts: PlainContract[] = [];
  const verification = objectIn(file.root, 'verification');
  const time = derivedTime(objectIn(file.root, 'metadata'), ['timestamp']);
  for (const [category, entries] of objectMembers(member(file.root, 'contracts'))) {
    for (const [name, entry] of objectMembers(entries)) {
      const path = pointer('contracts', category, name);
      if (!isObject(entry)) {
        problems.push({ path, message: 'is no object with proxy and implementation' });
        continue;
      }
      const base = contractOfEntry({ name, chainId: file.chainId, network: file.network }, entry, {
        hash: hashIn(member(verification, 'implementationHashes'), name),
        deploymentArgs: member(objectIn(verification, 'constructorArgs'), name),
        time,
      });
      contracts.push({ name, path, base, entry, details: undefined, contract: base });
    }
  }
  return { contracts, problems };
}
