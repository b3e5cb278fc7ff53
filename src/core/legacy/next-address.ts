import { type JsonObject, member } from '../json.js';
import { categoryOf } from '../model/category.js';
import { knownFields } from '../model/fields.js';
import type { StateRecord } from '../model/record.js';
import type { NextRecord } from './next-record.js';

/**
 * The record that `name → address` makes of the one that is there. A new one is a plain contract. An address that is
 * the record's own, or its implementation's, says nothing new; another one is the contract's new identity, and what
 * was known of the code behind the old one goes.
 */
export const nextAddress: NextRecord = (file, existing, entry, name, config) => {
  const address = member(entry.fields, 'address');
  if (typeof address !== 'string') return { reason: 'the entry names no address' };
  if (existing === undefined) {
    const category = categoryOf(name, config);
    const source = name === entry.contractName ? {} : { source: { contractName: entry.contractName } };
    const fields = { implementation: address, ...source };
    return { record: { network: file.network, chainId: file.chainId, category, name, fields }, changed: true };
  }
  const proxy = member(existing.fields, 'proxy');
  if ([proxy, member(existing.fields, 'implementation')].includes(address)) return { record: existing, changed: false };
  if (proxy === undefined) return { record: withIdentity(existing, { implementation: address }), changed: true };
  return {
    record: withIdentity(existing, { proxy: address }),
    changed: true,
    ambiguous: { rule: 'proxy-replaced', path: entry.key, kept: address, other: proxy },
  };
};

function withIdentity(record: StateRecord, identity: JsonObject): StateRecord {
  const isGone = (field: string): boolean => field === 'checksum' || knownFields.get(field)?.mergeClass === 'code';
  const kept = Object.entries(record.fields).filter(([field]) => !isGone(field));
  return { ...record, fields: { ...Object.fromEntries(kept), ...identity } };
}
