import { foldSpelling } from '../../config/spelling.js';
import { isObject, type Json, type JsonObject } from '../../json.js';
import { pointer } from '../../text/pointer.js';
import type { ProtocolSettings } from './checked-network.js';

/** A member of a protocol's settings and where it stands. */
export type Term = { readonly key: string; readonly path: string; readonly value: Json };

/**
 * The verifiers of a protocol, in both spellings of the documents: `dvnConfigs [{dvn, …}]` of 000, and `dvnConfig
 * {requiredDVNs, optionalDVNs, threshold}` of later files.
 */
export type Verifiers = { readonly all: readonly Term[]; readonly threshold: Term | null };

/** Fees in either spelling: `feeStructure` of document 000, `feeConfig` of later files. */
export type Fees = { readonly shares: readonly Term[]; readonly least: Term | null; readonly most: Term | null };

/** One for each member of the settings that names verifiers. */
export function verifiersOf({ value, path }: ProtocolSettings): Verifiers[] {
  return termsOf(value, path).flatMap((term): Verifiers[] => {
    const name = foldSpelling(term.key);
    if (name === 'dvnconfigs') return [{ all: itemsOf(term).flatMap(dvnOf), threshold: null }];
    if (name !== 'dvnconfig' || !isObject(term.value)) return [];
    const inside = termsOf(term.value, term.path);
    const all = inside.filter(({ key }) => /^(?:required|optional)?dvns$/.test(foldSpelling(key))).flatMap(itemsOf);
    return [{ all, threshold: named(inside, /^threshold$/) }];
  });
}

export function feesOf({ value, path }: ProtocolSettings): Fees[] {
  return termsOf(value, path).flatMap((term): Fees[] => {
    if (!/^fee(?:structure|config)$/.test(foldSpelling(term.key)) || !isObject(term.value)) return [];
    const inside = termsOf(term.value, term.path);
    const shares = inside.filter(({ key }) => /(?:basispoints|bps)$/.test(foldSpelling(key)));
    return [{ shares, least: named(inside, /^min(?:bridge)?fee$/), most: named(inside, /^max(?:bridge)?fee$/) }];
  });
}

function termsOf(object: JsonObject, at: string): Term[] {
  return Object.entries(object).map(([key, value]) => ({ key, path: at + pointer(key), value }));
}

function itemsOf({ key, path, value }: Term): Term[] {
  return Array.isArray(value)
    ? (value as Json[]).map((item, at) => ({ key, path: path + pointer(at), value: item }))
    : [];
}

function dvnOf({ path, value }: Term): Term[] {
  return isObject(value) ? termsOf(value, path).filter(({ key }) => foldSpelling(key) === 'dvn') : [];
}

function named(terms: readonly Term[], name: RegExp): Term | null {
  return terms.find(({ key }) => name.test(foldSpelling(key))) ?? null;
}
