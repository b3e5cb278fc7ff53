import type { Config } from '../config/config.js';
import { isObject, member } from '../json.js';
import type { LegacyRecord } from '../legacy/legacy-record.js';
import type { NetworkMerge } from '../legacy/merge-network.js';
import { settleNetwork } from '../legacy/settle-network.js';
import { networkFilePath } from '../layout.js';
import { emptyNetworkFile, recordNamed } from '../model/network-file.js';
import { extendedPrefix } from '../model/placed-record.js';
import { segments } from '../text/pointer.js';
import type { Layer } from './layer.js';

/** The entries of a database that belong to one network, as `import leveldb` would bring them into an empty file. */
export function layerOfLevelDb(
  records: readonly LegacyRecord[],
  place: { readonly network: string; readonly chainId: number },
  config: Config,
): { readonly layer: Layer; readonly merge: NetworkMerge } {
  const merge = settleNetwork(networkFilePath('', place.network), emptyNetworkFile(place), records, config);
  const names = [...merge.imported];
  const layer: Layer = {
    kind: 'leveldb',
    file: merge.file,
    categorised: new Set(names.filter(([, { fields }]) => Object.hasOwn(fields, 'category')).map(([name]) => name)),
    sourced: new Set(names.filter(([, { fields }]) => isObject(member(fields, 'source'))).map(([name]) => name)),
    place(path) {
      const [first = '', , third = ''] = segments(path);
      const isExtended = first.startsWith(extendedPrefix);
      const name = isExtended ? first.slice(extendedPrefix.length) : third;
      const record = merge.imported.get(name);
      if (record === undefined) return { path };
      const field = segments(path).slice(isExtended ? 1 : 3);
      return { path: [record.key, ...field].join('/') };
    },
  };
  return { layer, merge };
}

/** The key under which the database has a record of its layer. */
export function keyOf({ file }: Layer, name: string): string | null {
  const source = member(recordNamed(file, name)?.fields ?? {}, 'source');
  const key = isObject(source) ? member(source, 'key') : undefined;
  return typeof key === 'string' ? key : null;
}
