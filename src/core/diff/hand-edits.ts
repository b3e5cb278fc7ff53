import type { Finding } from '../finding.js';
import { type NetworkFile, parseNetworkFile } from '../model/network-file.js';
import { type ChangedPlace, changedPlaces } from './changed-places.js';

/** What was changed in a record that no longer matches its checksum. */
export type HandEdit = ChangedPlace & { readonly file: string; readonly contract: string };

/**
 * The edits behind each `checksum-mismatch` of one file: its position is the checksum, what a person looks for is the
 * changed line. `text` is the judged file, `base` the one it was made from.
 */
export function handEditsIn(findings: readonly Finding[], base: NetworkFile, text: string): HandEdit[] {
  const mismatches = findings.filter(({ rule }) => rule === 'checksum-mismatch');
  const head = mismatches.length === 0 ? null : parseNetworkFile(Buffer.from(text));
  if (head?.ok !== true) return [];
  return mismatches.flatMap(({ file, contract }) =>
    contract === undefined
      ? []
      : changedPlaces(base, head.file, text, contract).map((place) => ({ ...place, file, contract })),
  );
}
