import { StateManagerError } from '../../errors.js';
import { shown } from '../shown.js';
import type { PlainFile } from './plain-file.js';

/** RECORD_INVALID: no plain form has a place for a contract without address. */
export function noAddress({ network }: PlainFile, name: string): StateManagerError {
  return new StateManagerError(
    'RECORD_INVALID',
    `${shown(name)} on ${shown(network)} cannot be recorded: it has neither address nor proxyAddress`,
    { hint: 'give it the address it was deployed at', details: { network, name } },
  );
}

/** NAME_AMBIGUOUS: a file keyed by address can have two contracts of one name. */
export function nameTwice({ network }: PlainFile, name: string, keys: readonly string[]): StateManagerError {
  return new StateManagerError(
    'NAME_AMBIGUOUS',
    `${shown(name)} on ${shown(network)} stands under ${keys.map(shown).join(' and ')}`,
    { hint: 'rename or remove the one that is wrong in the file', details: { network, name, keys } },
  );
}

/** ADDRESS_AMBIGUOUS: a file keyed by address has one contract at each. */
export function addressTaken({ network }: PlainFile, name: string, other: string, address: string): StateManagerError {
  return new StateManagerError(
    'ADDRESS_AMBIGUOUS',
    `${shown(name)} on ${shown(network)} has the address ${shown(address)}, under which ${shown(other)} stands`,
    {
      hint: 'a v2 file is keyed by address: delete the one that is wrong, or keep the network as v1',
      details: { network, address, names: [other, name] },
    },
  );
}

/** BAD_INPUT: the enhanced form is read and never written. */
export function readOnlyForm({ network }: PlainFile): StateManagerError {
  return new StateManagerError(
    'BAD_INPUT',
    `The file of ${shown(network)} is of the enhanced form, which is only read`,
    {
      hint: 'stateroot import json brings it into Git; a file named otherwise takes new contracts as v1',
      details: { network, reference: 'JSON-003' },
    },
  );
}

/** RECORD_INVALID */
export function badAddress({ network }: PlainFile, name: string, field: string, address: string): StateManagerError {
  return new StateManagerError(
    'RECORD_INVALID',
    `${shown(name)} on ${shown(network)} cannot be recorded: ${field} is ${shown(address)}, which is no address`,
    { hint: 'an address is 0x and 40 hexadecimal digits', details: { network, name, field } },
  );
}
