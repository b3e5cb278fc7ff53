import { isObject, type Json, type JsonObject, member } from '../json.js';
import { objectMembers } from '../model/placed-record.js';
import { pointer } from '../text/pointer.js';
import { addressesOfEntry, contractOfEntry, foreignMembers, isKnownMember } from './by-name.js';
import { detailsFor, detailsMember, withDetails } from './details.js';
import { inOrderOf, objectIn, withMember } from './members.js';
import { isMentioned, mentionsOf, withoutMentions } from './mentions.js';
import type { PlainContract, PlainContracts } from './plain-contract.js';
import type { PlainFile, PlainProblem } from './plain-file.js';
import { derivedTime, hashIn } from './plain-values.js';
import { noAddress } from './refuse-plain.js';

/** @see plainContracts */
export function readV1(file: PlainFile): PlainContracts {
  const problems: PlainProblem[] = [];
  const contracts: PlainContract[] = [];
  for (const [name, entry] of objectMembers(member(file.root, 'contracts'))) {
    const path = pointer('contracts', name);
    if (isObject(entry)) contracts.push(contractOf(file, name, path, entry));
    else problems.push({ path, message: 'is no object with proxy and implementation' });
  }
  // All infrastructure of real files stands in sections beside `contracts` only. Taken for not deployed, the next
  // deployment would make a second proxy of each.
  for (const mention of mentionsOf(file.root)) {
    const { name, proxy, path } = mention;
    if (contracts.some((each) => isMentioned(each.name, each.contract, mention))) continue;
    contracts.push(contractOf(file, name, path, { proxy }));
  }
  return { contracts, problems };
}

/** @see putPlain */
export function putV1(file: PlainFile, name: string, contract: JsonObject): PlainFile {
  const old = objectIn(objectIn(file.root, 'contracts'), name);
  const addresses = addressesOfEntry(contract);
  if (addresses === null) throw noAddress(file, name);
  const entry = inOrderOf(old, { ...addresses, ...foreignMembers(old, contract, isKnownMember) });
  const root = withHash(withMember(file.root, 'contracts', name, entry), name, contract);
  const next = { ...file, root };
  const details = detailsFor(contract, baseOf(next, name, entry));
  return { ...next, root: withMember(root, detailsMember, name, details ?? undefined) };
}

/** @see deletePlain */
export function deleteV1(file: PlainFile, { name, contract }: PlainContract): PlainFile {
  const sections = ['contracts', 'implementationHashes', detailsMember];
  const root = sections.reduce((left, section) => withMember(left, section, name, undefined), file.root);
  return { ...file, root: withoutMentions(root, contract) };
}

function contractOf(file: PlainFile, name: string, path: string, entry: JsonObject): PlainContract {
  const base = baseOf(file, name, entry);
  const details: Json | undefined = member(objectIn(file.root, detailsMember), name);
  return { name, path, base, entry, details, contract: withDetails(base, details) };
}

function baseOf(file: PlainFile, name: string, entry: JsonObject): JsonObject {
  const hash = hashIn(member(file.root, 'implementationHashes'), name);
  const time = derivedTime(file.root, ['lastDeployed', 'timestamp']);
  return contractOfEntry({ name, chainId: file.chainId, network: file.network }, entry, { hash, time });
}

/** What readers of v1 take for both hashes. A text that is no hash says nothing of this contract and stays. */
function withHash(root: JsonObject, name: string, contract: JsonObject): JsonObject {
  const hash = hashIn(contract, 'implementationHash') ?? hashIn(contract, 'factoryByteCodeHash');
  if (hash === undefined && hashIn(member(root, 'implementationHashes'), name) === undefined) return root;
  return withMember(root, 'implementationHashes', name, hash);
}
