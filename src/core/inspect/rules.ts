import type { Severity } from '../finding.js';

/** A rule of FORMAT §13 (or of a file beside the network files), as `validate --explain` shows it. */
export type Rule = {
  readonly id: string;
  readonly severity: Severity;
  /** The command that repairs it without a decision: `fmt`; or with the one decision that the edit is meant: `seal`. */
  readonly repairedBy?: 'fmt' | 'seal';
  /** Whether its position is that of the key (FORMAT §13); else of the value. */
  readonly at?: 'key';
  /** The file cannot be read at all. */
  readonly refusal?: true;
  readonly title: string;
  readonly meaning: string;
  readonly remedy: string;
};

const restore = 'Correct the value by hand and run `stateroot seal`, or take the file back with `git restore -SW`.';
const byHand = 'Correct the place that is shown by hand, then `stateroot seal <file>`.';
const fold = `${byHand} Committed files of an older habit: \`stateroot import unified <file> --here\`.`;
const fmt = '`stateroot fmt <file>` repairs it; no value changes.';

export const rules: readonly Rule[] = [
  // Refusals: no record of the file is readable (FORMAT §2, §12)
  refusal(
    'text-size',
    'The file is too large',
    'More than 67,108,864 bytes are never read.',
    'Move what is not deployment state out of the file.',
  ),
  refusal(
    'text-encoding',
    'The file is not UTF-8',
    'A byte is no part of a UTF-8 character, so the text is not known.',
    'Save the file as UTF-8.',
  ),
  refusal(
    'json-conflict',
    'A merge conflict is unresolved',
    'A line begins with <<<<<<<: Git left both sides in the file.',
    'Settle it by record: `stateroot resolve`. Where no merge is open any more: `git restore --source=<good commit> <file>`.',
  ),
  refusal(
    'json-syntax',
    'The file is not JSON',
    'RFC 8259 to the letter: no comments, no trailing commas, no empty file.',
    'Correct the place that is shown.',
  ),
  refusal(
    'json-root',
    'The file holds no object',
    'A network file is one JSON object.',
    'Take the file back with `git restore -SW`.',
  ),
  refusal(
    'json-depth',
    'The file is nested too deeply',
    'More than 64 objects and arrays are open at once.',
    'Flatten the value.',
  ),
  refusal(
    'json-key',
    'A key is __proto__',
    'Programs that read such a key can be made to change all their objects.',
    'Rename or remove the key.',
  ),
  refusal(
    'json-duplicate-key',
    'A key stands twice',
    'Programs disagree which of two equal keys counts.',
    'Keep the one that is right.',
  ),
  refusal(
    'json-surrogate',
    'A text holds half a character',
    'An unpaired surrogate is not Unicode text and has no UTF-8 form.',
    'Correct the text.',
  ),
  refusal(
    'json-number',
    'A number would not survive reading',
    'It is beyond ±(2^53−1), negative zero, or no 64-bit number exactly: programs would read another number.',
    'Write big integers as {"_type":"bigint","_value":"…"} or as text.',
  ),
  refusal('schema-version', 'The schema version is not 3.x', 'Other majors have another meaning.', byHand),
  // Repaired by fmt
  byFmt(
    'text-canonical',
    'The text is not canonical',
    'Order of keys, blanks, line ends, escapes or number spellings differ from the one canonical text, which keeps diffs and merges small.',
  ),
  byFmt('category-empty', 'A category is empty', 'No category but core is empty: removing its last record removes it.'),
  byFmt(
    'field-misplaced',
    'A field stands in the wrong object',
    'contracts holds the two addresses, extended_<name> every other field.',
    'key',
  ),
  byFmt('field-twice', 'A field stands in both objects', 'Both copies are equal; one belongs there.', 'key'),
  byFmt(
    'address-case',
    'An address is not in EIP-55 form',
    'All its letters have one case, so nothing guards it against a typing mistake.',
  ),
  byFmt('hash-case', 'A hash has upper-case digits', 'Hashes are lower-case, so that equal hashes are equal text.'),
  // Errors
  error(
    'file-mode',
    'The file is not a plain file',
    'Network files have mode 100644: no link, not executable.',
    '`git update-index --chmod=-x <file>`, or replace the link with the file.',
  ),
  error(
    'section-missing',
    'A required part is missing',
    'schemaVersion, fileVersion, network, chainId, metadata, contracts with core, configuration and topology are required.',
    fold,
  ),
  error(
    'section-type',
    'A part has the wrong type',
    'Sections are objects; fileVersion is a whole number; $schema is a relative path.',
    restore,
  ),
  error(
    'network-name',
    'The network name is not allowed',
    'Lower-case letters, digits, _ and -, so that two names never meet on a case-insensitive disk.',
    'Rename the file and `network`; other spellings are aliases in stateroot.config.json.',
  ),
  error(
    'environment-name',
    'The environment name is not allowed',
    '1 to 32 lower-case letters, digits, _ and -.',
    restore,
  ),
  error(
    'network-file',
    'The file is named after another network',
    'A network file is called <network>.unified.json.',
    'Rename the file, or correct `network`.',
  ),
  error('chain-id', 'The chain id is not one', 'An integer from 1 to 2^53−1.', restore),
  error(
    'category-name',
    'A category name is not allowed',
    'It begins with a lower-case letter and has 1 to 64 letters, digits, _ and -.',
    'Rename the category, then `stateroot seal`.',
    'key',
  ),
  error(
    'record-type',
    'An entry is not an object',
    'An entry of contracts is an object with proxy, implementation or both.',
    restore,
  ),
  error(
    'record-name',
    'A record name is not allowed',
    'Up to 200 of A-Z a-z 0-9 _ $ . : / # @ ~ + -, no empty or dotted path segment, not an address.',
    'Rename the record and its extended_ object, then `stateroot seal`.',
    'key',
  ),
  error('record-duplicate', 'A record stands in two categories', 'A name stands in one category only.', fold, 'key'),
  error('record-address', 'A record has no address', 'At least one of proxy and implementation is there.', restore),
  error(
    'extended-orphan',
    'Fields belong to no record',
    'extended_<name> has no entry under contracts.',
    'Add the entry, or remove the fields.',
    'key',
  ),
  error(
    'field-conflict',
    'A field has two values',
    'Both objects of the record hold the field, and they differ.',
    'Keep the value that is right, at its home.',
    'key',
  ),
  error(
    'field-reserved',
    'A field has the name of a view',
    'network chainId category name contractName networkName address proxyAddress are never fields: they say what the place already says.',
    fold,
    'key',
  ),
  error(
    'field-null',
    'A known field is null',
    'An absent field says unknown.',
    'Leave it out, then `stateroot seal <file>`.',
  ),
  error('field-type', 'A known field has the wrong type', 'FORMAT §4 gives every known field its form.', restore),
  error('address-format', 'An address is not one', '0x and 40 hexadecimal digits.', restore),
  error(
    'address-hash',
    'A hash stands where an address belongs',
    'implementation is always an address; its code hash is implementationHash.',
    fold,
  ),
  error(
    'address-checksum',
    'An address fails its EIP-55 checksum',
    'Upper and lower case are mixed, but not as EIP-55 says: a digit may be wrong.',
    'Compare it with its source, and never only re-case it.',
  ),
  error('address-zero', 'An address is zero', 'An absent field says unknown.', fold),
  error(
    'address-same',
    'Proxy and implementation are one address',
    'A plain contract has no proxy.',
    'Remove `proxy` of a plain contract, then `stateroot seal`.',
  ),
  error(
    'hash-format',
    'A hash is not one',
    '0x and 64 lower-case hexadecimal digits; an absent field says unknown.',
    fold,
  ),
  error(
    'hash-conflict',
    'A hash has two values',
    'verification.implementationHashes says another hash than the record.',
    'Remove the wrong one, then `stateroot seal <file>`.',
    'key',
  ),
  error(
    'timestamp-range',
    'A time is not in milliseconds',
    'A whole number of milliseconds since 1970, at most 14 digits.',
    fold,
  ),
  error(
    'bigint-form',
    'A tagged bigint is malformed',
    '{"_type":"bigint","_value":"<decimal>"} and no third member.',
    restore,
  ),
  error(
    'alias-order',
    'Aliases are not in order',
    'Ascending, each once, without the name and source.contractName of the record.',
    'Sort them, then `stateroot seal`.',
  ),
  error(
    'alias-clash',
    'An alias means two records',
    'An alias meets no record name and no other alias of the file.',
    'Remove it from one of them, then `stateroot seal`.',
  ),
  error(
    'checksum-form',
    'A checksum is malformed',
    'sha256: and 64 lower-case hexadecimal digits.',
    restore,
    undefined,
    'seal',
  ),
  error(
    'checksum-algorithm',
    'A checksum has another algorithm',
    'Only sha256 is known here.',
    restore,
    undefined,
    'seal',
  ),
  error(
    'checksum-mismatch',
    'A record does not match its checksum',
    'It was edited by hand, or two edits were blended by a text merge.',
    'Meant: `stateroot seal <file>`. Not meant: `git restore -SW <file>`.',
    undefined,
    'seal',
  ),
  error(
    'section-checksum-scope',
    'A section checksum covers no section',
    'Only root objects and arrays but contracts, verification and extended_*.',
    'Remove it.',
    'key',
  ),
  error(
    'section-checksum-mismatch',
    'A section does not match its checksum',
    'The section was edited, or the checksum was.',
    'Meant: `stateroot seal <file>`. Not meant: `git restore -SW <file>`.',
    undefined,
    'seal',
  ),
  error(
    'checksum-lost',
    'A record lost its checksum',
    'It was sealed at the base and is not any more: whatever changed is not guarded.',
    'Look at the change, then `stateroot seal <file>`.',
    undefined,
    'seal',
  ),
  error(
    'merge-blend',
    'A merge has something else than its parents',
    'A text merge, or a hand, lost a record, blended two edits of one, or put in what no side wrote. Judged by `validate --merges`.',
    'Not pushed yet: undo the merge and `git merge` again with the driver. Pushed: `stateroot rollback <merge>`, or `stateroot put` what is missing.',
  ),
  // Warnings and info
  {
    id: 'schema-newer',
    severity: 'warning',
    title: 'The file is newer than this tool',
    meaning: 'It is read and everything in it is kept; writes are refused.',
    remedy: 'Update stateroot.',
  },
  {
    id: 'timestamp-unit',
    severity: 'warning',
    title: 'A time looks like seconds',
    meaning: 'Milliseconds below 10^12 are before September 2001.',
    remedy: 'Multiply by 1000, then `stateroot seal`.',
  },
  {
    id: 'legacy-alias',
    severity: 'warning',
    at: 'key',
    title: 'An alias stands among the records',
    meaning: 'contracts.legacy says that an old name means another record; nothing resolves it there.',
    remedy: fold,
  },
  {
    id: 'checksum-missing',
    severity: 'warning',
    at: 'key',
    repairedBy: 'seal',
    title: 'A record is unsealed',
    meaning: 'It has no checksum: a hand edit or a blended merge would go unnoticed.',
    remedy: '`stateroot seal <file>`; the next write of the record seals it too.',
  },
  {
    id: 'hash-twice',
    severity: 'warning',
    at: 'key',
    title: 'A hash stands twice',
    meaning: 'verification.implementationHashes repeats what the record says.',
    remedy: fold,
  },
  {
    id: 'hash-misplaced',
    severity: 'warning',
    at: 'key',
    title: 'A hash stands outside its record',
    meaning: 'verification.implementationHashes knows a hash that the record has not.',
    remedy: fold,
  },
  {
    id: 'section-checksum-legacy',
    severity: 'info',
    title: 'A section checksum has the old form',
    meaning: '16 hex digits over the source text: kept, and cannot be verified from sorted text.',
    remedy: 'Nothing to do: it is kept as it is.',
  },
  // Files beside the network files (FORMAT §11)
  error(
    'quarantine-form',
    'A quarantine file is malformed',
    'An object of schemaVersion and records; each item has key, reason, source and either raw or rawBase64, under the id that its content gives.',
    'Take the file back with `git restore -SW`.',
  ),
  error(
    'config-form',
    'The configuration is malformed',
    'A key or value of stateroot.config.json is not what its schema says.',
    'Correct the place that is shown; schemas/config.schema.json says what each key holds.',
  ),
];

const byId: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]));

/** Null for an id that is no rule of inspection. */
export function ruleOf(id: string): Rule | null {
  return byId.get(id) ?? null;
}

function refusal(id: string, title: string, meaning: string, remedy: string): Rule {
  return {
    id,
    severity: 'error',
    refusal: true,
    title,
    meaning: `${meaning} No record of the file is readable until then.`,
    remedy,
  };
}

function byFmt(id: string, title: string, meaning: string, at?: 'key'): Rule {
  return { id, severity: 'error', repairedBy: 'fmt', ...(at === undefined ? {} : { at }), title, meaning, remedy: fmt };
}

function error(id: string, title: string, meaning: string, remedy: string, at?: 'key', repairedBy?: 'seal'): Rule {
  return {
    id,
    severity: 'error',
    ...(at === undefined ? {} : { at }),
    ...(repairedBy === undefined ? {} : { repairedBy }),
    title,
    meaning,
    remedy,
  };
}
