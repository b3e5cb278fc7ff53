import type { JsonObject } from '../../json.js';
import { recordOfInput } from '../../model/fields-of-input.js';
import { shortName } from '../../model/names.js';
import { refused } from '../refused.js';
import type { OlderPart, OlderRecord } from './older-part.js';

/**
 * Records of an export that carry the checksum of the record they came from (FORMAT §7): it holds, and says the category,
 * which an export does not, or the record is set aside. Sealing makes it anew.
 */
export function withHeldChecksums(
  part: OlderPart,
  place: { readonly network: string; readonly chainId: number },
  categoryOf: (name: string) => string,
): OlderPart {
  const rejects: OlderPart['rejects'][number][] = [];
  const dropped: OlderPart['dropped'][number][] = [];
  const records = part.records.flatMap((record): OlderRecord[] => {
    const checksum = record.fields.find(({ field }) => field === 'checksum');
    const isSeal = typeof checksum?.value === 'string' && checksum.value.startsWith('sha256:');
    if (checksum === undefined || !isSeal) return [record];
    const own = categoryOf(record.name);
    const category = [own, 'core', 'protocol', 'infrastructure'].find((one) => holds(record, place, one));
    if (category === undefined) {
      for (const from of placesOf(record)) rejects.push({ from, reason: 'checksum-mismatch' });
      return [];
    }
    dropped.push({ rule: 'checksum-renewed', path: checksum.from });
    return [{ ...record, category, fields: record.fields.filter((field) => field !== checksum) }];
  });
  return { ...part, records, rejects: [...part.rejects, ...rejects], dropped: [...part.dropped, ...dropped] };
}

/** The entry, and what stands outside of it. */
function placesOf({ from, fields }: OlderRecord): readonly string[] {
  return [from, ...fields.map((field) => field.from).filter((one) => one !== from && !one.startsWith(`${from}/`))];
}

function holds(
  { name, fields }: OlderRecord,
  place: { readonly network: string; readonly chainId: number },
  category: string,
): boolean {
  const input: JsonObject = Object.fromEntries(fields.map(({ field, value }) => [field, value]));
  const short = shortName(name);
  const names = short === name ? [{ name }] : [{ name }, { name: short, contractName: name }];
  return names.some((one) => {
    const at = { network: place.network, chainId: place.chainId, category, contractName: undefined, ...one };
    return !('reason' in refused(() => recordOfInput(at, input, { nullIsUnknown: true, problems: [] })));
  });
}
