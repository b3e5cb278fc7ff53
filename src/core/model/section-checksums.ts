import { isObject, type Json, type JsonObject, member } from '../json.js';
import { pointer } from '../text/pointer.js';
import { extendedPrefix, objectMembers } from './placed-record.js';

export type SectionChecksum = {
  readonly key: string;
  readonly path: string;
  readonly value: string;
  /** `old`: 16 hex digits, which cannot be recomputed from sorted text; `broken`: meant to be full, and is not. */
  readonly form: 'full' | 'old' | 'broken';
  /** What it covers; null when that is nothing a section checksum may cover. */
  readonly section: Json | null;
};

/** What stands under `verification.dataIntegrity.checksums` (FORMAT §7); values of other forms are unknown data. */
export function sectionChecksums(root: JsonObject): SectionChecksum[] {
  const dataIntegrity = childOf(member(root, 'verification'), 'dataIntegrity');
  return objectMembers(childOf(dataIntegrity, 'checksums')).flatMap(([key, value]) => {
    const form = formOf(value);
    if (form === null || typeof value !== 'string') return [];
    const path = pointer('verification', 'dataIntegrity', 'checksums', key);
    return [{ key, path, value, form, section: coveredSection(root, key) }];
  });
}

function coveredSection(root: JsonObject, key: string): Json | null {
  const section = member(root, key);
  if (key === 'contracts' || key === 'verification' || key.startsWith(extendedPrefix)) return null;
  return section !== undefined && (isObject(section) || Array.isArray(section)) ? section : null;
}

function formOf(value: Json): SectionChecksum['form'] | null {
  if (typeof value !== 'string') return null;
  if (/^sha256:[0-9a-f]{64}$/.test(value)) return 'full';
  if (/^[0-9a-f]{16}$/.test(value)) return 'old';
  return value.startsWith('sha256:') ? 'broken' : null;
}

function childOf(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) ? member(value, key) : undefined;
}
