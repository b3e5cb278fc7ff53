import type { Config } from '../config/config.js';
import { equalJson } from '../equal.js';
import { foldOlder } from '../legacy/json/fold-older.js';
import type { OlderSource } from '../legacy/json/older-source.js';
import { categoryOf } from '../model/category.js';
import { recordsOf } from '../model/network-file.js';
import type { Refusal } from '../text/read.js';
import { valueAt } from '../text/value-at.js';
import type { Layer, SourcePlace, Told } from './layer.js';

/** The older JSON files of one network; the refusal, when what they come to is no network file. */
export function layerOfOlder(
  older: readonly OlderSource[],
  place: { readonly network: string; readonly chainId: number },
  config: Config,
):
  | { readonly ok: true; readonly layer: Layer; readonly told: Told }
  | { readonly ok: false; readonly refusal: Pick<Refusal, 'rule' | 'message'> } {
  const categorised = new Set<string>();
  const folded = foldOlder(older, {
    ...place,
    categoryOf(name, said) {
      if (said !== null) categorised.add(name);
      return said ?? categoryOf(name, config);
    },
  });
  if (!folded.ok) return folded;
  const { file } = folded.result;
  // `sourced` names the records whose source is made here.
  const names = recordsOf(file).map(({ name }) => name);
  const layer: Layer = {
    kind: 'json',
    file,
    categorised,
    sourced: new Set(names.filter((name) => !folded.sourced.has(name) && !isRenamed(name, folded.sourced))),
    place(path) {
      const { file: name, path: from } = folded.place(path);
      const source = older.find((one) => one.file === name)?.source;
      return placeIn(name, from, valueAt(file.root, path), source);
    },
  };
  const rejects = folded.quarantined.map(({ raw, ...one }) => ({ ...one, raw: Buffer.from(raw) }));
  return { ok: true, layer, told: { folded: folded.folded, ambiguous: folded.ambiguous, rejects } };
}

/** A place in a file that was read; with its text, where the value stands there as it is. */
export function placeIn(
  file: string,
  path: string,
  value: ReturnType<typeof valueAt>,
  source: OlderSource['source'] | undefined,
): SourcePlace {
  const there = source === undefined ? undefined : valueAt(source.root, path);
  const isSame = source !== undefined && there !== undefined && equalJson(there, value);
  return { file, path, ...(isSame ? { raw: () => source.raw(path) } : {}) };
}

/** Folding cuts a fully-qualified name to its short one. */
function isRenamed(name: string, made: ReadonlySet<string>): boolean {
  return [...made].some((other) => other.endsWith(`:${name}`));
}
