import { isObject, type Json, type JsonObject, member } from '../json.js';
import type { Origins } from '../legacy/json/origins.js';
import { segments } from '../text/pointer.js';
import type { Layer } from './layer.js';
import { originIn, originJson, type ValueOrigin } from './origin.js';

/**
 * `metadata.dataSources` as the documents have it: `originalFormat`, `importedFrom`, and beside them `values`: pointer → the source
 * of the value there. What a source says of the three itself stays. No time is made up: `consolidatedAt` stands only where a source
 * says it.
 */
export function withDataSources(root: JsonObject, origins: Origins, layers: readonly Layer[]): JsonObject {
  const found = [...origins].flatMap(([path, { older, from }]): [string, ValueOrigin][] => {
    const layer = layers[Number(older.file)];
    return layer === undefined || isOfContract(path) ? [] : [[path, originIn(layer, from)]];
  });
  const metadata = member(root, 'metadata');
  const said = isObject(metadata) ? (member(metadata, 'dataSources') ?? {}) : {};
  if (found.length === 0 || !isObject(metadata) || !isObject(said)) return root;
  const files = [...new Set(found.flatMap(([, { file }]) => (file === undefined ? [] : [file])))].sort();
  const before = member(said, 'importedFrom');
  const listed = before === undefined ? [] : Array.isArray(before) ? (before as readonly Json[]) : null;
  const importedFrom = listed === null ? before : [...listed, ...files.filter((file) => !listed.includes(file))];
  const values = member(said, 'values');
  const dataSources = {
    originalFormat: [...new Set(layers.map(({ kind }) => kind))].join('+'),
    ...said,
    ...(importedFrom === undefined ? {} : { importedFrom }),
    values:
      values === undefined || isObject(values)
        ? { ...values, ...Object.fromEntries(found.map(([path, origin]) => [path, originJson(origin)])) }
        : values,
  };
  return { ...root, metadata: { ...metadata, dataSources } };
}

function isOfContract(path: string): boolean {
  const [first = ''] = segments(path);
  return first === 'contracts' || first.startsWith('extended_');
}
