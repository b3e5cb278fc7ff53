import type { JsonObject } from '../../json.js';
import { identityOf, type OlderPart } from './older-part.js';
import { placeMembers } from './place-members.js';

/**
 * `config-<network>.json`: what was configured after a deployment, no contracts. Texts with units ("900 seconds") and the
 * endpoint ids that stand for chains in the remotes stay as they are: `check` says what is wrong with them.
 */
export function readConfigFile(root: JsonObject): OlderPart {
  const taken: ReadonlySet<string> = new Set(['network', 'chainId']);
  return { ...identityOf(root, ''), records: [], rejects: [], ...placeMembers(root, '', { homes, taken, aside }) };
}

const aside = 'x-json-config';

const homes: ReadonlyMap<string, readonly string[]> = new Map([
  ['networkTier', ['networkTier']],
  ['deploymentMode', ['metadata', 'deploymentMode']],
  ['protocolsConfigured', ['metadata', 'protocolsConfigured']],
  ['timestamp', ['topology', 'configurationStatus', 'lastConfigured']],
  ['tierValidation', ['topology', 'tierValidation']],
  ['supplyOracleConfig', ['configuration', 'supplyOracle']],
  ['layerZeroRemotes', ['configuration', 'protocols', 'layerZero', 'remotes']],
  ['celerRemotes', ['configuration', 'protocols', 'celer', 'remotes']],
  ['hyperlaneRemotes', ['configuration', 'protocols', 'hyperlane', 'remotes']],
  ['hyperlaneStatus', ['configuration', 'protocols', 'hyperlane', 'status']],
]);
