import { createHash } from 'node:crypto';
import { compareFindings, type Finding } from '../finding.js';
import { isObject, type JsonObject, member } from '../json.js';
import { type ConfigProblem, schemaProblems } from '../config/schema-problems.js';
import { objectMembers } from '../model/placed-record.js';
import { quarantine } from '../schema/validators.js';
import { canonicalize, firstDifference } from '../text/canonical.js';
import { pointer } from '../text/pointer.js';
import { locate } from '../text/position.js';
import { readText } from '../text/read.js';
import { rfc8785 } from '../text/rfc8785.js';
import { findingOfRefusal, placed } from './finding-of.js';

/** A quarantine file (FORMAT §11): readable, canonical, of its schema, each item under the id that its content gives. */
export function inspectQuarantine(file: { readonly path: string; readonly bytes: Uint8Array }): Finding[] {
  const subject = { path: file.path, network: '' };
  const read = readText(file.bytes);
  if (!read.ok) return [findingOfRefusal(read.refusal, subject)];
  const find = locate(read.text);
  const findings = [...schemaProblems(read.value, quarantine).map(inWords), ...wrongIds(read.value)].map(
    ({ path, at, message }) =>
      placed(
        { rule: 'quarantine-form', path, message: `${path === '' ? 'The file' : path} ${message}` },
        subject,
        find(path, at),
      ),
  );
  if (!read.canonical) {
    const canonical = canonicalize(read.value);
    const message = 'The text is not canonical: it differs from here on';
    findings.push(
      placed({ rule: 'text-canonical', path: '', message }, subject, firstDifference(read.text, canonical)),
    );
  }
  return findings.sort(compareFindings);
}

/** The id of an item: imports of one source give one id, so that they repeat and merge without conflict. */
export function quarantineId(item: JsonObject): string {
  return createHash('sha256').update(rfc8785(item), 'utf8').digest('hex').slice(0, 16);
}

/** The one "not" of the schema. */
function inWords(problem: ConfigProblem): ConfigProblem {
  const isNot = problem.message === 'must NOT be valid';
  return isNot ? { ...problem, message: 'has both raw and rawBase64: it is text, or it is bytes' } : problem;
}

function wrongIds(root: JsonObject): { path: string; at: 'key'; message: string }[] {
  return objectMembers(member(root, 'records')).flatMap(([id, item]) => {
    if (!isObject(item) || !/^[0-9a-f]{16}$/.test(id) || id === quarantineId(item)) return [];
    const path = pointer('records', id);
    return [{ path, at: 'key' as const, message: `does not stand under the id of its content, ${quarantineId(item)}` }];
  });
}
