import { type JsonObject, member } from '../json.js';
import { environmentNameProblem, networkNameProblem } from '../model/names.js';
import { type Complaint, shownValue } from './complaint.js';

/** Which network the file says it is (FORMAT §1, §3, §12). `fileName` is the network its path stands for. */
export function inspectRoot(root: JsonObject, fileName: string | null): Complaint[] {
  return [
    ...inspectVersion(root),
    ...inspectNetwork(root, fileName),
    ...inspectChainId(root),
    ...inspectEnvironment(root),
  ];
}

function inspectVersion(root: JsonObject): Complaint[] {
  const version = member(root, 'schemaVersion');
  if (typeof version !== 'string' || version.startsWith('3.0.')) return [];
  const message = `The file has schema version ${version}, this tool knows 3.0; it is read and kept, not written`;
  return [{ rule: 'schema-newer', path: '/schemaVersion', message }];
}

function inspectNetwork(root: JsonObject, fileName: string | null): Complaint[] {
  const network = member(root, 'network');
  if (network === undefined) return [];
  const path = '/network';
  const problem = typeof network === 'string' ? networkNameProblem(network) : 'a name is text';
  const complaints: Complaint[] = [];
  if (problem !== null) {
    complaints.push({
      rule: 'network-name',
      path,
      message: `${shownValue(network)} cannot name a network: ${problem}`,
    });
  }
  if (typeof network === 'string' && fileName !== null && network !== fileName) {
    const message = `The file is named after ${shownValue(fileName)} and says it is ${shownValue(network)}`;
    complaints.push({ rule: 'network-file', path, message });
  }
  return complaints;
}

function inspectChainId(root: JsonObject): Complaint[] {
  const chainId = member(root, 'chainId');
  if (chainId === undefined || (typeof chainId === 'number' && Number.isSafeInteger(chainId) && chainId >= 1))
    return [];
  const message = `${shownValue(chainId)} is not a chain id: an integer from 1 to 9007199254740991`;
  return [{ rule: 'chain-id', path: '/chainId', message }];
}

function inspectEnvironment(root: JsonObject): Complaint[] {
  const environment = member(root, 'environment');
  if (environment === undefined) return [];
  const problem = typeof environment === 'string' ? environmentNameProblem(environment) : 'a name is text';
  if (problem === null) return [];
  const message = `${shownValue(environment)} cannot name an environment: ${problem}`;
  return [{ rule: 'environment-name', path: '/environment', message }];
}
