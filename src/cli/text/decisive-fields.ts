import type { FieldChange } from '../../core/diff/change.js';
import type { WeighedChange } from '../../core/diff/weigh.js';
import { type Json, member } from '../../core/json.js';
import { type NetworkFile, recordNamed } from '../../core/model/network-file.js';

/** What a person decides by: all that changed, and of what comes or goes whole its addresses. */
export function decisiveFields({ contract, fields }: WeighedChange): readonly FieldChange[] {
  if (contract === null || contract.status === 'modified') return fields;
  return fields.filter(({ path }) => path === 'proxy' || path === 'implementation');
}

/** What an upgrade keeps, where it is known: whoever decides sees which contract it is. */
export function keptValue(
  { network, contract }: WeighedChange,
  field: string,
  after: ReadonlyMap<string, NetworkFile>,
): Json | undefined {
  const file = after.get(network.network);
  if (file === undefined || contract?.kind !== 'upgrade') return undefined;
  if (contract.fields.some(({ path }) => path === field)) return undefined;
  return member(recordNamed(file, contract.name)?.fields ?? {}, field);
}
