import type { JsonObject } from '../json.js';
import { knownFields } from '../model/fields.js';
import { normalizeFile } from '../model/normalize.js';
import { type PlacedRecord, unionOf } from '../model/placed-record.js';
import { networkFile, type SchemaError } from '../schema/validators.js';
import { pointer, segments } from '../text/pointer.js';
import { valueAt } from '../text/value-at.js';
import { type Complaint, shownValue } from './complaint.js';

/**
 * What the schema says about sections and the types of known fields: `section-missing`, `section-type`, `field-type`.
 * Where a finer rule exists (names, addresses, hashes, times, checksums) that rule decides. The schema judges the normal
 * form, so that a field is judged wherever it stands; positions are those of the file.
 */
export function inspectStructure(root: JsonObject, records: readonly PlacedRecord[]): Complaint[] {
  const normal = normalizeFile(root);
  if (networkFile(normal)) return [];
  const byExtended = new Map(records.filter((record) => record.first).map((record) => [record.extendedPath, record]));
  const complaints = (networkFile.errors ?? []).flatMap((error) => [
    ...missingSection(error),
    ...sectionType(error, root),
    ...fieldType(error, byExtended, normal),
  ]);
  return [...new Map(complaints.map((complaint) => [`${complaint.rule} ${complaint.path}`, complaint])).values()];
}

function missingSection({ instancePath, keyword, params }: SchemaError): Complaint[] {
  if (keyword !== 'required' || (instancePath !== '' && instancePath !== '/contracts')) return [];
  const key = String(params['missingProperty']);
  const path = instancePath + pointer(key);
  return [
    {
      rule: 'section-missing',
      path,
      message: `The file has no ${segments(path).join('.')}, which every network file has`,
    },
  ];
}

const namedByCode: ReadonlySet<string> = new Set(['network', 'chainId', 'environment', 'schemaVersion']);

function sectionType({ instancePath, keyword, message }: SchemaError, root: JsonObject): Complaint[] {
  const [key = '', category, ...deeper] = segments(instancePath);
  const isRootMember = instancePath !== '' && category === undefined && !namedByCode.has(key);
  const isCategory = key === 'contracts' && category !== undefined && deeper.length === 0;
  if (!isRootMember && !isCategory) return [];
  // Other keywords of contracts and of categories have rules of their own: names, emptiness.
  if ((isCategory || key === 'contracts') && keyword !== 'type') return [];
  const wanted = keyword === 'pattern' ? 'must be a relative path' : (message ?? 'has the wrong type');
  const shown = valueAt(root, instancePath);
  const what = `${segments(instancePath).join('.')} is ${shown === undefined ? 'wrong' : shownValue(shown)}`;
  return [{ rule: 'section-type', path: instancePath, message: `${what}; it ${wanted}` }];
}

const judgedForms: ReadonlySet<string> = new Set(['text', 'array', 'object', 'names']);

function fieldType(
  { instancePath, keyword, message }: SchemaError,
  records: ReadonlyMap<string, PlacedRecord>,
  normal: JsonObject,
): Complaint[] {
  const [extended = '', field, ...deeper] = segments(instancePath);
  const record = records.get(pointer(extended));
  if (record === undefined || field === undefined || keyword === 'uniqueItems') return [];
  if (!judgedForms.has(knownFields.get(field)?.form ?? '')) return [];
  const value = valueAt(normal, instancePath);
  if (value === undefined || (value === null && deeper.length === 0)) return [];
  const at = unionOf(record).get(field)?.at === 'entry' ? record.entryPath : record.extendedPath;
  const wanted = deeper.length > 0 ? 'must be a record name' : (message ?? 'has the wrong type');
  return [
    {
      rule: 'field-type',
      path: at + pointer(field, ...deeper),
      contract: record.name,
      message: `${record.name}: ${[field, ...deeper].join('.')} is ${shownValue(value)}; it ${wanted}`,
    },
  ];
}
