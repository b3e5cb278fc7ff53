import { compareText } from '../equal.js';
import { isObject, type Json, type JsonObject, member } from '../json.js';
import { canonicalize } from '../text/canonical.js';
import { readText } from '../text/read.js';

const categories = ['state', 'repository', 'leveldb', 'legacy-json', 'script'] as const;

export type BackedUpFile = {
  /** In the backup. */
  readonly path: string;
  readonly size: number;
  /** 64 lower-case hex digits. */
  readonly sha256: string;
  readonly category: (typeof categories)[number];
  /** Where a restore puts it, relative to the top of the work tree; only what git does not bring back. */
  readonly restoreTo?: string;
};

export type Ref = { readonly name: string; readonly oid: string };

export type BackupManifest = {
  readonly formatVersion: 1;
  readonly id: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly toolVersion: string;
  readonly repository: {
    readonly commit: string;
    /** Full ref name, null when HEAD was detached. */
    readonly branch: string | null;
    readonly objectFormat: 'sha1' | 'sha256';
    /** Every ref of the bundle, ascending by name. */
    readonly refs: readonly Ref[];
  };
  readonly counts: { readonly networks: number; readonly records: number };
  /** Everything but the manifest, the report and the sums, ascending by path. */
  readonly files: readonly BackedUpFile[];
};

/** Canonical. */
export function manifestText(manifest: BackupManifest): string {
  const files = [...manifest.files].sort((a, b) => compareText(a.path, b.path));
  return canonicalize({ ...manifest, files });
}

/** Null when these bytes are no manifest of this format, or name a place that a restore must not write to. */
export function readManifest(bytes: Uint8Array): BackupManifest | null {
  const read = readText(bytes);
  if (!read.ok || member(read.value, 'formatVersion') !== 1) return null;
  const [id, createdAt, toolVersion] = ['id', 'createdAt', 'toolVersion'].map((key) => textOf(read.value, key));
  const repository = readRepository(member(read.value, 'repository'));
  const counts = readCounts(member(read.value, 'counts'));
  const files = readAll(member(read.value, 'files'), readFile);
  if (id == null || createdAt == null || toolVersion == null) return null;
  if (repository === null || counts === null || files === null) return null;
  return { formatVersion: 1, id, createdAt, toolVersion, repository, counts, files };
}

function readRepository(value: Json | undefined): BackupManifest['repository'] | null {
  if (!isObject(value)) return null;
  const commit = textOf(value, 'commit');
  const branch = member(value, 'branch') === null ? null : textOf(value, 'branch');
  const objectFormat = member(value, 'objectFormat');
  const refs = readAll(member(value, 'refs'), readRef);
  if (commit === null || !isOid(commit) || refs === null) return null;
  if (branch !== null && !branch.startsWith('refs/heads/')) return null;
  if (branch === null && member(value, 'branch') !== null) return null;
  return objectFormat === 'sha1' || objectFormat === 'sha256' ? { commit, branch, objectFormat, refs } : null;
}

function readRef(value: Json): Ref | null {
  if (!isObject(value)) return null;
  const name = textOf(value, 'name');
  const oid = textOf(value, 'oid');
  return name === null || oid === null || !isOid(oid) ? null : { name, oid };
}

function readCounts(value: Json | undefined): BackupManifest['counts'] | null {
  if (!isObject(value)) return null;
  const networks = member(value, 'networks');
  const records = member(value, 'records');
  return typeof networks === 'number' && typeof records === 'number' ? { networks, records } : null;
}

function readFile(value: Json): BackedUpFile | null {
  if (!isObject(value)) return null;
  const path = textOf(value, 'path');
  const sha256 = textOf(value, 'sha256');
  const size = member(value, 'size');
  const category = categories.find((known) => known === member(value, 'category'));
  const restoreTo = member(value, 'restoreTo');
  if (path === null || sha256 === null || typeof size !== 'number' || category === undefined) return null;
  if (!isInside(path)) return null;
  if (restoreTo === undefined) return { path, size, sha256, category };
  return typeof restoreTo === 'string' && isInside(restoreTo) ? { path, size, sha256, category, restoreTo } : null;
}

/** A relative path that neither leaves its folder nor enters git's. */
function isInside(path: string): boolean {
  const parts = path.split('/');
  const bad = (part: string): boolean => part === '' || part === '.' || part === '..' || part.toLowerCase() === '.git';
  return !path.includes('\\') && !path.includes('\0') && !parts.some(bad);
}

function isOid(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

function textOf(object: JsonObject, key: string): string | null {
  const value = member(object, key);
  return typeof value === 'string' ? value : null;
}

function readAll<Item>(value: Json | undefined, read: (item: Json) => Item | null): Item[] | null {
  if (!Array.isArray(value)) return null;
  const items = (value as readonly Json[]).map(read).filter((item) => item !== null);
  return items.length === value.length ? items : null;
}
