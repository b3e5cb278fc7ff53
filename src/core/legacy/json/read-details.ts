import type { Folded } from '../../fold/fold-log.js';
import { type Json, member } from '../../json.js';
import { pointer } from '../../text/pointer.js';
import { isSection, membersOf, type OlderRecord } from './older-part.js';

/**
 * `{address, fields}` of one contract: fields as ContractType has them, null for one it has not. Null when it is none, or
 * was written for another implementation than the one that stands there now.
 */
export function readDetails(
  details: Json | undefined,
  at: string,
  codeAddress: Json | undefined,
): { readonly fields: OlderRecord['fields']; readonly dropped: readonly Folded[] } | null {
  const fields = isSection(details) ? member(details, 'fields') : undefined;
  if (!isSection(details) || !isSection(fields) || Object.keys(details).length !== 2) return null;
  const address = member(details, 'address');
  if (!isSame(address, codeAddress ?? '')) return null;
  const said = membersOf(fields, at + pointer('fields'));
  return {
    fields: said.filter(({ value }) => value !== null).map(({ key, ...stated }) => ({ field: key, ...stated })),
    dropped: [
      { rule: 'details-address', path: at + pointer('address'), value: address ?? null },
      ...said
        .filter(({ value }) => value === null)
        .map(({ from, value }) => ({ rule: 'field-null', path: from, value })),
      ...(said.length === 0 ? [{ rule: 'section-empty', path: at + pointer('fields'), value: fields }] : []),
    ],
  };
}

function isSame(a: Json | undefined, b: Json): boolean {
  return typeof a === 'string' && typeof b === 'string' && a.toLowerCase() === b.toLowerCase();
}
