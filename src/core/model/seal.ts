import { compareText } from '../equal.js';
import { isObject, type Json, type JsonObject, member } from '../json.js';
import { fieldsChecksum, sectionChecksum } from './checksum.js';
import { reservedFields } from './fields.js';
import { normalizeFile } from './normalize.js';
import { extendedPrefix, homeOf, type PlacedRecord, placedRecords } from './placed-record.js';
import { sectionChecksums } from './section-checksums.js';

export type SealedRecord = {
  readonly network: string;
  readonly category: string;
  readonly name: string;
  readonly before: string | null;
  readonly after: string;
};

export type SealedSection = { readonly key: string; readonly before: string; readonly after: string };

/**
 * What `seal` does (FORMAT §9): `fmt`, then the checksum of every record and the full section checksums that are there.
 * The lists hold those that changed. A record with conflicting or reserved fields is left as it is, like every record of a
 * file that does not say its network and chain id: what they would say is not known.
 */
export function sealFile(root: JsonObject): {
  readonly root: JsonObject;
  readonly sealed: readonly SealedRecord[];
  readonly sections: readonly SealedSection[];
} {
  const normal = normalizeFile(root);
  const network = member(normal, 'network');
  const chainId = member(normal, 'chainId');
  if (network === undefined || chainId === undefined) return { root: normal, sealed: [], sections: [] };
  const members = new Map(Object.entries(normal));
  const sealed: SealedRecord[] = [];
  for (const placed of placedRecords(normal)) {
    const { category, name, entry, extended } = placed;
    if (entry === null || extended === null || !isSealable(placed)) continue;
    const before = member(extended, 'checksum') ?? null;
    const after = fieldsChecksum({ network, chainId, category, name }, { ...entry, ...extended });
    if (before === after) continue;
    members.set(extendedPrefix + name, { ...extended, checksum: after });
    sealed.push({ network: textOf(network), category, name, before: before === null ? null : textOf(before), after });
  }
  const sections = staleSections(normal, network, chainId);
  if (sections.length > 0) members.set('verification', withSections(normal, sections));
  sealed.sort((a, b) => compareText(a.name, b.name));
  return { root: Object.fromEntries(members), sealed, sections };
}

/** In normal form, a field that is still in the wrong object is one that both have, and differ about. */
function isSealable({ entry, extended, first, aliasStatement }: PlacedRecord): boolean {
  const isKept = (home: 'entry' | 'extended') => (field: string) =>
    !reservedFields.has(field) && homeOf(field) === home;
  return (
    first &&
    !aliasStatement &&
    Object.keys(entry ?? {}).every(isKept('entry')) &&
    Object.keys(extended ?? {}).every(isKept('extended'))
  );
}

function staleSections(root: JsonObject, network: Json, chainId: Json): SealedSection[] {
  return sectionChecksums(root).flatMap(({ key, form, value: before, section }) => {
    if (form !== 'full' || section === null) return [];
    const after = sectionChecksum({ network, chainId, section: key, value: section });
    return before === after ? [] : [{ key, before, after }];
  });
}

function withSections(root: JsonObject, sections: readonly SealedSection[]): JsonObject {
  const verification = objectAt(root, 'verification');
  const dataIntegrity = objectAt(verification, 'dataIntegrity');
  const renewed = new Map(sections.map(({ key, after }): [string, Json] => [key, after]));
  const checksums = Object.fromEntries([
    ...new Map([...Object.entries(objectAt(dataIntegrity, 'checksums')), ...renewed]),
  ]);
  return { ...verification, dataIntegrity: { ...dataIntegrity, checksums } };
}

function objectAt(object: JsonObject, key: string): JsonObject {
  const value = member(object, key);
  return isObject(value) ? value : {};
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
