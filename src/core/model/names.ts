import { StateManagerError } from '../../errors.js';
import { shown } from '../shown.js';
import { isAddressText } from '../values/address-text.js';

const networkName = /^[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9_-]{0,30}[a-z0-9])?)?$/;
const deviceName = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$/;
const environmentName = /^[a-z0-9](?:[a-z0-9_-]{0,30}[a-z0-9])?$/;
const categoryName = /^[a-z][A-Za-z0-9_-]{0,63}$/;
const recordName = /^[A-Za-z0-9_$][A-Za-z0-9_$.:/#@~+-]{0,199}$/;
const prototypeKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Null, or why `name` cannot name a network and its file (FORMAT §1.2). */
export function networkNameProblem(name: string): string | null {
  if (name === '') return 'it is empty';
  if (/[A-Z]/.test(name) && networkName.test(name.toLowerCase())) {
    return 'network names are lower-case: two names must not meet on a case-insensitive disk';
  }
  if (!networkName.test(name)) {
    return 'a network name has 1 to 63 of a-z 0-9 _ -, begins and ends with a letter or digit, and may end in .<environment> of up to 32';
  }
  const [stem = '', suffix] = name.split('.');
  if (deviceName.test(stem)) return `"${stem}" is a device name on Windows`;
  if (suffix === 'unified' || suffix === 'backup') return `the part after the dot cannot be "${suffix}"`;
  return null;
}

/** Null, or why `name` cannot be a root `environment` (FORMAT §3). */
export function environmentNameProblem(name: string): string | null {
  if (environmentName.test(name)) return null;
  return 'an environment has 1 to 32 of a-z 0-9 _ - and begins and ends with a letter or digit';
}

/** Null, or why `name` cannot name a category of contracts (FORMAT §3). */
export function categoryNameProblem(name: string): string | null {
  if (categoryName.test(name)) return null;
  return 'a category has 1 to 64 of A-Z a-z 0-9 _ - and begins with a lower-case letter';
}

/** Null, or why `name` cannot name a record (FORMAT §5). */
export function recordNameProblem(name: string): string | null {
  if (name === '') return 'it is empty';
  if (name.length > 200) return `it has ${name.length} characters, more than 200`;
  if (prototypeKeys.has(name)) return 'this word has a meaning of its own in JavaScript';
  if (!recordName.test(name)) {
    return 'a record name has A-Z a-z 0-9 _ $ . : / # @ ~ + - and begins with a letter, a digit, _ or $';
  }
  if (name.split('/').some((segment) => segment === '' || segment === '.' || segment === '..')) {
    return 'a segment between slashes cannot be empty, "." or ".."';
  }
  if (isAddressText(name)) return 'an address is no name';
  return null;
}

/** What follows the last `:`, the contract of a fully-qualified name (FORMAT §5). */
export function shortName(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1);
}

/** Throws NETWORK_NAME_INVALID. */
export function assertNetworkName(name: string): void {
  const problem = networkNameProblem(name);
  if (problem === null) return;
  throw new StateManagerError('NETWORK_NAME_INVALID', `${shown(name)} cannot name a network: ${problem}`, {
    hint: 'stateroot status lists the networks that are here; other spellings belong to "networks" in stateroot.config.json',
  });
}

/** Throws RECORD_NAME_INVALID. */
export function assertRecordName(name: string): void {
  const problem = recordNameProblem(name);
  if (problem === null) return;
  throw new StateManagerError('RECORD_NAME_INVALID', `${shown(name)} cannot name a record: ${problem}`, {
    hint: 'stateroot list shows the names that are here',
  });
}
