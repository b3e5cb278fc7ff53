import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };
type Members = ReadonlyMap<string, Value>;

/**
 * What must hold of bytes that the validator accepts, computed without any code of ours: canonical text by a writer of
 * its own, checksums by `node:crypto` over the text of the package `canonicalize`. Null, or what does not hold.
 */
export function whyNotAcceptable(bytes: Uint8Array): string | null {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  const root = JSON.parse(text) as Value;
  if (`${written(root, '')}\n` !== text) return 'the text is not canonical';
  const members = membersOf(root);
  return (
    recordsOf(members)
      .map((record) => whyNotSealed(record, members))
      .find((why) => why !== null) ?? whySectionsDoNotHold(members)
  );
}

/** The names of the records that carry a checksum. */
export function sealedNames(bytes: Uint8Array): string[] {
  const root = membersOf(JSON.parse(new TextDecoder().decode(bytes)) as Value);
  return recordsOf(root)
    .filter(({ fields }) => fields.has('checksum'))
    .map(({ name }) => name);
}

type RecordOf = { readonly category: string; readonly name: string; readonly fields: Members };

function recordsOf(root: Members): RecordOf[] {
  return [...membersOf(root.get('contracts') ?? null)].flatMap(([category, names]) =>
    [...membersOf(names)].map(([name, entry]) => ({
      category,
      name,
      fields: new Map([...membersOf(entry), ...membersOf(root.get(`extended_${name}`) ?? null)]),
    })),
  );
}

function whyNotSealed({ category, name, fields }: RecordOf, root: Members): string | null {
  const checksum = fields.get('checksum');
  if (checksum === undefined) return null;
  const covered = [...fields].filter(([field]) => field !== 'checksum');
  const identity = { network: root.get('network'), chainId: root.get('chainId'), category, name };
  return checksum === hashOf({ ...Object.fromEntries(covered), ...identity }) ? null : `${name} has a stale checksum`;
}

function whySectionsDoNotHold(root: Members): string | null {
  const integrity = membersOf(membersOf(root.get('verification') ?? null).get('dataIntegrity') ?? null);
  const stale = [...membersOf(integrity.get('checksums') ?? null)].find(([section, checksum]) => {
    // Anything else is unknown data (FORMAT §7).
    if (typeof checksum !== 'string' || !checksum.startsWith('sha256:')) return false;
    const value = root.get(section);
    return checksum !== hashOf({ network: root.get('network'), chainId: root.get('chainId'), section, value });
  });
  return stale === undefined ? null : `${stale[0]} has a stale section checksum`;
}

function hashOf(value: object): string {
  return `sha256:${createHash('sha256')
    .update(canonicalize(value) ?? '')
    .digest('hex')}`;
}

function membersOf(value: Value): Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return new Map();
  return new Map(Object.entries(value));
}

/** The canonical text of FORMAT §2, from its words alone. */
function written(value: Value, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const deeper = `${indent}  `;
  const items = Array.isArray(value)
    ? (value as readonly Value[]).map((item) => written(item, deeper))
    : [...membersOf(value)]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, item]) => `${JSON.stringify(key)}: ${written(item, deeper)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (items.length === 0) return `${open}${close}`;
  return `${open}\n${items.map((item) => deeper + item).join(',\n')}\n${indent}${close}`;
}
