import { compareText } from '../equal.js';
import type { Json } from '../json.js';
import { fieldProblems } from '../model/field-problems.js';
import { knownFields } from '../model/fields.js';
import { recordNameProblem } from '../model/names.js';
import { pointer } from '../text/pointer.js';
import { type FoldLog, noteDoubt } from './fold-log.js';
import type { FoldRecord, Sourced } from './fold-record.js';

const judgedHere: ReadonlySet<string> = new Set(['text', 'array', 'object']);

/** Known fields of a wrong type are removed, ambiguous (FORMAT §4.1); aliases one by one, and in order. */
export function foldForms(record: FoldRecord, log: FoldLog): void {
  for (const [field, { value, path }] of [...record.fields]) {
    if (!judgedHere.has(knownFields.get(field)?.form ?? '')) continue;
    if (fieldProblems({ [field]: value }).every((problem) => problem.path !== pointer(field))) continue;
    record.fields.delete(field);
    noteDoubt(log, 'field-type', path, null);
  }
  const aliases = record.fields.get('aliases');
  record.fields.delete('aliases');
  if (aliases !== undefined) foldAliases(record, aliases, log);
}

function foldAliases(record: FoldRecord, { value, path }: Sourced, log: FoldLog): void {
  if (!Array.isArray(value)) {
    noteDoubt(log, 'field-type', path, null);
    return;
  }
  const items = value as readonly Json[];
  let last = '';
  let inOrder = items.length > 0;
  for (const [at, alias] of items.entries()) {
    const place = path + pointer(at);
    if (typeof alias !== 'string' || recordNameProblem(alias) !== null) {
      noteDoubt(log, 'field-type', place, null);
      continue;
    }
    inOrder &&= compareText(last, alias) < 0;
    last = alias;
    if (!record.aliases.has(alias)) record.aliases.set(alias, place);
  }
  if (!inOrder) log.folded.push({ rule: 'alias-order', path });
}
