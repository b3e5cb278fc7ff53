import { createHash } from 'node:crypto';
import { isObject, type Json, type JsonObject, member } from '../json.js';
import { sectionChecksum } from '../model/checksum.js';
import { type SectionChecksum, sectionChecksums } from '../model/section-checksums.js';
import { type FoldLog, noteDoubt } from './fold-log.js';
import type { FoldPlace } from './identity.js';

/**
 * `verification` with section checksums that hold, in full form (FORMAT §10.1). Those of the old form are checked
 * against the keys in the order of the source and reported with their value: it cannot be computed again. What they
 * cover in the result is for sealing to renew.
 */
export function foldSectionChecksums(root: JsonObject, place: FoldPlace, log: FoldLog): Json | undefined {
  const found = sectionChecksums(root);
  const verification = member(root, 'verification');
  if (found.length === 0 || !isObject(verification)) return verification;
  const dataIntegrity = member(verification, 'dataIntegrity');
  const checksums = isObject(dataIntegrity) ? member(dataIntegrity, 'checksums') : undefined;
  if (!isObject(dataIntegrity) || !isObject(checksums)) return verification;
  const folded = new Map(found.map((one) => [one.key, foldOne(one, place, log)]));
  const kept = Object.entries(checksums).flatMap(([key, value]): [string, Json][] => {
    const full = folded.has(key) ? folded.get(key) : value;
    return full === undefined ? [] : [[key, full]];
  });
  return { ...verification, dataIntegrity: { ...dataIntegrity, checksums: Object.fromEntries(kept) } };
}

/** The full checksum that stands instead, undefined for none. */
function foldOne(checksum: SectionChecksum, place: FoldPlace, log: FoldLog): Json | undefined {
  const { key, path, value, form, section } = checksum;
  if (form === 'old') {
    const matched = holdsAsOld(key, value, log);
    log.folded.push({ rule: 'section-checksum-legacy', path, matched, value });
    return matched && section !== null ? full(place.network, place.chainId, key, section) : undefined;
  }
  if (section === null) {
    noteDoubt(log, 'section-checksum-scope', path, null);
    return undefined;
  }
  const { network = place.network, chainId = place.chainId } = place.said;
  if (value === full(network, chainId, key, section)) return full(place.network, place.chainId, key, section);
  noteDoubt(log, 'section-checksum-mismatch', path, null);
  return undefined;
}

/** Over ES `JSON.stringify`, of the keys as the text has them or as ES itself would order them: either is a match. */
function holdsAsOld(key: string, value: string, { source }: FoldLog): boolean {
  const own = member(source.parsed, key);
  const texts = own === undefined ? [] : [source.stringified(key), JSON.stringify(own)];
  return texts.some((text) => text !== null && oldForm(text) === value);
}

function oldForm(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 16);
}

function full(network: Json, chainId: Json, section: string, value: Json): string {
  return sectionChecksum({ network, chainId, section, value });
}
