import { inspectFile } from '../../src/core/inspect/inspect.js';
import { isObject, type Json, type JsonObject } from '../../src/core/json.js';
import type { ThreeTexts } from '../../src/core/merge/merged-file.js';
import { recordChecksum, sectionChecksum } from '../../src/core/model/checksum.js';
import { type NetworkFile, parseNetworkFile, recordsOf } from '../../src/core/model/network-file.js';
import type { StateRecord } from '../../src/core/model/record.js';
import { remainderOf } from '../../src/core/model/remainder.js';

/**
 * What a merge has to come to, by FORMAT §4 and ARCHITECTURE "Merging", written apart from the code it judges: values are
 * compared as text, units are listed here again.
 */
export type Expected = {
  /** `contract path`, the contract of a section being `-`; a unit by its first field; sorted, each once. */
  readonly conflicts: readonly string[];
  /** Of records without conflict: their fields without checksum, as text; null where it is gone. */
  readonly records: ReadonlyMap<string, string | null>;
  /** Sections by member, where they are no conflict; without section checksums. */
  readonly sections: Json | undefined;
};

const code = [
  'implementation',
  'factoryByteCodeHash',
  'implementationHash',
  'hashScheme',
  'deploymentArgs',
  'timestamp',
];

type Sides<T> = { readonly base: T; readonly ours: T; readonly theirs: T };

export function expectedMerge(files: Sides<NetworkFile | undefined>): Expected {
  const [base, ours, theirs] = [files.base, files.ours, files.theirs].map(byName);
  const conflicts = new Set<string>();
  const records = new Map<string, string | null>();
  for (const name of new Set([base, ours, theirs].flatMap((side) => [...(side?.keys() ?? [])]))) {
    const sides = { base: base?.get(name), ours: ours?.get(name), theirs: theirs?.get(name) };
    const found = recordConflicts(sides);
    for (const path of found) conflicts.add(`${name} ${path}`);
    if (found.length === 0) records.set(name, mergedRecord(sides));
  }
  const derived = derivedChecksums(files);
  const rest = (file: NetworkFile | undefined) => (file === undefined ? {} : sectionsOf(file, derived));
  const sections = three(rest(files.base), rest(files.ours), rest(files.theirs), '', (path) =>
    conflicts.add(`- ${path}`),
  );
  for (const key of derived) {
    const isOpen = [...conflicts].some((place) => place.startsWith(`- /${key}/`) || place === `- /${key}`);
    if (isLaundering(key, files, own(sections, key), isOpen)) conflicts.add(`- ${checksumPath(key)}`);
  }
  return { conflicts: [...conflicts].sort(), records, sections };
}

/** `rule path` of the errors in a text. */
export function errorsIn(path: string, bytes: Uint8Array | null): Set<string> {
  const findings = bytes === null ? [] : inspectFile({ path, mode: '100644', bytes });
  return new Set(
    findings.filter(({ severity }) => severity === 'error').map(({ rule, path: place }) => `${rule} ${place}`),
  );
}

/** The three files, null when one of them is refused. */
export function filesOf(texts: ThreeTexts): Sides<NetworkFile | undefined> | null {
  const read = (bytes: Uint8Array | null) => (bytes === null ? undefined : parseNetworkFile(bytes));
  const [base, ours, theirs] = [texts.base, texts.ours, texts.theirs].map(read);
  if ([base, ours, theirs].some((side) => side?.ok === false)) return null;
  const file = (side: typeof base) => (side?.ok === true ? side.file : undefined);
  return { base: file(base), ours: file(ours), theirs: file(theirs) };
}

/** The first field of the unit this field is in; identity and code are one where a contract is plain or new. */
export function unitOf(field: string, sides: Sides<StateRecord | undefined>): string {
  if (field !== 'proxy' && !code.includes(field)) return field;
  const all = [sides.base, sides.ours, sides.theirs].map((side) => side?.fields ?? {});
  const isOne = all.every((fields) => fields['proxy'] !== undefined && fields['proxy'] === all[0]?.['proxy']);
  return isOne && field !== 'proxy' ? 'implementation' : 'proxy';
}

export function unitFields(unit: string, sides: Sides<StateRecord | undefined>): string[] {
  if (unit === 'proxy') return unitOf('implementation', sides) === 'proxy' ? ['proxy', ...code] : ['proxy'];
  return unit === 'implementation' ? code : [unit];
}

/** One record of each side is decided as a whole. */
export function isWholeDecision({ base, ours, theirs }: Sides<StateRecord | undefined>): boolean {
  if (ours === undefined || theirs === undefined) return true;
  const identity = ({ fields }: StateRecord) => text(fields['proxy'] ?? fields['implementation']);
  return identity(ours) !== identity(theirs) || (base === undefined && ours.category !== theirs.category);
}

export function text(value: unknown): string {
  if (value === undefined) return '(absent)';
  return JSON.stringify(value, (_, inner: unknown) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}

export function pick(fields: JsonObject, names: readonly string[]): string {
  return text(names.map((name) => (Object.hasOwn(fields, name) ? [fields[name] ?? null] : [])));
}

function byName(file: NetworkFile | undefined): ReadonlyMap<string, StateRecord> {
  return new Map((file === undefined ? [] : recordsOf(file)).map((record) => [record.name, record]));
}

function whole(record: StateRecord | undefined): string {
  return record === undefined ? '(absent)' : text([record.category, record.fields]);
}

function recordConflicts(sides: Sides<StateRecord | undefined>): string[] {
  const { base, ours, theirs } = sides;
  if (hasMovedAlone(whole(base), whole(ours), whole(theirs))) return [];
  if (ours === undefined || theirs === undefined || isWholeDecision(sides)) return ['*'];
  const units = new Set(
    [base, ours, theirs].flatMap((side) => Object.keys(side?.fields ?? {}).map((field) => unitOf(field, sides))),
  );
  units.delete('checksum');
  const found = [...units].filter((unit) => {
    const names = unitFields(unit, sides);
    const [before, mine, other] = [base, ours, theirs].map((side) => pick(side?.fields ?? {}, names));
    return !hasMovedAlone(before ?? '', mine ?? '', other ?? '') && !isCombined(unit, sides);
  });
  const isBroken = [ours, theirs].some(
    (side) => side.fields['checksum'] !== undefined && side.fields['checksum'] !== recordChecksum(side),
  );
  const isMoved = base !== undefined && !hasMovedAlone(base.category, ours.category, theirs.category);
  return [...found, ...(isBroken ? ['checksum'] : []), ...(isMoved ? ['category'] : [])];
}

/** Sets and minima come from both sides, where they are what they should be. */
function isCombined(unit: string, sides: Sides<StateRecord | undefined>): boolean {
  const values = [sides.base, sides.ours, sides.theirs].map((side) => own(side?.fields, unit));
  if (unit === 'firstDeployedAt') return values.every((value) => value === undefined || typeof value === 'number');
  if (unit !== 'aliases') return false;
  return values.every(
    (value) => value === undefined || (Array.isArray(value) && value.every((item) => typeof item === 'string')),
  );
}

function mergedRecord(sides: Sides<StateRecord | undefined>): string | null {
  const { base, ours, theirs } = sides;
  const chosen = taken(whole(base), whole(ours), whole(theirs));
  if (chosen !== null) return fieldsText(chosen === 'ours' ? ours : theirs);
  if (ours === undefined || theirs === undefined) return null;
  const fields: Record<string, Json> = {};
  const names = new Set([base, ours, theirs].flatMap((side) => Object.keys(side?.fields ?? {})));
  names.delete('checksum');
  for (const name of names) {
    const unit = unitFields(unitOf(name, sides), sides);
    const [before, mine, other] = [base, ours, theirs].map((side) => pick(side?.fields ?? {}, unit));
    const side = taken(before ?? '', mine ?? '', other ?? '');
    const value = side === null ? combined(name, sides) : own((side === 'ours' ? ours : theirs).fields, name);
    if (value !== undefined) fields[name] = value;
  }
  const category = ours.category === base?.category ? theirs.category : ours.category;
  return text([category, fields]);
}

function fieldsText(record: StateRecord | undefined): string | null {
  if (record === undefined) return null;
  return text([
    record.category,
    Object.fromEntries(Object.entries(record.fields).filter(([name]) => name !== 'checksum')),
  ]);
}

function combined(name: string, sides: Sides<StateRecord | undefined>): Json | undefined {
  const [before, mine, other] = [sides.base, sides.ours, sides.theirs].map((side) => own(side?.fields, name));
  if (name === 'firstDeployedAt') {
    return Math.min(...[mine, other].filter((value) => typeof value === 'number'));
  }
  const items = (value: Json | undefined) => (Array.isArray(value) ? (value as readonly string[]) : []);
  const all = [...new Set([before, mine, other].flatMap(items))].sort();
  const kept = all.filter((item) => {
    const [was, here, there] = [before, mine, other].map((value) => items(value).includes(item));
    return was === true ? here === true && there === true : here === true || there === true;
  });
  return kept.length === 0 ? undefined : kept;
}

function three(
  base: Json | undefined,
  ours: Json | undefined,
  theirs: Json | undefined,
  path: string,
  clash: (path: string) => void,
): Json | undefined {
  const side = taken(text(base), text(ours), text(theirs));
  if (side !== null) return side === 'ours' ? ours : theirs;
  if (isObject(ours) && isObject(theirs) && (base === undefined || isObject(base))) {
    const keys = new Set([base ?? {}, ours, theirs].flatMap((each) => Object.keys(each)));
    const members = [...keys].flatMap((key): [string, Json][] => {
      const value = three(own(base, key), own(ours, key), own(theirs, key), `${path}/${key}`, clash);
      return value === undefined ? [] : [[key, value]];
    });
    return Object.fromEntries(members);
  }
  clash(path);
  return ours;
}

/** Absent where there is no such member of the object's own. */
function own(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function checksumPath(key: string): string {
  return `/verification/dataIntegrity/checksums/${key}`;
}

function checksumsOf(file: NetworkFile | undefined): Json | undefined {
  return own(own(own(file?.root, 'verification'), 'dataIntegrity'), 'checksums');
}

/** The sections whose checksum follows from them: full on a side, and of no other form on any. */
function derivedChecksums({ ours, theirs }: Sides<NetworkFile | undefined>): Set<string> {
  const both = [ours, theirs].map(checksumsOf);
  const keys = both.flatMap((checksums) => Object.keys(isObject(checksums) ? checksums : {}));
  return new Set(
    keys.filter((key) =>
      both.every((checksums) => {
        const value = own(checksums, key);
        return value === undefined || (typeof value === 'string' && value.startsWith('sha256:'));
      }),
    ),
  );
}

/** Would a checksum that did not hold be made to hold, for a section that neither side has? */
function isLaundering(
  key: string,
  files: Sides<NetworkFile | undefined>,
  section: Json | undefined,
  isOpen: boolean,
): boolean {
  const sides = [files.ours, files.theirs];
  if (section === undefined || sides.includes(undefined)) return false;
  if (!isOpen && sides.some((file) => text(own(file?.root, key)) === text(section))) return false;
  const [was, mine, other] = [files.base, ...sides].map((file) => own(checksumsOf(file), key));
  if (mine === undefined ? text(was) === text(other) : other === undefined && text(was) === text(mine)) return false;
  return sides.some((file) => {
    const value = own(file?.root, key);
    const seal = own(checksumsOf(file), key);
    if (file === undefined || value === undefined || seal === undefined) return false;
    return seal !== sectionChecksum({ network: file.network, chainId: file.chainId, section: key, value });
  });
}

function sectionsOf(file: NetworkFile, derived: ReadonlySet<string>): JsonObject {
  const remainder = remainderOf(file);
  const checksums = checksumsOf(file);
  if (!isObject(checksums)) return remainder;
  const kept = Object.entries(checksums).filter(([key]) => !derived.has(key));
  const { verification, ...rest } = remainder;
  if (kept.length === 0) return rest;
  return {
    ...rest,
    verification: {
      ...(isObject(verification) ? verification : {}),
      dataIntegrity: { checksums: Object.fromEntries(kept) },
    },
  };
}

function hasMovedAlone(base: string, ours: string, theirs: string): boolean {
  return taken(base, ours, theirs) !== null;
}

function taken(base: string, ours: string, theirs: string): 'ours' | 'theirs' | null {
  if (ours === theirs || base === theirs) return 'ours';
  return base === ours ? 'theirs' : null;
}
