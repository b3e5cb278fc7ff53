import { hashProblem, lowerHash } from '../values/hash.js';
import { type FoldLog, noteDoubt } from './fold-log.js';
import type { FoldRecord } from './fold-record.js';

/** The two code hashes in lower case; what is no hash is removed, ambiguous (FORMAT §10.6). */
export function foldHashes({ fields }: FoldRecord, log: FoldLog): void {
  for (const field of ['factoryByteCodeHash', 'implementationHash']) {
    const hash = fields.get(field);
    if (hash === undefined) continue;
    const { value, path } = hash;
    const problem = hashProblem(value);
    if (problem === 'hash-case' && typeof value === 'string') {
      fields.set(field, { value: lowerHash(value), path });
      log.folded.push({ rule: 'hash-case', path });
    } else if (problem !== null) {
      fields.delete(field);
      noteDoubt(log, 'hash-format', path, null);
    }
  }
}
