import { equalJson } from '../equal.js';
import { type Json, member } from '../json.js';
import { addressesOf, isSameContract } from '../legacy/json/same-contract.js';
import { inFileCase } from '../model/checksum.js';
import { pointer } from '../text/pointer.js';
import type { Claim, Contract } from './group-records.js';
import { isUpgrade, upgrade } from './join-upgrade.js';
import type { Told } from './layer.js';
import { fieldPath, noteOther } from './note-other.js';
import type { JoinedField } from './origin.js';

/** One contract as all layers together have it; `source` and `aliases` apart. */
export type JoinedRecord = {
  readonly name: string;
  readonly category: string;
  readonly claims: readonly [Claim, ...Claim[]];
  readonly fields: ReadonlyMap<string, JoinedField>;
};

/**
 * The first layer that names a contract speaks for it. Others fill what is missing where they mean the same contract at the same
 * code, so that no hash comes to stand beside another code; a 3.0 file that is newer than the database is an upgrade
 * (lookcoin-data §3.5). Everything else that differs is ambiguous and goes to quarantine.
 */
export function joinRecord({ name, claims }: Contract, told: Told): JoinedRecord {
  const [first, ...others] = claims;
  const category = categoryOf(claims, told);
  const to = (field: string): string => fieldPath({ category, name }, field);
  const fields = new Map(asMap(first));
  for (const claim of others) {
    const isNewer = isUpgrade(fields, claim);
    if (isNewer) upgrade(fields, claim, { told, to });
    const isSame = isSameContract(addressesOf(fields), addressesOf(asMap(claim)));
    const isSameCode =
      isSame && codeHashes.every((field) => agrees(fields.get(field)?.value, member(claim.record.fields, field)));
    for (const [field, value] of fieldsOf(claim)) {
      if (isNewer && field === 'upgrades') continue;
      const fills = codeHashes.includes(field) ? isSameCode : isSame;
      join(fields, { field, value, claim, fills }, { told, to });
    }
  }
  return { name, category, claims, fields };
}

/** Fields that are brought together otherwise. */
const apart: ReadonlySet<string> = new Set(['source', 'aliases', 'checksum']);
const codeHashes = ['factoryByteCodeHash', 'implementationHash', 'hashScheme'];

/** What a source says itself comes before what is guessed by the name of the contract. */
function categoryOf(claims: readonly [Claim, ...Claim[]], told: Told): string {
  const said = claims.filter(({ layer, record }) => layer.categorised.has(record.name));
  const kept = (said[0] ?? claims[0]).record.category;
  for (const { layer, record } of said) {
    if (record.category === kept) continue;
    const { file, path } = layer.place(pointer('contracts', record.category, record.name));
    told.ambiguous.push({
      rule: 'record-category',
      ...(file === undefined ? {} : { file }),
      path,
      kept,
      other: record.category,
    });
  }
  return kept;
}

function fieldsOf({ record }: Claim): [string, Json][] {
  return Object.entries(record.fields).filter(([field]) => !apart.has(field));
}

function asMap(claim: Claim): Map<string, JoinedField> {
  return new Map(fieldsOf(claim).map(([field, value]) => [field, { value, from: claim }]));
}

function agrees(a: Json | undefined, b: Json | undefined): boolean {
  return a === undefined || b === undefined || equalJson(a, b);
}

type Joining = { readonly told: Told; readonly to: (field: string) => string };

function join(
  fields: Map<string, JoinedField>,
  { field, value, claim, fills }: { field: string; value: Json; claim: Claim; fills: boolean },
  { told, to }: Joining,
): void {
  const path = fieldPath(claim.record, field);
  const there = fields.get(field) ?? sameAddress(fields, field, value);
  if (there !== undefined && equalJson(inFileCase(field, value), inFileCase(field, there.value))) {
    const { file = '', path: from } = claim.layer.place(path);
    const twin = fields.has(field) ? field : homeOfAddress(fields, value);
    told.folded.push({ rule: 'said-twice', file, path: from, to: to(twin ?? field) });
  } else if (there !== undefined || !fills)
    noteOther(told, claim.layer, 'files-differ', path, there?.value ?? null, value);
  // Scripts wrote an empty list for arguments that they did not know.
  else if (isEmptyArguments(field, value)) noteOther(told, claim.layer, 'args-empty', path, null, value);
  else fields.set(field, { value, from: claim });
}

function isEmptyArguments(field: string, value: Json): boolean {
  return field === 'deploymentArgs' && Array.isArray(value) && value.length === 0;
}

const addresses = ['proxy', 'implementation'];

/** A proxy alone may be the address of what another source takes for a plain contract. */
function sameAddress(fields: ReadonlyMap<string, JoinedField>, field: string, value: Json): JoinedField | undefined {
  const twin = addresses.includes(field) ? homeOfAddress(fields, value) : undefined;
  return twin === undefined ? undefined : fields.get(twin);
}

function homeOfAddress(fields: ReadonlyMap<string, JoinedField>, value: Json): string | undefined {
  return addresses.find((field) => equalJson(fields.get(field)?.value, value));
}
