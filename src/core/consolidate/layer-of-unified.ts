import { foldFile } from '../fold/fold.js';
import type { FoldSource } from '../fold/fold-source.js';
import type { Finding } from '../finding.js';
import { isObject } from '../json.js';
import { recordsOf } from '../model/network-file.js';
import { extendedPrefix } from '../model/placed-record.js';
import { pointer, segments } from '../text/pointer.js';
import { valueAt } from '../text/value-at.js';
import type { Layer, Told } from './layer.js';
import { placeIn } from './layer-of-older.js';

/** A 3.0 file, folded; the findings, when it comes to no network file. */
export function layerOfUnified(
  file: string,
  source: FoldSource,
  place: { readonly network: string; readonly chainId: number },
):
  | { readonly ok: true; readonly layer: Layer; readonly told: Told }
  | { readonly ok: false; readonly findings: readonly Finding[] } {
  const folded = foldFile(source, place);
  if (!folded.ok) return folded;
  const names = recordsOf(folded.file).map(({ name }) => name);
  const extendedOf = (name: string): string => folded.origins.get(name)?.extendedPath ?? pointer(extendedPrefix + name);
  const says = (name: string): boolean => {
    const said = valueAt(source.root, `${extendedOf(name)}/source`);
    return isObject(said) && Object.keys(said).some((key) => key !== 'contractName' && key !== 'networkName');
  };
  const layer: Layer = {
    kind: 'unified',
    file: folded.file,
    categorised: new Set(names),
    sourced: new Set(names.filter(says)),
    place(path) {
      const value = valueAt(folded.file.root, path);
      const places = placesOf(path, folded.origins).map((at) => placeIn(file, at, value, source));
      const there = places.find(({ path: at }) => valueAt(source.root, at) !== undefined);
      return places.find(({ raw }) => raw !== undefined) ?? there ?? places[0] ?? { file, path };
    },
  };
  const told: Told = {
    folded: folded.folded.map((one) => ({ ...one, file })),
    ambiguous: folded.ambiguous.map(({ rule, path, kept, other }) => ({ rule, file, path, kept, other })),
    rejects: folded.quarantined.map(({ raw, ...one }) => ({ ...one, raw: Buffer.from(raw), file })),
  };
  return { ok: true, layer, told };
}

/** Fields that a file may have under the name of a view (FORMAT §4.2). */
const views: ReadonlyMap<string, string> = new Map([
  ['proxy', 'proxyAddress'],
  ['implementation', 'address'],
]);

type Origins = ReadonlyMap<string, { readonly entryPath: string; readonly extendedPath: string }>;

/** A field may stand at home, or in the other object of its record, or there under the name of a view. */
function placesOf(path: string, origins: Origins): string[] {
  const [first = '', , third = ''] = segments(path);
  const isExtended = first.startsWith(extendedPrefix);
  const origin = origins.get(isExtended ? first.slice(extendedPrefix.length) : third);
  if (origin === undefined || (!isExtended && first !== 'contracts')) return [path];
  const below = segments(path).slice(isExtended ? 1 : 3);
  const { entryPath, extendedPath } = origin;
  if (below.length === 0) return [isExtended ? extendedPath : entryPath];
  const [field = '', ...rest] = below;
  const view = views.get(field);
  return [field, ...(view === undefined ? [] : [view])].flatMap((name) => {
    const at = pointer(name, ...rest);
    return isExtended ? [extendedPath + at, entryPath + at] : [entryPath + at, extendedPath + at];
  });
}
