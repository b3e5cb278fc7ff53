import type { Folded } from '../../fold/fold-log.js';
import { isObject, type Json, type JsonObject } from '../../json.js';
import { pointer } from '../../text/pointer.js';
import { isTaggedBigint } from '../../values/bigint.js';

/** The JSON files that came before 3.0, by their shape. */
export type OlderFormat = 'export' | 'v1' | 'v2' | 'enhanced' | 'config' | 'state';

/** A value of an older file, and the pointer to where it stands in it. */
export type Stated = { readonly value: Json; readonly from: string };

/** One contract as an older file has it: fields under their own names, views (FORMAT §4.2) among them. */
export type OlderRecord = {
  readonly name: string;
  /** Null where the file does not say. */
  readonly category: string | null;
  /** Of its entry. */
  readonly from: string;
  readonly fields: readonly (Stated & { readonly field: string })[];
  /** From a list that repeats addresses of other entries: then it may mean a record by its short name. */
  readonly listed: boolean;
};

/** What an older file says about one network. Every leaf of the file is in one of these, and in one only. */
export type OlderPart = {
  readonly chainId: number | null;
  /** How the file spells the network. */
  readonly spelling: string | null;
  /** Where it says which network it is about. */
  readonly said: readonly (Stated & { readonly about: 'network' | 'chainId' })[];
  readonly records: readonly OlderRecord[];
  /** What belongs to no contract, and its place in a network file. */
  readonly sections: readonly (Stated & { readonly to: readonly string[] })[];
  /** What has no place in a network file, because it says nothing of the network or nothing at all. */
  readonly dropped: readonly Folded[];
  readonly rejects: readonly { readonly from: string; readonly reason: string }[];
};

/** An object whose members can be told apart: a bigint is one value. */
export function isSection(value: unknown): value is JsonObject {
  return isObject(value) && !isTaggedBigint(value);
}

/** The members of an object with their pointers; none of anything else. */
export function membersOf(value: Json | undefined, at: string): { key: string; value: Json; from: string }[] {
  if (!isSection(value)) return [];
  return Object.entries(value).map(([key, item]) => ({ key, value: item, from: at + pointer(key) }));
}

/** Members that are `{}` where a reader looks into them and finds nothing: they say nothing, and are named. */
export function emptyMembers(
  value: Json | undefined,
  at: string,
  isRead: (key: string) => boolean = () => true,
): Folded[] {
  return membersOf(value, at)
    .filter(({ key, value: item }) => isRead(key) && isSection(item) && Object.keys(item).length === 0)
    .map(({ value: item, from }) => ({ rule: 'section-empty', path: from, value: item }));
}

/** What a file of one network says of which network it is. */
export function identityOf(root: JsonObject, at: string): Pick<OlderPart, 'chainId' | 'spelling' | 'said'> {
  const found = membersOf(root, at).filter(({ key }) => key === 'network' || key === 'chainId');
  const said = found.map(({ key, ...stated }) => {
    return { ...stated, about: key === 'network' ? ('network' as const) : ('chainId' as const) };
  });
  const network = said.find(({ about }) => about === 'network')?.value;
  const chainId = said.find(({ about }) => about === 'chainId')?.value;
  return {
    chainId: chainIdOf(chainId),
    spelling: typeof network === 'string' && network !== '' ? network : null,
    said,
  };
}

/** A whole number, or its text. */
export function chainIdOf(value: Json | undefined): number | null {
  const number = typeof value === 'string' && /^[1-9][0-9]{0,15}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 1 ? number : null;
}
