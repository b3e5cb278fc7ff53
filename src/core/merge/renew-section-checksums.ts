import { compareText, equalJson } from '../equal.js';
import { isObject, type Json, type JsonObject, member } from '../json.js';
import { sectionChecksum } from '../model/checksum.js';
import type { NetworkFile } from '../model/network-file.js';
import { sectionChecksums } from '../model/section-checksums.js';

/** Is this the pointer of a section checksum? They are derived: a conflict about one is settled by computing it. */
export function isSectionChecksum(path: string): boolean {
  return path.startsWith('/verification/dataIntegrity/checksums/');
}

/**
 * The full section checksums of a merged file: that of the side whose section it took, wrong or not, so that nothing is
 * made to hold by merging; computed only for a section that neither side has (FORMAT §7).
 */
export function renewSectionChecksums(merged: NetworkFile, sides: readonly NetworkFile[]): NetworkFile {
  const { network, chainId, root } = merged;
  const renewed = sectionChecksums(root).flatMap(({ key, form, section }): [string, Json][] => {
    if (form !== 'full' || section === null) return [];
    const computed = sectionChecksum({ network, chainId, section: key, value: section });
    const kept = sides
      .filter((file) => equalJson(member(file.root, key), section))
      .flatMap((file) => member(checksumsOf(file.root), key) ?? []);
    // Of two that differ, the one that holds; of two that do not, either, the same whoever merges.
    return [[key, kept.includes(computed) ? computed : (kept.sort(compareValues)[0] ?? computed)]];
  });
  if (renewed.length === 0) return merged;
  const verification = objectAt(root, 'verification');
  const dataIntegrity = objectAt(verification, 'dataIntegrity');
  const checksums = { ...objectAt(dataIntegrity, 'checksums'), ...Object.fromEntries(renewed) };
  return {
    ...merged,
    root: { ...root, verification: { ...verification, dataIntegrity: { ...dataIntegrity, checksums } } },
  };
}

function compareValues(a: Json, b: Json): number {
  return compareText(JSON.stringify(a), JSON.stringify(b));
}

function checksumsOf(root: JsonObject): JsonObject {
  return objectAt(objectAt(objectAt(root, 'verification'), 'dataIntegrity'), 'checksums');
}

function objectAt(object: JsonObject, key: string): JsonObject {
  const value = member(object, key);
  return isObject(value) ? value : {};
}
