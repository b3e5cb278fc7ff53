import type { ImportResult } from '../../src/commands/import-source.js';
import { equalJson } from '../../src/core/equal.js';
import { isObject, type Json, type JsonObject } from '../../src/core/json.js';
import { pointer, segments } from '../../src/core/text/pointer.js';
import { valueAt } from '../../src/core/text/value-at.js';
import { isTaggedBigint } from '../../src/core/values/bigint.js';

export type Leaf = { readonly path: string; readonly value: Json };

/** What became of the leaves of one file: in a network file at its place, named in the report, or neither. */
export type Account = { readonly landed: Leaf[]; readonly named: Leaf[]; readonly lost: Leaf[] };

/** Every value that is no object with members; an array with items is walked, too. */
export function leavesOf(value: Json, path = ''): Leaf[] {
  const isLeaf = typeof value !== 'object' || value === null || (isObject(value) && isTaggedBigint(value));
  const members = isLeaf ? [] : Object.entries(value as JsonObject);
  if (members.length === 0) return [{ path, value }];
  return members.flatMap(([key, item]) => leavesOf(item, path + pointer(key)));
}

/**
 * `roots`: the network files after the import. `homes`: where a leaf stands in one by the rules, which know nothing of
 * the report; the report may say another place, and then the value has to be there.
 */
export function accountFor(
  file: string,
  leaves: readonly Leaf[],
  data: ImportResult['data'],
  roots: readonly JsonObject[],
  homes: (path: string, root: JsonObject) => readonly string[],
): Account {
  const account: Account = { landed: [], named: [], lost: [] };
  for (const leaf of leaves) {
    const told = data.folded.flatMap((one) => {
      const isAbout = one.file === file && (leaf.path === one.path || leaf.path.startsWith(`${one.path}/`));
      return isAbout && one.to !== undefined ? [one.to + leaf.path.slice(one.path.length)] : [];
    });
    const isLanded = roots.some((root) =>
      [...homes(leaf.path, root), ...told].some((home) => holds(valueAt(root, home), leaf.value)),
    );
    if (isLanded) account.landed.push(leaf);
    else if (isNamed(file, leaf, data)) account.named.push(leaf);
    else account.lost.push(leaf);
  }
  return account;
}

/** By its own pointer with what became of it, or within a value that the report repeats. */
function isNamed(file: string, { path, value }: Leaf, data: ImportResult['data']): boolean {
  const repeats = [
    ...data.ambiguous.map((one) => ({ file: one.file, path: one.path, value: one.other })),
    ...data.quarantined.map((one) => ({ file: one.file, path: one.key, value: one.value })),
    ...data.folded.map((one) => ({ file: one.file, path: one.path, value: one.value })),
  ].filter((one) => one.file === file);
  const isRepeated = repeats.some(
    (one) =>
      one.value !== undefined &&
      (path === one.path || path.startsWith(`${one.path}/`)) &&
      equalJson(valueAt(one.value, path.slice(one.path.length)) ?? null, value),
  );
  const isSaid = data.folded.some(
    (one) => one.file === file && one.path === path && one.rule !== 'moved' && one.rule !== 'kept-aside',
  );
  return isRepeated || isSaid;
}

/** Addresses and hashes may stand in another case, and something may stand where there was an empty object. */
function holds(found: Json | undefined, value: Json): boolean {
  if (found === undefined) return false;
  if (typeof found === 'string' && typeof value === 'string') return found.toLowerCase() === value.toLowerCase();
  if (isObject(value) && Object.keys(value).length === 0) return isObject(found);
  return equalJson(found, value);
}

/** Where the rules put the leaves of each older form. */
export function homesOf(form: 'v1' | 'config' | 'enhanced' | 'v2' | 'state' | 'export') {
  return (path: string, root: JsonObject): readonly string[] => {
    const [first = '', second = '', third = '', ...rest] = segments(path);
    const below = pointer(...segments(path).slice(1));
    const aside = pointer(`x-json-${form}`) + path;
    if (first === 'network' || first === 'chainId') return [path, ...eachExtended(root, '/source/networkName')];
    switch (form) {
      case 'v1':
        if (first === 'contracts') return [...contractHomes(root, second, pointer(...segments(path).slice(2))), aside];
        if (first === 'implementationHashes') return [pointer(`extended_${second}`, 'implementationHash'), aside];
        if (first === 'protocolContracts') return [pointer('contracts', 'protocol', upper(second), 'proxy'), aside];
        if (first === 'infrastructureContracts')
          return [pointer('contracts', 'infrastructure', upper(second), 'proxy'), aside];
        if (first === 'config')
          return [v1Config.get(second) ?? aside].map(
            (home) => home + (v1Config.has(second) ? pointer(...segments(path).slice(2)) : ''),
          );
        return [first === 'networkTier' ? path : `/metadata${v1Metadata.has(first) ? path : ''}`, aside];
      case 'config':
        return [...(configHomes.has(first) ? [`${configHomes.get(first) ?? ''}${below}`] : []), aside];
      case 'enhanced':
        if (first === 'contracts') return [...contractHomes(root, third, pointer(...rest)), aside];
        if (first === 'verification' && second === 'implementationHashes')
          return [
            pointer(`extended_${third}`, 'implementationHash'),
            pointer('x-json-enhanced', second, third, ...rest),
          ];
        return [path, aside];
      case 'v2':
        if (first === 'contracts') return infoHomes(root, pointer(...segments(path).slice(2)));
        if (first === 'protocols') return [`/configuration${path}`, aside];
        return [path, `/metadata${path}`, aside];
      case 'state':
        return first === 'checkpoint' ? homesOf('v1')(below, root) : [aside];
      case 'export':
        return first === 'contracts' ? infoHomes(root, pointer(...segments(path).slice(2))) : [];
    }
  };
}

const v1Metadata: ReadonlySet<string> = new Set([
  'deployer',
  'timestamp',
  'lastDeployed',
  'lastUpgraded',
  'deploymentMode',
  'protocolsDeployed',
]);
const v1Config: ReadonlyMap<string, string> = new Map([
  ['layerZeroEndpoint', '/configuration/protocols/layerZero/endpoint'],
  ['celerMessageBus', '/configuration/protocols/celer/messageBus'],
  ['hyperlaneMailbox', '/configuration/protocols/hyperlane/mailbox'],
  ['governanceVault', '/configuration/governance/vault'],
]);
const configHomes: ReadonlyMap<string, string> = new Map([
  ['networkTier', '/networkTier'],
  ['deploymentMode', '/metadata/deploymentMode'],
  ['protocolsConfigured', '/metadata/protocolsConfigured'],
  ['timestamp', '/topology/configurationStatus/lastConfigured'],
  ['tierValidation', '/topology/tierValidation'],
  ['supplyOracleConfig', '/configuration/supplyOracle'],
  ['layerZeroRemotes', '/configuration/protocols/layerZero/remotes'],
  ['celerRemotes', '/configuration/protocols/celer/remotes'],
  ['hyperlaneRemotes', '/configuration/protocols/hyperlane/remotes'],
  ['hyperlaneStatus', '/configuration/protocols/hyperlane/status'],
]);

function contractHomes(root: JsonObject, name: string, field: string): string[] {
  const short = name.slice(name.lastIndexOf(':') + 1);
  const categories = Object.keys((valueAt(root, '/contracts') ?? {}) as JsonObject);
  return [name, short].flatMap((one) => [
    ...categories.flatMap((category) => {
      const entry = pointer('contracts', category, one);
      return field === ''
        ? [`${entry}/implementation`]
        : [entry + field, ...(field === '/address' ? [`${entry}/implementation`] : [])];
    }),
    pointer(`extended_${one}`) + field,
  ]);
}

/** A contract is found by its values: which name it has is one of them. */
function infoHomes(root: JsonObject, field: string): string[] {
  const renamed = new Map([
    ['/constructorArgs', ['/deploymentArgs']],
    ['/deployedAt', ['/deployedAt', '/timestamp']],
    ['/name', ['/source/contractName']],
    ['/contractName', ['/source/contractName']],
    ['/networkName', ['/source/networkName']],
  ]);
  const [first = ''] = segments(field);
  const rest = field.slice(first.length + 1);
  const fields = [field, ...(renamed.get(pointer(first)) ?? []).map((one) => one + rest)];
  if (first === 'proxy') fields.push(`/x-proxy${rest}`);
  const names = Object.keys(root).filter((key) => key.startsWith('extended_'));
  return names.flatMap((key) => [
    ...fields.map((one) => pointer(key) + one),
    ...Object.keys((valueAt(root, '/contracts') ?? {}) as JsonObject).flatMap((category) => {
      const entry = pointer('contracts', category, key.slice('extended_'.length));
      return [`${entry}/proxy`, `${entry}/implementation`];
    }),
  ]);
}

function eachExtended(root: JsonObject, field: string): string[] {
  return Object.keys(root)
    .filter((key) => key.startsWith('extended_'))
    .map((key) => pointer(key) + field);
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
