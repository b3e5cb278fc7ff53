import { compareFindings, type Finding } from '../finding.js';
import type { JsonObject } from '../json.js';
import { configPath, displacedRootOf, networkOfPath, quarantineFolder } from '../layout.js';
import { type NetworkFile, parseNetworkFile } from '../model/network-file.js';
import { type PlacedRecord, placedRecords, unionOf } from '../model/placed-record.js';
import { canonicalize, firstDifference } from '../text/canonical.js';
import { pointer } from '../text/pointer.js';
import { locate } from '../text/position.js';
import { inspectAliases } from './aliases.js';
import { inspectBigints } from './bigints.js';
import { inspectChecksum } from './checksums.js';
import type { Complaint } from './complaint.js';
import { inspectConfig } from './config.js';
import { inspectDisplaced } from './displaced.js';
import { inspectEntries } from './entries.js';
import { inspectFields } from './fields.js';
import { findingOf, findingOfRefusal, placed, type Subject } from './finding-of.js';
import { hintForMode } from './hint.js';
import { inspectImplementationHashes } from './implementation-hashes.js';
import { inspectPlacement } from './placement.js';
import { inspectQuarantine } from './quarantine.js';
import { inspectRoot } from './root.js';
import { inspectSections } from './sections.js';
import { inspectStructure } from './structure.js';

/** A file as a snapshot holds it: path relative to the repository root, mode as Git writes it. */
export type InspectedFile = { readonly path: string; readonly mode: string; readonly bytes: Uint8Array };

/** Everything that FORMAT §13 finds in one network file, sorted; a refused file has its refusal only. */
export function inspectFile(file: InspectedFile): Finding[] {
  const fileName = networkOfPath(file.path)?.network ?? null;
  const subject = { path: file.path, network: fileName ?? '' };
  if (!isPlainMode(file.mode)) return [wrongMode(file, subject)];
  const findings = file.mode === '100644' ? [] : [wrongMode(file, subject)];
  return [...findings, ...inspectBytes(file.bytes, fileName, subject)].sort(compareFindings);
}

/**
 * All network files of one state root, what stands in quarantine, the configuration, and what takes the place of any of
 * them; sorted (FORMAT §13).
 */
export function inspectTree(files: readonly InspectedFile[], root: string): Finding[] {
  return files
    .flatMap((file) => {
      if (networkOfPath(file.path)?.root === root) return inspectFile(file);
      const inspectBeside = besideInspection(file.path, root);
      if (inspectBeside !== null) return isPlainMode(file.mode) ? inspectBeside(file) : [wrongMode(file, beside(file))];
      return displacedRootOf(file.path) === root ? inspectDisplaced(file) : [];
    })
    .sort(compareFindings);
}

/**
 * Records that are sealed at the base and unsealed at the head (`checksum-lost`, FORMAT §7). `text` is that of the head
 * file; without it the findings have no position.
 */
export function lostChecksums(base: NetworkFile, head: NetworkFile, file: string, text?: string): Finding[] {
  const sealedAtBase = new Set(
    recordsIn(base.root)
      .filter(isSealed)
      .map(({ name }) => name),
  );
  const find = text === undefined ? null : locate(text);
  return recordsIn(head.root)
    .filter((record) => !isSealed(record) && sealedAtBase.has(record.name))
    .map(({ name, extendedPath }) => {
      const message = `${name} lost its checksum: sealed before, unsealed now`;
      const complaint = { rule: 'checksum-lost', path: extendedPath + pointer('checksum'), contract: name, message };
      return findingOf(complaint, { path: file, network: head.network }, find);
    })
    .sort(compareFindings);
}

/** What judges a state file that is no network file; null where nothing does. */
function besideInspection(path: string, root: string): ((file: InspectedFile) => Finding[]) | null {
  if (isQuarantine(path, root)) return inspectQuarantine;
  return path === configPath(root) ? inspectConfig : null;
}

function beside({ path }: InspectedFile): Subject {
  return { path, network: '' };
}

function isPlainMode(mode: string): boolean {
  return mode === '100644' || mode === '100755';
}

/** What a link points to is not the file's text: nothing else is said about it. */
function wrongMode({ path, mode }: InspectedFile, subject: Subject): Finding {
  const what = mode === '120000' ? 'a symbolic link' : mode === '100755' ? 'executable' : `of mode ${mode}`;
  const message = `The file is ${what}; it has to be a plain file of mode 100644`;
  const finding = placed({ rule: 'file-mode', path: '', message }, subject, { line: 1, column: 1 });
  return { ...finding, hint: hintForMode(mode, path, 'file') };
}

function inspectBytes(bytes: Uint8Array, fileName: string | null, subject: Subject): Finding[] {
  const parsed = parseNetworkFile(bytes);
  if (!parsed.ok) return [findingOfRefusal(parsed.refusal, subject)];
  const {
    file: { root },
    text,
  } = parsed;
  const find = locate(text);
  const complaints = inspectValue(root, fileName).map((complaint) => findingOf(complaint, subject, find));
  return [...complaints, ...(parsed.canonical ? [] : inspectText(text, root, subject))];
}

function inspectText(text: string, root: JsonObject, subject: Subject): Finding[] {
  const canonical = canonicalize(root);
  const message = 'The text is not canonical: it differs from here on';
  return [placed({ rule: 'text-canonical', path: '', message }, subject, firstDifference(text, canonical))];
}

/** Each record is judged once: a second entry of its name only by what stands in the entry. */
function inspectValue(root: JsonObject, fileName: string | null): Complaint[] {
  const entries = placedRecords(root);
  const records = recordsOf(entries);
  return [
    ...inspectRoot(root, fileName),
    ...inspectStructure(root, records),
    ...inspectEntries(root, entries),
    ...entries.filter(isSecond).flatMap((record) => inspectFields({ ...record, extended: {} })),
    ...records.flatMap((record) => inspectRecord(root, record)),
    ...inspectAliases(records),
    ...inspectSections(root),
    ...inspectImplementationHashes(root, records),
    ...inspectBigints(root),
  ];
}

function inspectRecord(root: JsonObject, record: PlacedRecord): Complaint[] {
  const placement = inspectPlacement(record);
  return [...placement, ...inspectFields(record), ...inspectChecksum(root, record, placement)];
}

function recordsIn(root: JsonObject): PlacedRecord[] {
  return recordsOf(placedRecords(root));
}

function recordsOf(entries: readonly PlacedRecord[]): PlacedRecord[] {
  return entries.filter(({ entry, first, aliasStatement }) => entry !== null && first && !aliasStatement);
}

function isSecond({ entry, first, aliasStatement }: PlacedRecord): boolean {
  return entry !== null && !first && !aliasStatement;
}

function isSealed(record: PlacedRecord): boolean {
  return (unionOf(record).get('checksum')?.value ?? null) !== null;
}

function isQuarantine(path: string, root: string): boolean {
  const folder = `${quarantineFolder(root)}/`;
  return path.startsWith(folder) && path.endsWith('.json') && !path.slice(folder.length).includes('/');
}
