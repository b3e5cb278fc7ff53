import type { Json, JsonObject } from '../../json.js';
import { shortName } from '../../model/names.js';
import { fieldIn, type PlacedRecord, placedRecords } from '../../model/placed-record.js';
import { pointer } from '../../text/pointer.js';
import { isAddressText } from '../../values/address-text.js';
import { hashProblem } from '../../values/hash.js';

/** A record as rules compare it. Addresses and hashes are lower-case; null stands for none and for no such value. */
export type CheckedRecord = {
  readonly name: string;
  readonly category: string;
  /** The contract behind the name: without path and without instance (`lib/V.sol:Vault#usdc` is `Vault`). */
  readonly contract: string;
  readonly path: string;
  readonly proxy: string | null;
  readonly implementation: string | null;
  readonly hash: string | null;
  /** Hashes compare only under equal, present schemes (FORMAT §4). */
  readonly scheme: string | null;
  field(name: string): Json | undefined;
  /** The text of a field as the file has it; '' for none. */
  textOf(field: string): string;
  /** Where a field stands, or would. */
  pathOf(field: string): string;
};

/** Every record, in the order of the file; a second entry of a name and alias statements are no records. */
export function checkedRecords(root: JsonObject): CheckedRecord[] {
  return placedRecords(root)
    .filter(({ first, entry, aliasStatement }) => first && entry !== null && !aliasStatement)
    .map(checkedRecord);
}

function checkedRecord(placed: PlacedRecord): CheckedRecord {
  // Not `unionOf`: made of every record of every network at once, the maps would weigh as much as the records.
  const field = (wanted: string): Json | undefined => fieldIn(placed, wanted)?.value;
  const scheme = field('hashScheme');
  const { name, category, entryPath, extendedPath } = placed;
  return {
    name,
    category,
    contract: shortName(name).replace(/#.*$/s, ''),
    path: entryPath,
    proxy: addressIn(field('proxy')),
    implementation: addressIn(field('implementation')),
    hash: hashIn(field('implementationHash')),
    scheme: typeof scheme === 'string' ? scheme : null,
    field,
    textOf(wanted) {
      const value = field(wanted);
      return typeof value === 'string' ? value : '';
    },
    pathOf(wanted) {
      const at =
        fieldIn(placed, wanted)?.at ?? (wanted === 'proxy' || wanted === 'implementation' ? 'entry' : 'extended');
      return (at === 'entry' ? entryPath : extendedPath) + pointer(wanted);
    },
  };
}

function addressIn(value: Json | undefined): string | null {
  if (typeof value !== 'string' || !isAddressText(value)) return null;
  const address = value.toLowerCase();
  return /^0x0+$/.test(address) ? null : address;
}

function hashIn(value: Json | undefined): string | null {
  return typeof value === 'string' && hashProblem(value) !== 'hash-format' ? value.toLowerCase() : null;
}
