import { shown } from '../../core/shown.js';
import { StateManagerError } from '../../errors.js';
import type { Stored } from './stored-contract.js';

/** NAME_AMBIGUOUS: entries of document 000 are told apart by address, and two may have one name. */
export function severalOf(contractName: string, stored: readonly Stored[]): StateManagerError {
  const keys = stored.map(({ key }) => key);
  return new StateManagerError(
    'NAME_AMBIGUOUS',
    `${shown(contractName)} stands under ${keys.map(shown).join(' and ')}`,
    {
      hint: 'ask by address, or take the entry that is wrong out of the LevelDB',
      details: { keys },
    },
  );
}
