import { isObject, type JsonObject, member } from '../../json.js';
import { isAddressText } from '../../values/address-text.js';
import { parseKey } from '../parse-key.js';
import type { OlderFormat } from './older-part.js';

/** Which of the older forms a file has, by its shape and never by its name; else why it is none. */
export function formatOf(root: JsonObject): OlderFormat | { readonly reason: string } {
  const version = member(root, 'schemaVersion');
  if (typeof version === 'string' && /^[3-9]\.|^\d{2,}\./.test(version)) return { reason: newer(version) };
  const contracts = member(root, 'contracts');
  if (Array.isArray(member(root, 'steps')) && Object.hasOwn(root, 'checkpoint')) return 'state';
  if (isObject(contracts)) return ofContracts(root, contracts, version);
  if (isPlaced(root) && configKeys.some((key) => Object.hasOwn(root, key))) return 'config';
  return { reason: otherShape(root) };
}

const configKeys = [
  'tierValidation',
  'protocolsConfigured',
  'layerZeroRemotes',
  'celerRemotes',
  'hyperlaneRemotes',
  'supplyOracleConfig',
  'hyperlaneStatus',
];

function newer(version: string): string {
  return version.startsWith('3.')
    ? `its schemaVersion is ${version}: stateroot import unified brings it in`
    : `its schemaVersion is ${version}, which this stateroot does not know`;
}

function ofContracts(
  root: JsonObject,
  contracts: JsonObject,
  schemaVersion: unknown,
): OlderFormat | { readonly reason: string } {
  const keys = Object.keys(contracts);
  if (typeof schemaVersion === 'string' && schemaVersion.startsWith('2.')) return 'enhanced';
  if (Object.hasOwn(root, 'exportTime') || Object.hasOwn(root, 'totalContracts')) return 'export';
  if (keys.length > 0 && keys.every((key) => !('reason' in parseKey(key)))) return 'export';
  const version = member(root, 'version');
  if (keys.length > 0 && keys.every(isAddressText)) return 'v2';
  if (typeof version === 'string' && version.startsWith('2.')) return 'v2';
  return isPlaced(root) ? 'v1' : { reason: 'it has contracts, but says neither network nor chainId' };
}

function isPlaced(root: JsonObject): boolean {
  return Object.hasOwn(root, 'network') || Object.hasOwn(root, 'chainId');
}

function otherShape(root: JsonObject): string {
  if (Object.hasOwn(root, 'manifestVersion')) return 'it is a manifest of OpenZeppelin, not a deployment file';
  const values = Object.values(root);
  if (values.length > 0 && values.every((value) => typeof value === 'string' && isAddressText(value))) {
    return 'it maps names to addresses: stateroot import addresses brings it in';
  }
  return 'its shape is none of the older deployment files';
}
