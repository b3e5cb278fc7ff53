import type { Json } from '../json.js';
import { pointer } from '../text/pointer.js';
import { type AddressProblem, addressProblem, recased } from '../values/address.js';
import { lowerHash } from '../values/hash.js';
import { type FoldLog, noteDoubt } from './fold-log.js';
import type { FoldRecord } from './fold-record.js';

/**
 * `proxy` and `implementation` of whatever says them (FORMAT §10.6), in EIP-55 form. The rule for which the record must
 * go to quarantine instead, or null.
 */
export function foldAddresses(record: FoldRecord, log: FoldLog): AddressProblem | 'record-address' | null {
  foldHash(record, log);
  foldProxyAddress(record, log);
  foldAddress(record, log);
  foldSame(record, log);
  return foldCases(record, log);
}

function foldHash({ fields, placed }: FoldRecord, log: FoldLog): void {
  const found = fields.get('implementation');
  if (found === undefined || addressProblem(found.value) !== 'address-hash') return;
  fields.delete('implementation');
  const { value, path } = found;
  const hash = fields.get('implementationHash');
  if (hash !== undefined && !same(hash.value, value)) {
    noteDoubt(log, 'address-hash', path, hash.value);
    return;
  }
  if (hash === undefined && typeof value === 'string')
    fields.set('implementationHash', { value: lowerHash(value), path });
  log.folded.push({ rule: 'address-hash', path, to: placed.extendedPath + pointer('implementationHash') });
}

function foldProxyAddress({ fields, placed, views }: FoldRecord, log: FoldLog): void {
  for (const { value, path } of views.filter(({ field }) => field === 'proxyAddress')) {
    const proxy = fields.get('proxy');
    if (proxy === undefined) {
      fields.set('proxy', { value, path });
      log.folded.push({ rule: 'field-reserved', path, to: placed.entryPath + pointer('proxy') });
    } else if (same(proxy.value, value)) {
      log.folded.push({ rule: 'field-reserved', path });
    } else {
      noteDoubt(log, 'field-reserved', path, proxy.value);
    }
  }
}

function foldAddress({ fields, placed, views }: FoldRecord, log: FoldLog): void {
  for (const { value, path } of views.filter(({ field }) => field === 'address')) {
    const implementation = fields.get('implementation');
    if (same(implementation?.value, value) || same(fields.get('proxy')?.value, value)) {
      log.folded.push({ rule: 'field-reserved', path });
    } else if (implementation === undefined) {
      fields.set('implementation', { value, path });
      log.folded.push({ rule: 'field-reserved', path, to: placed.entryPath + pointer('implementation') });
    } else {
      noteDoubt(log, 'field-reserved', path, implementation.value);
    }
  }
}

function foldSame({ fields }: FoldRecord, log: FoldLog): void {
  const proxy = fields.get('proxy');
  if (proxy === undefined || !same(proxy.value, fields.get('implementation')?.value)) return;
  fields.delete('proxy');
  log.folded.push({ rule: 'address-same', path: proxy.path });
}

function foldCases({ fields }: FoldRecord, log: FoldLog): AddressProblem | 'record-address' | null {
  let found = 0;
  for (const field of ['proxy', 'implementation']) {
    const address = fields.get(field);
    if (address === undefined) continue;
    found += 1;
    const problem = addressProblem(address.value);
    if (problem === null) continue;
    if (problem !== 'address-case' || typeof address.value !== 'string') return problem;
    fields.set(field, { ...address, value: recased(address.value) });
    log.folded.push({ rule: 'address-case', path: address.path });
  }
  return found === 0 ? 'record-address' : null;
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  return typeof a === 'string' && typeof b === 'string' && a.toLowerCase() === b.toLowerCase();
}
