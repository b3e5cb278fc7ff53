import type { Json } from '../json.js';
import { extendedPrefix, homeOf } from '../model/placed-record.js';
import type { StateRecord } from '../model/record.js';
import { canonicalize } from '../text/canonical.js';
import { pointer } from '../text/pointer.js';
import type { Layer, Told } from './layer.js';

/** The value at a pointer of a layer gives way to `kept` (null: to nothing) and goes to quarantine. */
export function noteOther(told: Told, layer: Layer, rule: string, at: string, kept: Json, other: Json): void {
  const { file, path, raw } = layer.place(at);
  const where = file === undefined ? {} : { file };
  told.ambiguous.push({ rule, ...where, path, kept, other });
  const text = raw?.() ?? canonicalize(other).trimEnd();
  told.rejects.push({ key: path, reason: rule, value: other, raw: Buffer.from(text), ...where });
}

/** The pointer of a field in the file that holds its record. */
export function fieldPath({ category, name }: Pick<StateRecord, 'category' | 'name'>, field: string): string {
  return homeOf(field) === 'entry'
    ? pointer('contracts', category, name, field)
    : pointer(extendedPrefix + name, field);
}
