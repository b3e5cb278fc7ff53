import type { Folded } from '../../fold/fold-log.js';
import { type Json, type JsonObject, member } from '../../json.js';
import { extendedPrefix } from '../../model/placed-record.js';
import { pointer } from '../../text/pointer.js';
import { emptyMembers, identityOf, isSection, membersOf, type OlderPart, type OlderRecord } from './older-part.js';
import { placeMembers } from './place-members.js';
import { readHashes } from './read-hashes.js';
import { isRecord, readRecord } from './read-record.js';

/**
 * `enhanced-<network>.json`, `schemaVersion` 2: contracts by category, sections as 3.0 has them. `verification
 * .constructorArgs` stays there: in the files that exist it is not what the contracts were deployed with.
 */
export function readEnhanced(root: JsonObject): OlderPart {
  const read = categoriesOf(root).flatMap(({ key: category, value, from }) =>
    membersOf(value, from).map(({ key, ...stated }) => readRecord({ name: key, ...stated }, category)),
  );
  const records = read.filter(isRecord).map((record) => withExtended(root, record));
  const hashesAt = pointer('verification', 'implementationHashes');
  const hashes = readHashes(records, hashesOf(root), hashesAt, [aside, 'implementationHashes']);
  const names: ReadonlySet<string> = new Set(hashes.records.map(({ name }) => name));
  const rest = placeMembers(root, '', { homes, taken: isTaken(names), aside });
  const verification = placeMembers(verificationOf(root), pointer('verification'), {
    homes: new Map(Object.keys(verificationOf(root)).map((key) => [key, ['verification', key]])),
    taken: (key, value) => key === 'implementationHashes' && isSection(value),
    aside: [aside, 'verification'],
  });
  const parts = [rest, verification, hashes, oddCategories(root)];
  const empty = [
    ...emptyMembers(root, '', (key) => key === 'contracts' || key === 'verification'),
    ...emptyMembers(member(root, 'contracts'), pointer('contracts')),
    ...emptyMembers(verificationOf(root), pointer('verification'), (key) => key === 'implementationHashes'),
  ];
  return {
    ...identityOf(root, ''),
    records: hashes.records,
    sections: parts.flatMap(({ sections }) => sections),
    dropped: [...versionOf(root), ...empty, ...parts.flatMap(({ dropped }) => dropped)],
    rejects: read.flatMap((one) => (isRecord(one) ? [] : [one])),
  };
}

const aside = 'x-json-enhanced';

const homes: ReadonlyMap<string, readonly string[]> = new Map(
  ['networkTier', 'metadata', 'configuration', 'topology', 'operations'].map((key) => [key, [key]]),
);

function isTaken(names: ReadonlySet<string>) {
  const own: ReadonlySet<string> = new Set(['network', 'chainId', 'schemaVersion']);
  return (key: string, value: Json): boolean =>
    own.has(key) ||
    (isSection(value) &&
      (key === 'contracts' ||
        key === 'verification' ||
        (key.startsWith(extendedPrefix) && names.has(key.slice(extendedPrefix.length)))));
}

function categoriesOf(root: JsonObject) {
  return membersOf(member(root, 'contracts'), pointer('contracts')).filter(({ value }) => isSection(value));
}

/** Categories that are no objects of contracts. */
function oddCategories(root: JsonObject): Pick<OlderPart, 'sections' | 'dropped'> {
  const odd = membersOf(member(root, 'contracts'), pointer('contracts')).filter(({ value }) => !isSection(value));
  return { sections: odd.map(({ key, value, from }) => ({ value, from, to: [aside, 'contracts', key] })), dropped: [] };
}

function withExtended(root: JsonObject, record: OlderRecord): OlderRecord {
  const key = extendedPrefix + record.name;
  const more = membersOf(member(root, key), pointer(key)).map(({ key: field, ...stated }) => ({ field, ...stated }));
  return { ...record, fields: [...record.fields, ...more] };
}

function verificationOf(root: JsonObject): JsonObject {
  const verification = member(root, 'verification');
  return isSection(verification) ? verification : {};
}

function hashesOf(root: JsonObject): Json | undefined {
  return member(verificationOf(root), 'implementationHashes');
}

function versionOf(root: JsonObject): Folded[] {
  const value = member(root, 'schemaVersion');
  return value === undefined ? [] : [{ rule: 'schema-version', path: pointer('schemaVersion'), value }];
}
