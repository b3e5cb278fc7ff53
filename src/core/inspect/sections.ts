import { type JsonObject, member } from '../json.js';
import { sectionChecksum } from '../model/checksum.js';
import { sectionChecksums } from '../model/section-checksums.js';
import type { Complaint } from './complaint.js';

/** The checksums of root sections under `verification.dataIntegrity.checksums` (FORMAT §7). */
export function inspectSections(root: JsonObject): Complaint[] {
  const network = member(root, 'network');
  const chainId = member(root, 'chainId');
  return sectionChecksums(root).flatMap(({ key, path, value, form, section }): Complaint[] => {
    if (form === 'old') {
      const message = `The checksum of ${key} has the old form of 16 digits: kept, not verified`;
      return [{ rule: 'section-checksum-legacy', path, message }];
    }
    if (section === null) {
      const message = `${key} is nothing that a section checksum covers: only root objects and arrays but contracts, verification and extended_*`;
      return [{ rule: 'section-checksum-scope', path, message }];
    }
    if (network === undefined || chainId === undefined) return [];
    if (value === sectionChecksum({ network, chainId, section: key, value: section })) return [];
    return [{ rule: 'section-checksum-mismatch', path, message: `${key} no longer matches its checksum` }];
  });
}
