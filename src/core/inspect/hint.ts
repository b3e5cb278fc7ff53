import { ruleOf } from './rules.js';

/** Rules that `import unified` settles, with a report of what it decided (FORMAT §10). */
const folded: ReadonlySet<string> = new Set([
  'schema-version',
  'section-missing',
  'record-duplicate',
  'extended-orphan',
  'field-reserved',
  'field-null',
  'address-hash',
  'address-zero',
  'address-same',
  'hash-format',
  'hash-conflict',
  'timestamp-range',
  'legacy-alias',
  'hash-twice',
  'hash-misplaced',
  'section-checksum-legacy',
]);

/** The command to run next, with the file in it. */
export function hintFor(rule: string, path: string): string {
  const file = shellWord(path);
  if (rule === 'json-conflict') return 'stateroot resolve';
  if (rule === 'checksum-missing') return `stateroot seal ${file}`;
  if (rule === 'file-mode') return `git update-index --chmod=-x ${file}`;
  if (folded.has(rule)) return `stateroot import unified ${file}`;
  const repairedBy = ruleOf(rule)?.repairedBy;
  if (repairedBy === 'fmt') return `stateroot fmt ${file}`;
  if (repairedBy === 'seal') return `stateroot seal ${file} if the edit is meant, git restore -SW ${file} if not`;
  return `stateroot validate --explain ${rule}`;
}

function shellWord(path: string): string {
  return /^[\w./@:+-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
