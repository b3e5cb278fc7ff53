import { findRecord } from '../core/model/lookup.js';
import { type NetworkFile, recordsOf } from '../core/model/network-file.js';
import type { StateRecord } from '../core/model/record.js';
import { shown } from '../core/shown.js';
import { StateManagerError } from '../errors.js';
import type { StateRepository } from '../ports/state-repository.js';
import { nearNames } from './near-names.js';
import { networkAt, placeOf } from './read-snapshot.js';

export type GetOptions = {
  readonly network: string;
  readonly name: string;
  /** Any revision or date; default the work tree. */
  readonly at?: string | undefined;
};

/**
 * One record by name, alias or address. Throws NOT_FOUND (`details.near`, or `details.networks` when the network is not
 * there), NAME_AMBIGUOUS (`details.candidates`), STATE_INVALID when its file cannot be read, UNKNOWN_REVISION.
 */
export async function getRecord(
  repository: StateRepository,
  { network, name, at }: GetOptions,
): Promise<{ readonly record: StateRecord; readonly file: NetworkFile }> {
  const file = await networkAt(repository, await placeOf(repository, at), network);
  const record = findRecord(file, name);
  if (record === null) throw unknownRecord(file, name);
  return { record, file };
}

function unknownRecord(file: NetworkFile, name: string): StateManagerError {
  const names = recordsOf(file).map((record) => record.name);
  const near = nearNames(name, names);
  const here = names.length === 0 ? 'It has no records.' : `It has ${names.slice(0, 10).map(shown).join(', ')}`;
  const more = names.length > 10 ? ` and ${names.length - 10} more` : '';
  return new StateManagerError('NOT_FOUND', `There is no ${shown(name)} on ${shown(file.network)}. ${here}${more}`, {
    hint:
      near.length > 0
        ? `did you mean ${near.map(shown).join(' or ')}?`
        : `stateroot list --network ${file.network}, or stateroot find ${shown(name)}`,
    details: { network: file.network, name, near },
  });
}
